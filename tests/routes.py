"""Every route of the desk, found by going over the application: new pages are tested unasked."""

import re
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import quote

from fastapi.routing import iter_route_contexts

import tocsin
from tocsin.publish.desk.application import make_app
from tocsin.settings import Settings
from tocsin.store.kinds import KINDS

#: Ids of the reference, which are not of the store: the foreign minister of Russia, and who was it.
KNOWN = {"office": ["RUS:foreign_minister"], "person": ["7a0b97ed22376dad"]}


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str  #: as the router has it, with {names}

    @property
    def names(self):
        return re.findall(r"{(\w+)(?::\w+)?}", self.path)

    @property
    def what(self):
        """The kind of record whose id stands in the path."""
        return re.sub("^/api/v1", "", self.path).split("/")[1]

    def put(self, values):
        """Return the path with values in it as they are."""
        return re.sub(r"{(\w+)(?::\w+)?}", lambda each: values[each[1]], self.path)

    def fill(self, **values):
        """Return the path with values in it, quoted."""
        return self.put({name: quote(value, safe="") for name, value in values.items()})


def _routes():
    """Return the routes of a desk; which it is on makes no difference."""
    app = make_app(SimpleNamespace(settings=Settings()), [])
    while not hasattr(app, "router"):
        app = app.app
    return [
        Route(method, each.path)
        for each in iter_route_contexts(app.router.routes)
        for method in sorted(each.methods - {"HEAD"})
    ]


ROUTES = _routes()
GETS = [each for each in ROUTES if each.method == "GET"]
POSTS = [each for each in ROUTES if each.method == "POST"]


def keys_of(folder):
    """Return ids of the records of a store by their kind, of its countries, and of what is known.

    Each is a list of values for the names in a path.
    """
    with tocsin.open(folder) as store:
        found = {kind.name: list(getattr(store, kind.name)().objects()) for kind in KINDS}
    keys = {
        name: [{"key": str(each.get("id") or each.get("key"))} for each in objects]
        for name, objects in found.items()
        if name != "series"
    }
    pairs = {(each["actor"], each["recipient"]) for each in found["series"]}
    sides = [{"actor": one, "recipient": other} for one, other in sorted(pairs) if one and other]
    known = {name: [{"key": key} for key in given] for name, given in KNOWN.items()}
    return keys | known | {"pairs": sides}
