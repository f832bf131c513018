"""Pages: self-contained HTML that runs nothing, loads nothing and allows nothing to be loaded.

A content security policy stands in the head of each.  Everything that is not our own is escaped by
the template engine.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from tocsin.publish.visible import in_quotation_marks, on_one_line, visible


@cache
def make_environment(*packages: str) -> Environment:
    """Return the template engine for `publish/templates`: it escapes everything.

    Templates in the folders `templates` of `packages` come first.
    """
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(each) for each in (*packages, "tocsin.publish")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = on_one_line
    environment.filters["visible"] = visible
    environment.filters["in_quotation_marks"] = in_quotation_marks
    return environment


def load_template(name: str) -> Template:
    """Return a template of `publish/templates`."""
    return make_environment().get_template(name)


def read_style(*names: str) -> Markup:
    """Return style sheets of `publish/templates` as one."""
    folder = files("tocsin.publish") / "templates"
    sheets = ((folder / name).read_text(encoding="utf-8") for name in names)
    return Markup("\n".join(sheets))  # noqa: S704  (our own files, and only those)


def policy_of(style: str) -> str:
    """Return a policy under which nothing runs or loads, and only our own style is applied."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    ours = f"style-src 'sha256-{digest}'; img-src data:"
    return f"default-src 'none'; {ours}; base-uri 'none'; form-action 'none'"
