"""Every public name has a docstring with an example, and every example runs.

In examples `store` is a small store, `desk` that store behind a desk, `report` and `article` those
of examples/invented.txt, `event` the first event of the store, `brief` a brief of it.
"""

import doctest
import inspect
from pathlib import Path

import pytest

import tocsin
from tests.serving import serving
from training.library import CLASSES, methods_of

PROJECT = Path(__file__).parents[2]
NAMED = {name: getattr(tocsin, name) for name in tocsin.__all__}
NAMED |= {f"{cls.__name__}.{n}": held for cls in CLASSES for n, held in methods_of(cls).items()}


@pytest.fixture(scope="module")
def names(store, crisis, tools):
    """What the names in examples mean."""
    settings = tocsin.Settings()
    article = tocsin.read_article(str(PROJECT / "examples/invented.txt"), settings=settings)
    given = {
        "tocsin": tocsin,
        "Path": Path,
        "store": store,
        "event": store.events().first(),
        "brief": tocsin.brief(store, "PRK,RUS"),
        "settings": settings,
        "tools": tools,
        "article": article,
        "report": tocsin.process_article(article, tools),
    }
    with serving(crisis, tools) as address, tocsin.connect(address) as desk:
        yield given | {"desk": desk}


@pytest.mark.parametrize("name", NAMED)
def test_public_name_has_an_example_that_runs(name, names, crisis, tools, tmp_path, monkeypatch):
    monkeypatch.setattr("tocsin.pipeline.load_models", lambda _: tools.models)
    monkeypatch.chdir(tmp_path)
    Path("examples").symlink_to(PROJECT / "examples")
    Path("crisis").symlink_to(crisis)
    said = inspect.getdoc(NAMED[name]) or ""
    assert ">>>" in said
    wrong = []
    test = doctest.DocTestParser().get_doctest(said, names.copy(), name, None, None)
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=wrong.append)
    assert wrong == []
