import subprocess
import sys
from importlib.resources import files

import pytest

import tocsin
from tocsin.errors import InputError, NotFoundError, ValueNotUnderstood

TEXT = "Norway's foreign minister said on Monday that the talks with Sweden had failed."


@pytest.mark.parametrize("name", tocsin.__all__)
def test_package_offers_what_it_says(name):
    assert getattr(tocsin, name).__name__ == name


def test_package_has_nothing_else_to_offer():
    with pytest.raises(AttributeError, match="monster"):
        _ = tocsin.monster


HEAVY = {
    *("spacy", "numpy", "trafilatura", "rich", "jinja2", "rapidfuzz", "onnxruntime"),
    *("pyarrow", "polars", "pandas", "sqlite3", "feedparser", "fastwarc", "zstandard", "lxml"),
}


@pytest.mark.parametrize("module", ["tocsin", "tocsin.cli", "tocsin.articles.corpora"])
def test_module_imports_nothing_heavy(module):
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert HEAVY.isdisjoint(loaded.stdout.split())


def test_package_tells_type_checkers_that_it_is_typed():
    assert files("tocsin").joinpath("py.typed").is_file()


# --------------------------------------------------------------------------- read


@pytest.fixture
def loads(tools, monkeypatch):
    """Give `tocsin.read` tools that are loaded already; returns the settings it asked them for."""
    asked = []
    monkeypatch.setattr(
        "tocsin.pipeline.opened_tools", lambda settings: asked.append(settings) or tools
    )
    return asked


@pytest.mark.usefixtures("loads")
def test_read_gives_the_same_report_on_a_text_and_on_its_file(tmp_path):
    path = tmp_path / "talks.txt"
    path.write_text(TEXT, encoding="utf-8")
    report = tocsin.read(TEXT)
    assert report.statements
    for same in (tocsin.read(str(path)), tocsin.read(path), tocsin.read(text=TEXT)):
        assert same.statements == report.statements


@pytest.mark.usefixtures("loads")
def test_read_takes_a_day_in_words():
    report = tocsin.read(TEXT, on="29 October 2024")
    assert (str(report.article.published), report.article.published_from) == ("2024-10-29", "given")
    with pytest.raises(ValueNotUnderstood, match="on cannot be read as a day"):
        tocsin.read(TEXT, on="some day")


@pytest.mark.usefixtures("loads")
def test_read_takes_text_for_a_text_whatever_it_looks_like():
    assert tocsin.read(text="notes left here.txt").article.text == "notes left here.txt"


def test_read_loads_nothing_for_what_it_refuses(loads):
    with pytest.raises(NotFoundError, match="hardly a text"):
        tocsin.read("talks.txt")
    assert loads == []


def test_read_takes_one_thing_to_read():
    with pytest.raises(TypeError, match="one of two"):
        tocsin.read(TEXT, text=TEXT)


@pytest.mark.parametrize(
    ("given", "kind"), [(None, "NoneType"), (float("nan"), "float"), (TEXT.encode(), "bytes")]
)
def test_read_refuses_what_is_no_text(given, kind):
    for read in (
        lambda: tocsin.read(text=given),
        lambda: tocsin.read(given),
        lambda: tocsin.read_article(given, settings=tocsin.Settings()),
    ):
        with pytest.raises(InputError, match=f"a {kind}, neither a text nor a path.*pass over"):
            read()


def test_read_reads_by_the_settings_it_is_given(loads):
    settings = tocsin.Settings(max_characters=1_000)
    tocsin.read(TEXT, settings=settings)
    assert loads == [settings]


def test_tools_are_loaded_once_for_the_same_settings(monkeypatch):
    from tocsin import pipeline

    loaded = []
    monkeypatch.setattr(pipeline, "open_tools", lambda settings: loaded.append(settings))
    pipeline.opened_tools.cache_clear()
    for most in (5, 5, 6):
        pipeline.opened_tools(tocsin.Settings(max_characters=most))
    pipeline.opened_tools.cache_clear()
    assert len(loaded) == 2


def test_package_is_a_program_too():
    told = subprocess.run(
        [sys.executable, "-m", "tocsin", "--version"], capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith("python -m tocsin, version ")
