"""Who prints passages of a family, from the articles to the question."""

from datetime import date, timedelta

import pytest

import tocsin
from tocsin.store.content import dump_content
from tocsin.store.database import open_database
from tocsin.store.forget import forget_article
from tocsin.store.settle import settle
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer

AGENCY = """\
SELIN, March 4 (Reuters) - Vardan shelled the port of Selin on Tuesday, the harbour master said, \
and two warehouses and a customs shed burned until the evening while crews from three towns \
fought the fire. The railway to the north was closed, and the hospital asked for blood."""

MARKET = """\
Nobody in the fish market of Kashan spoke of anything else this morning. Prices had doubled, \
the ice had not come, and old Deniz sold his last crates of sardines to a cook from the barracks \
who paid without looking at the coins. A woman with two children asked for the bus to the hills \
and was told that there would be none before the weekend, if there was one at all then.

{}

In the evening the lamps stayed dark along the quay. A boy played the accordion on the steps of \
the customs house until a policeman sent him home, and then it was quiet but for the gulls."""

CABINET = """\
The cabinet met for six hours and broke up without a word to those who waited in the yard. Two \
ministers left by the garden gate, and the third, who is said to want an answer to the north \
before the month is out, sent his driver to say that he had a cold and would not speak to anyone.

{}

Parliament sits again on Thursday. Its speaker has promised a debate on the budget of the navy, \
which has waited for a vote since autumn, and the small parties have promised to stay away."""

DAY = date(2025, 3, 4)


@pytest.fixture
def printed(connection, draft):
    """Keep articles: (text, outlet, days after the first), and work out what they share."""

    def add(*articles):
        ids = []
        for number, (text, outlet, days) in enumerate(articles):
            made = draft(
                text=text,
                url=f"https://p{number}.example/1" if outlet else None,
                published=DAY + timedelta(days=days),
                others={"outlet": outlet},
            ).report
            Writer(connection).keep([(f"key {number}", f"{number}.txt", made)])
            ids.append(made.article.id)
        settle(connection)
        assert not list(verify_store(connection))
        return ids

    return add


def families(connection):
    rows = connection.execute(
        "SELECT articles, passages, origin, agency FROM families ORDER BY members DESC, id"
    )
    return rows.fetchall()


def test_agency_text_inside_longer_pieces_is_a_family_with_them(connection, printed):
    agency, *_ = printed(
        (AGENCY, "Reuters", 0),
        (MARKET.format(AGENCY), "Selin Post", 0),
        (CABINET.format(AGENCY), "Vardan Daily", 0),
    )
    assert families(connection) == [(1, 2, agency, "Reuters")]
    assert not connection.execute("SELECT 1 FROM texts WHERE family IS NOT NULL").fetchone()


def test_copies_of_the_agency_text_and_its_holders_are_one_family(printed, folder):
    agency, copy, holder = printed(
        (AGENCY, "Reuters", 0),
        (AGENCY + " More soon.", "The Rope", 1),
        (MARKET.format(AGENCY), "Selin Post", 1),
    )
    (family,) = tocsin.open(folder).families()
    assert family.articles == (agency, copy)
    assert family.passages == (holder,)
    assert "1 other article prints a passage of it, of 49 words." in family.because


def test_long_pieces_around_a_text_that_is_not_here_are_a_family_without_origin(
    connection, printed
):
    printed((MARKET.format(AGENCY), "Selin Post", 0), (CABINET.format(AGENCY), "Vardan Daily", 0))
    assert families(connection) == [(0, 2, None, "Reuters")]


@pytest.mark.parametrize(("most", "found"), [(2, []), (3, [2])])
def test_of_a_passage_in_very_many_texts_it_is_not_said_who_prints_it(
    connection, printed, monkeypatch, most, found
):
    monkeypatch.setattr("tocsin.store.settle.passages._MOST_HOLDERS", most)
    printed(
        (AGENCY, "Reuters", 0),
        (MARKET.format(AGENCY), "Selin Post", 0),
        (CABINET.format(AGENCY), "Vardan Daily", 1),
    )
    assert [passages for _, passages, *_ in families(connection)] == found


def test_what_one_outlet_prints_twice_is_no_family(connection, printed):
    printed((MARKET.format(AGENCY), "Selin Post", 0), (CABINET.format(AGENCY), "Selin Post", 3))
    assert connection.execute("SELECT count(*) FROM copies").fetchone() == (1,)
    assert families(connection) == []


def test_a_holder_ties_no_two_families_together(connection, printed):
    other = CABINET.format("").strip()
    first, second, _ = printed(
        (AGENCY, "Reuters", 0),
        (other, "AFP", 0),
        (MARKET.format(AGENCY) + "\n\n" + other, "Selin Post", 1),
    )
    found = connection.execute("SELECT family, text_id, role FROM family_members").fetchall()
    assert len({family for family, *_ in found}) == 2
    assert sorted(families(connection), key=str) == sorted(
        [(1, 1, first, "Reuters"), (1, 1, second, "Agence France-Presse")], key=str
    )
    assert len([role for *_, role in found if role == "passage"]) == 2


def test_articles_and_families_are_found_by_passages(printed, folder):
    agency, holder = printed((AGENCY, "Reuters", 0), (MARKET.format(AGENCY), "Selin Post", 0))
    store = tocsin.open(folder)
    (family,) = store.families(article=holder)
    assert {article.id for article in store.articles(family=family.id)} == {agency, holder}
    row = store.families().to_polars().row(0, named=True)
    assert (row["articles"], row["passages"], row["holders"]) == (1, 1, holder)


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_forgetting_leaves_what_would_be_there_without(connection, printed, draft, tmp_path, gone):
    articles = (
        (AGENCY, "Reuters", 0),
        (MARKET.format(AGENCY), "Selin Post", 1),
        (CABINET.format(AGENCY), "Vardan Daily", 1),
    )
    forget_article(connection, printed(*articles)[gone])
    settle(connection)
    assert not list(verify_store(connection))
    other = open_database(tmp_path / "other", create=True)
    for number, (text, outlet, days) in enumerate(articles):
        if number != gone:
            made = draft(
                text=text,
                url=f"https://p{number}.example/1",
                published=DAY + timedelta(days=days),
                others={"outlet": outlet},
            ).report
            Writer(other).keep([(f"key {number}", f"{number}.txt", made)])
    settle(other)
    assert list(dump_content(connection)) == list(dump_content(other))
