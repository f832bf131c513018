import random
import subprocess
import sys
import zlib
from io import BytesIO

import pytest

from tests.pdfs import draw, make_pdf, pdf_of
from tocsin.articles import pdf
from tocsin.articles.corpora import find_items
from tocsin.articles.items import Item
from tocsin.articles.pdf_pages import read_pages
from tocsin.articles.read import read_article_bytes, read_item
from tocsin.errors import BinaryInputError, InputError, NoArticleError, TooLargeError
from tocsin.publish.wording import page_words
from tocsin.settings import Settings

FIRST = (
    "Three die as patrol boat is shelled",
    "NAIROBI, Kenya - The foreign minister of Kenya, Hana Okello, said on Thursday that",
    "two boats had shelled the port of Lamu, and that the sailor who had been on the bridge",
)
SECOND = ("had told her so by radio. The harbour was closed for the whole of the day.",)


def read(raw, **settings):
    return read_article_bytes(raw, origin="a.pdf", settings=Settings(**settings))


def test_pages_are_parted_by_a_form_feed():
    article = read(make_pdf(FIRST, SECOND))
    assert article.text == "\n".join(FIRST) + "\n\f" + "\n".join(SECOND)
    assert article.media_type == "application/pdf"


def test_first_line_is_the_title():
    assert read(make_pdf(FIRST, SECOND)).title == FIRST[0]


def test_words_stand_on_a_page():
    article = read(make_pdf(FIRST, SECOND))
    at = article.text.index
    assert page_words(article, (at("Okello"), at("Okello") + 6)) == "page 1"
    assert page_words(article, (at("harbour"), at("harbour") + 7)) == "page 2"
    assert page_words(article, (at("bridge"), at("told"))) == "pages 1-2"


def test_other_articles_have_no_pages():
    article = read("\n".join(FIRST).encode())
    assert page_words(article, (0, 5)) == ""


def test_empty_page_counts():
    article = read(make_pdf(FIRST, (), SECOND))
    assert article.page_of(article.text.index("harbour")) == 3


def test_day_on_which_the_file_was_made_is_a_guess():
    plain = tuple(line.replace("NAIROBI, Kenya - ", "") for line in FIRST)
    article = read(make_pdf(plain, SECOND, info="/CreationDate (D:20240607120000Z)"))
    assert (str(article.published), article.day_is_guess) == ("2024-06-07", True)


def test_day_in_the_text_wins_over_that_of_the_file():
    dated = (FIRST[0], "6 June 2024", *FIRST[1:])
    article = read(make_pdf(dated, SECOND, info="/CreationDate (D:20240901120000Z)"))
    assert (str(article.published), article.published_from) == ("2024-06-06", "dateline")


def test_running_heads_and_page_numbers_do_not_break_sentences():
    pages = [("The Lantern, 6 June", *FIRST, "Page 1 of 3")]
    pages += [("The Lantern, 6 June", *SECOND, f"Page {n} of 3") for n in (2, 3)]
    article = read(make_pdf(*pages))
    assert article.text.count("The Lantern") == 1
    assert "Page" not in article.text
    assert f"{FIRST[-1]}\n\f{SECOND[0]}" in article.text


def test_short_pages_that_differ_by_a_number_are_no_running_heads():
    pages = [(f"In {2020 + n} the navy of Kenya lost {n} boats.",) for n in (2, 3, 4)]
    assert read(make_pdf(*pages)).text == "\n\f".join(line for (line,) in pages)


def test_what_is_said_to_be_something_else_is_no_pdf():
    item = Item(origin="a", name="a", body=make_pdf(FIRST, SECOND), media_type="text/html")
    with pytest.raises(BinaryInputError):
        read_item(item, settings=Settings())


def test_process_that_reads_says_nothing_of_each_fault():
    page = pdf_of([b"nonsense operator\n" * 2_000])
    command = (sys.executable, "-m", "tocsin.articles.pdf_pages", "9999", "60", str(1 << 30))
    done = subprocess.run(command, input=page, capture_output=True, check=True)
    assert done.stderr == b""


def test_pdf_is_read_as_one_article_of_a_corpus(tmp_path):
    (tmp_path / "one").write_bytes(make_pdf(FIRST, SECOND))
    [item] = find_items(str(tmp_path), settings=Settings(), mapping={})
    assert read_item(item, settings=Settings()).title == FIRST[0]


def encrypted(user_password):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(make_pdf(FIRST, SECOND))))
    writer.encrypt(user_password, "owner", algorithm="RC4-128")
    writer.write(made := BytesIO())
    return made.getvalue()


def test_pdf_that_only_forbids_changes_is_read():
    assert read(encrypted("")).title == FIRST[0]


def test_pdf_with_a_password_is_refused():
    with pytest.raises(InputError, match="encrypted"):
        read(encrypted("secret"))


def test_scanned_pages_are_refused():
    with pytest.raises(NoArticleError, match="recognised"):
        read(make_pdf((), ()))


def test_pdf_that_is_longer_than_an_article_may_be_is_refused():
    with pytest.raises(TooLargeError, match="200 characters"):
        read(make_pdf(FIRST, SECOND), max_characters=200)


def test_broken_pdf_is_refused():
    with pytest.raises(InputError, match="cannot be read"):
        read(b"%PDF-1.7 ...")


def test_page_that_cannot_be_read_is_named():
    with pytest.raises(InputError, match="page 1"):
        read(pdf_of([draw(FIRST)], form="/Filter /NoSuchDecode"))


def test_pdf_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 1)
    with pytest.raises(TooLargeError, match="1 seconds"):
        read(pdf_of([b"q 1 0 0 1 0 0 cm BT /F1 9 Tf (a) Tj ET Q " * 60_000]))


def test_pdf_that_takes_too_much_memory_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MEMORY", 160 << 20)
    bomb = zlib.compress(b"BT (a) Tj ET " * 5_000_000)
    with pytest.raises(TooLargeError, match="GB"):
        read(pdf_of([bomb], form="/Filter /FlateDecode"))


def test_bomb_within_a_page_is_refused():
    bomb = zlib.compress(bytes(90_000_000), 1)
    with pytest.raises(InputError):
        read(pdf_of([bomb], form="/Filter /FlateDecode"))


def test_page_that_is_its_own_parent_is_refused_or_read():
    whole = make_pdf(FIRST, SECOND)
    with pytest.raises(InputError):
        read(whole.replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [2 0 R 2 0 R]"))


def test_pdf_with_bits_turned_is_read_or_refused():
    whole, chance = make_pdf(FIRST, SECOND), random.Random(7)
    for _ in range(100):
        raw = bytearray(whole)
        for _ in range(8):
            raw[chance.randrange(9, len(raw))] ^= 1 << chance.randrange(8)
        assert {"pages", "refused"} & read_pages(bytes(raw), 10_000).keys()
