"""Answers and records as HTML in notebooks."""

import sys

from tocsin.publish import notebook
from tocsin.store.handle import Store
from tocsin.store.kinds import EVENTS, KINDS


def test_results_show_as_a_bounded_table(store, monkeypatch):
    monkeypatch.setattr("tocsin.publish.notebook._SHOWN", 2)
    html = store.events()._repr_html_()
    assert html.count("<tr>") == 3
    assert "the first 2 of 5" in html
    assert "<th>told</th>" in html


def test_verdicts_have_their_colours(store):
    html = store.findings(verdict="contradicted")._repr_html_()
    assert '<b style="color: #b3261e">contradicted</b>' in html


def test_html_escapes_what_an_article_says(store):
    (event,) = store.events(type="AID")
    html = notebook._clean("<script>alert(1)</script>\u202egnp\x1b[2J")
    assert html == "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]gnp[U+001B][2J"
    assert "<table>" in notebook.render_record(EVENTS, event)


def test_a_record_shows_its_tellings(store):
    (event,) = store.events(actor="PRK")
    html = notebook.render_record(EVENTS, event)
    assert html.count("<li>") == 3
    assert "Moscow Mirror" in html
    assert "denied, says Russia" in html


def test_records_show_well_in_ipython(store, monkeypatch):
    class Formatter(dict):
        def for_type(self, kind, render):
            self[kind] = render

    class Shell:
        display_formatter = type("Display", (), {"formatters": {"text/html": Formatter()}})

    class IPython:
        get_ipython = staticmethod(Shell)

    monkeypatch.setitem(sys.modules, "IPython", IPython)
    notebook.show_records()
    html = Shell.display_formatter.formatters["text/html"]
    for kind in KINDS:
        record = getattr(store, kind.name)().first()
        assert "<table>" in html[type(record)](record)


def test_a_store_that_nobody_shows_leaves_answers_to_their_words(store):
    with Store(store.folder) as plain:
        assert plain.events()._repr_html_() is None
