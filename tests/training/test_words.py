"""Words that other tools found in the articles of the training."""

import json

import pytest

from training.reader.words import FILE, read_words

ROW = {"id": "a", "countries": [[0, 6, "FRA"]], "names": [[0, 6, "GPE"]]}


def test_read_words_gives_them_by_article(tmp_path):
    (tmp_path / FILE).write_text(json.dumps(ROW) + "\n")
    words = read_words(tmp_path)
    assert words.countries == {"a": [(0, 6, "FRA")]}
    assert words.names == {"a": [(0, 6, "GPE")]}


def test_read_words_refuses_what_was_broken_off(tmp_path):
    (tmp_path / f"{FILE}.part").write_text(json.dumps(ROW) + "\n")
    with pytest.raises(SystemExit, match="the stage `words`"):
        read_words(tmp_path)
