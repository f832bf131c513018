"""Families: texts that go back to one, as copies of it or by a passage."""

from __future__ import annotations

from tocsin.records import Family
from tocsin.store.asked import read_name
from tocsin.store.conditions import few, posted
from tocsin.store.kinds.filters import new_since, of_article, with_id
from tocsin.store.kinds.kind import Filter, Kind, integer, shown, text
from tocsin.store.lists import Listing
from tocsin.store.queries import Listed, reads_records

_LISTING = Listing(table="families", rank="members", ranks=int)


FAMILIES = Kind(
    name="families",
    summary=(
        "List families, the largest first: copies of one text, and who prints passages of it."
    ),
    examples=("--agency Reuters",),
    filters=(
        of_article(
            "with this article (its id) as a copy or by a passage",
            few(
                "SELECT x.family FROM articles a JOIN family_members x ON x.text_id = a.text_id"
                " WHERE a.id = ?"
            ),
        ),
        Filter("agency", read_name, "that credit this agency", posted(_LISTING, "agency")),
        with_id("family"),
        new_since(_LISTING, "family"),
    ),
    source=Listed(_LISTING, reads_records(Family, _LISTING)),
    yields=Family,
    columns=(
        text("id", "key of the family"),
        text("agency", "the agency credited"),
        text("origin", "id of the article the others go back to"),
        integer("articles", "how many are copies of each other", "articles"),
        integer("passages", "how many others print a passage", "passages"),
        text("because", "what makes it a family"),
        text("members", "ids of the copies, earliest first", "articles"),
        text("holders", "ids of those with a passage, earliest first", "passages"),
    ),
    screen=(
        shown("family", 16, "id"),
        shown("copies", 6, lambda f: len(f.articles)),
        shown("passages", 8, lambda f: len(f.passages)),
        shown("agency", 10, share=1),
        shown("why", 30, "because", share=4),
        shown("origin", 16, drop=1),
    ),
    legend=(
        ("copies", "", "articles with the same words, one voice"),
        ("passages", "", "other articles that print a passage of them"),
    ),
)
