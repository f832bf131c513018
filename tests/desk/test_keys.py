"""Keys: what a script listens for stands in the list of keys of every page that carries it."""

import re
from pathlib import Path

import pytest

from tocsin.publish.desk import frame

DESK = Path(frame.__file__).parent
TEMPLATES = {each.name: each.read_text(encoding="utf-8") for each in (DESK / "templates").iterdir()}
SCRIPTS = {each.name: each.read_text(encoding="utf-8") for each in (DESK / "static").glob("*.js")}
CARRIED = [
    (template, script)
    for template, text in TEMPLATES.items()
    for script in re.findall(r"asset\('(\w+\.js)'\)", text)
    if script in SCRIPTS
]


def listed(template):
    """Return the keys that a template lists, and those of every page."""
    text = TEMPLATES[template] + TEMPLATES["frame.html.jinja"]
    return {each.replace("−", "-") for each in re.findall("<kbd>(.)</kbd>", text)}


@pytest.mark.parametrize(("template", "script"), CARRIED)
def test_keys_of_a_script_are_listed_on_the_page(template, script):
    keys = set(re.findall(r'(?:desk\.key|keys\.set)\("(.)"', SCRIPTS[script]))
    assert keys - listed(template) - {"g"} == set()  # g stands before the key of each page


def test_keys_of_the_navigation_are_no_two_pages():
    keys = [each.key for each in frame.entries()]
    assert len(set(keys)) == len(keys)
