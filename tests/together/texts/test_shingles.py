import subprocess
import sys

from benchmarks.copy_families import read_articles
from tocsin.together.texts.shingles import sketch_text

ARTICLE = read_articles()["strait-1"]
OTHER = read_articles()["coup-1"]
GOLDEN = (
    -8257479925278460521,
    -6258494893412144589,
    -5668819566621926163,
    -4972597832811645967,
    -4371184166595598055,
    -2784293189639517037,
    1042196864471690472,
    2302888848749691827,
    2480356194357325007,
)


def test_sketch_keeps_its_keys_between_versions():
    # They are in stores: should this fail, the store's version has to change with it.
    keys = sketch_text("The army said on Tuesday that two bridges over the Tessen were mined.")
    assert keys == GOLDEN


def test_sketch_is_the_same_in_every_process():
    code = "from tocsin.together.texts.shingles import sketch_text as s; print(s('one two ' * 9))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {f"{sketch_text('one two ' * 9)}\n"}


def test_sketch_passes_over_case_marks_and_spaces():
    reset = ARTICLE.upper().replace('"', "”").replace(". ", " …\n\n").replace(",", "")
    assert sketch_text(reset) == sketch_text(ARTICLE)


def test_sketch_has_signed_keys_of_64_bits_in_order():
    keys = sketch_text(ARTICLE)
    assert list(keys) == sorted(set(keys))
    assert min(keys) < 0 < max(keys)
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_sketches_meet_wherever_texts_share_32_words():
    words = OTHER.split()
    for start in range(0, len(words) - 40, 7):
        inside = f"{ARTICLE}\n\n{' '.join(words[start : start + 40])}"
        shared = {key for key in sketch_text(inside) if not key & 1} & set(sketch_text(OTHER))
        assert shared, f"words {start} to {start + 40}"


def test_sketches_of_two_articles_do_not_meet():
    assert not set(sketch_text(ARTICLE)) & set(sketch_text(OTHER))


def test_sketch_of_few_words_is_one_key_of_them_all():
    assert len(sketch_text("Two bridges were mined")) == 1
    assert sketch_text("Two bridges were mined.") == sketch_text("two bridges were mined")
    assert sketch_text("Two bridges were mined") != sketch_text("Two bridges were cleared")


def test_sketch_of_no_words_has_no_keys():
    assert sketch_text(" … \n") == ()


def test_sketch_of_one_word_without_end_is_small():
    assert len(sketch_text("bomb " * 100_000)) < 20
