"""Every public name has a docstring with an example, and every example runs.

In examples `store` is a small store, `desk` that store behind a desk, `report` and `article` those
of examples/invented.txt, `event` the first event of the store.
"""

import doctest
import inspect
from pathlib import Path

import pytest

import tocsin
from tests.serving import serving
from tocsin.client import RemoteStore
from tocsin.store.handle import Results, Store

PROJECT = Path(__file__).parents[2]
CLASSES = {each.__name__: each for each in (tocsin.Report, Store, Results, RemoteStore)}
METHODS = [
    (name, method)
    for name, cls in CLASSES.items()
    for method, held in inspect.getmembers(cls)
    if not method.startswith("_") and (callable(held) or isinstance(held, property))
]


def documented(names):
    """Return what each public name says of itself; of a method the class that says most."""
    said = {name: inspect.getdoc(getattr(tocsin, name)) or "" for name in tocsin.__all__}
    for name, method in METHODS:
        opened = {"Store": names["store"], "RemoteStore": names["desk"]}.get(name, CLASSES[name])
        told = [inspect.getdoc(getattr(opened, method)) or ""]
        told += [inspect.getdoc(vars(cls).get(method)) or "" for cls in CLASSES[name].__mro__]
        said[f"{name}.{method}"] = next((each for each in told if ">>>" in each), "")
    return said


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
        "settings": settings,
        "tools": tools,
        "article": article,
        "report": tocsin.process_article(article, tools),
    }
    with serving(crisis, tools) as address, tocsin.connect(address) as desk:
        yield given | {"desk": desk}


@pytest.mark.parametrize("name", [*tocsin.__all__, *map(".".join, METHODS)])
def test_public_name_has_an_example_that_runs(name, names, crisis, tools, tmp_path, monkeypatch):
    monkeypatch.setattr("tocsin.pipeline.load_models", lambda _: tools.models)
    monkeypatch.chdir(tmp_path)
    Path("examples").symlink_to(PROJECT / "examples")
    Path("crisis").symlink_to(crisis)
    said = documented(names)[name]
    assert ">>>" in said
    wrong = []
    test = doctest.DocTestParser().get_doctest(said, names.copy(), name, None, None)
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=wrong.append)
    assert wrong == []
