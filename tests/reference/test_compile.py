"""The compile of the reference: reading, joining, merging, and what counts as complete."""

from __future__ import annotations

import csv
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from training.reference.__main__ import compile_reference
from training.reference.complete import find_periods
from training.reference.people import Person, add_lives, find_people, tidy
from training.reference.read import Row, plain_name, read_heads, read_officials, read_recent
from training.reference.reconcile import Tenure, reconcile
from training.reference.titles import office_ids
from training.reference.write import read_explanations

HERE = Path(__file__).parents[2]
DATA = HERE / "src" / "tocsin" / "reference" / "data"
SHARED = HERE.parent / "shared" / "reference"
OFFICE = "UKR:defence_minister"


def row(origin: str, person: str, since: str, until: str = "", **more: object) -> Row:
    made = {"country": "UKR", "title": "Minister of Defence", **more}
    return Row(origin=origin, person=person, since=since, until=until, **made)  # type: ignore[arg-type]


def people_of(*rows: Row, office: str = OFFICE) -> list[Person]:
    return find_people([(office, each) for each in rows])


def tenures_of(*rows: Row, office: str = OFFICE) -> list[Tenure]:
    return reconcile(people_of(*rows, office=office)).tenures[office]


def periods_of(*rows: Row, office: str = OFFICE) -> list[tuple[str, str]]:
    found = find_periods({office: tenures_of(*rows, office=office)}, Path("/nowhere"))
    return [(p.since.isoformat(), p.until.isoformat()) for p in found]


# --------------------------------------------------------------------------- reading


def heads_file(folder: Path, *lines: str) -> Path:
    header = (
        "country,country_name,role,title,person,start,next_start,first_seen,last_seen,name_variants"
    )
    path = folder / "heads.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def test_read_heads_takes_a_yearly_edition_for_its_first_day(tmp_path: Path) -> None:
    path = heads_file(
        tmp_path, "AAA,A,chief of state,President,Ana PEREZ,2001-02-03,,2001-07-01,2005-07-01,"
    )
    (found,) = read_heads(path)
    assert (found.since, found.until, found.known_until) == ("2001-02-03", "", "2005-01-01")


def test_read_heads_takes_new_year_for_a_year(tmp_path: Path) -> None:
    path = heads_file(
        tmp_path, "AAA,A,chief of state,President,Ana PEREZ,2001-01-01,,2001-07-01,2005-07-01,"
    )
    assert next(iter(read_heads(path))).since == "2001"


def test_read_heads_splits_a_row_that_mixes_two_people(tmp_path: Path) -> None:
    path = heads_file(
        tmp_path,
        "AAA,A,chief of state,President,Ana PEREZ,2014-06-15,,2014-07-01,2024-05-17,Bogdan KISZKA",
    )
    ana, bogdan = read_heads(path)
    assert (ana.person, ana.since) == ("Ana PEREZ", "")
    assert (bogdan.person, bogdan.since, bogdan.known_until) == (
        "Bogdan KISZKA", "2014-06-15", "2014-06-15",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("Brig. Gen. Ali SAIBOU", "Ali SAIBOU"),
        ("Confederation Karin KELLER-SUTTER", "Karin KELLER-SUTTER"),
        ("BEATRIX of the Netherlands", "BEATRIX"),
        ("of Interior Ľudovít ÓDOR", "Ľudovít ÓDOR"),
        ("PREM Tinsulanonda serves as Regent", "PREM Tinsulanonda"),
        ("LEUNG Chun-ying [C.Y. LEUNG]", "LEUNG Chun-ying"),
    ],
)
def test_plain_name_drops_titles_and_remarks(printed: str, plain: str) -> None:
    assert plain_name(printed) == plain


def test_tidy_lowers_family_names_but_not_numerals() -> None:
    assert tidy("Boris YELTSIN") == "Boris Yeltsin"
    assert tidy("CHARLES III") == "Charles III"
    assert tidy("XI Jinping") == "Xi Jinping"


@pytest.mark.parametrize(
    ("note", "acting"),
    [
        ("acting (vice minister)", True),
        ("caretaker", True),
        ("acting until 2017-05-10", False),
        ("caretaker from 3 Jun 2025", False),
        ("proposed 12 May 2024", False),
    ],
)
def test_read_recent_tells_a_whole_tenure_acting_from_a_part(
    tmp_path: Path, note: str, acting: bool
) -> None:
    path = tmp_path / "recent.csv"
    path.write_text(
        "country,office,person,name_variants,start,end,known_until,note\n"
        f"KOR,Prime Minister,Lee Ju-ho,,2025-05-02,2025-07-03,,{note}\n",
        encoding="utf-8",
    )
    (found,) = read_recent(path, "recent")
    assert found.acting is acting


def test_office_ids_reads_titles_and_keeps_lumped_ones_apart() -> None:
    assert office_ids(row("recent", "X", "2020")) == (OFFICE,)
    junior = row("wikidata", "X", "2020", title="State Secretary", country="NOR")
    assert office_ids(junior) == ("NOR:other:state_secretary",)


def test_office_ids_does_not_take_a_group_leader_for_the_head_of_state() -> None:
    leader = row("known", "X", "2020", title="Leader of the PKK", country="TUR")
    assert office_ids(leader) == ("TUR:other:leader_of_the_pkk",)


def test_read_heads_believes_the_last_editions_to_mid_january_only(tmp_path: Path) -> None:
    path = heads_file(
        tmp_path, "AAA,A,chief of state,President,Ana PEREZ,2022-03-11,,2022-04-01,2026-05-17,"
    )
    (found,) = read_heads(path)
    assert found.known_until == "2026-01-15"


# --------------------------------------------------------------------------- persons


def test_people_join_over_transliterations() -> None:
    people = people_of(
        row("wikidata", "Sergey Shoygu", "2012-11-06", wikidata="Q1"),
        row("recent", "Sergei Shoigu", "2012-11-06"),
    )
    assert [p.id for p in people] == ["Q1"]


def test_people_join_where_names_are_alike_and_dates_the_same() -> None:
    people = people_of(
        row("wikidata", "Zayed bin Sultan Al Nahyan", "1971-12-02", wikidata="Q1"),
        row("factbook", "ZAYID bin Sultan Al Nuhayyan", "1971-12-02"),
    )
    assert len(people) == 1


def test_people_of_one_family_name_stay_apart() -> None:
    people = people_of(
        row("wikidata", "Igor Ivanov", "1998-09-11", "2004-03-09", wikidata="Q1"),
        row("recent", "Sergei Ivanov", "2001-03-28", "2007-02-15"),
    )
    assert len(people) == 2


# --------------------------------------------------------------------------- merging


def test_reconcile_takes_the_dates_of_the_most_trusted_origin() -> None:
    (tenure,) = tenures_of(
        row("recent", "Ana Perez", "2020-03-04", "2024-09-05"),
        row("wikidata", "Ana Perez", "2020-03-01", "2024-09-01", wikidata="Q1"),
    )
    assert (tenure.since, tenure.until) == ("2020-03-04", "2024-09-05")
    assert tenure.origins == ("recent", "wikidata")


def test_reconcile_takes_the_finer_of_two_dates_that_agree() -> None:
    (tenure,) = tenures_of(
        row("recent", "Ana Perez", "2020-03", "2024-09-05"),
        row("wikidata", "Ana Perez", "2020-03-17", "2024-09-05", wikidata="Q1"),
    )
    assert tenure.since == "2020-03-17"


def test_reconcile_lists_what_the_origins_disagree_about() -> None:
    people = people_of(
        row("recent", "Ana Perez", "2020-03-04", "2024-09-05"),
        row("wikidata", "Ana Perez", "2020-03-04", "2023-01-01", wikidata="Q1"),
    )
    (found,) = reconcile(people).disagreements
    assert (found.field, found.kept, found.other) == (
        "until", "2024-09-05 (recent)", "2023-01-01 (wikidata)",
    )  # fmt: skip


def test_reconcile_keeps_two_terms_with_another_between_apart() -> None:
    tenures = tenures_of(
        row("recent", "Ana Perez", "2010-01-10", "2014-01-10"),
        row("recent", "Bo Chen", "2014-01-10", "2018-01-10"),
        row("recent", "Ana Perez", "2018-01-10", "2022-01-10"),
    )
    assert [t.since for t in tenures] == ["2010-01-10", "2014-01-10", "2018-01-10"]


def test_reconcile_joins_terms_that_follow_on_each_other() -> None:
    (tenure,) = tenures_of(
        row("wikidata", "Ana Perez", "2010-01-10", "2014-01-10", wikidata="Q1"),
        row("wikidata", "Ana Perez", "2014-01-12", "2018-01-10", wikidata="Q1"),
    )
    assert (tenure.since, tenure.until) == ("2010-01-10", "2018-01-10")


def test_reconcile_drops_a_holder_whom_a_trusted_list_rules_out() -> None:
    people = people_of(
        row("recent", "Ana Perez", "2010-01-10", "2020-01-10"),
        row("wikidata", "Bo Chen", "2012-01-01", "2015-01-01", wikidata="Q2"),
    )
    result = reconcile(people)
    assert [t.name for t in result.tenures[OFFICE]] == ["Ana Perez"]
    assert result.disagreements[0].field == "holder"


def test_reconcile_keeps_a_short_stand_in_that_a_trusted_list_leaves_out() -> None:
    tenures = tenures_of(
        row("recent", "Ana Perez", "2010-01-10", "2020-01-10"),
        row("wikidata", "Bo Chen", "2012-01-01", "2012-02-15", wikidata="Q2"),
    )
    assert [t.name for t in tenures] == ["Ana Perez", "Bo Chen"]


def test_reconcile_does_not_believe_an_open_end_that_a_successor_followed() -> None:
    first, _ = tenures_of(
        row("wikidata", "Ana Perez", "2010-01-10", known_until="2022-07-01", wikidata="Q1"),
        row("wikidata", "Bo Chen", "2015-01-10", "2022-01-10", wikidata="Q2"),
    )
    assert (first.until, first.known_until) == ("", "2010-01-10")


def test_reconcile_ends_a_president_at_the_end_of_a_full_term() -> None:
    office = "AAA:head_of_state"
    first, _ = tenures_of(
        row("factbook", "Ana PEREZ", "2014-06-01", known_until="2017-02-26", edition="2017-03-28"),
        row("factbook", "Bo CHEN", "2019-06-01", known_until="2024-01-01", edition="2024-02-01"),
        office=office,
    )
    assert first.until == "2019-06-01"


def test_reconcile_puts_an_unknown_start_after_the_predecessor() -> None:
    tenures = tenures_of(
        row("recent", "Ana Perez", "2010-01-10", known_until="2024-08-31"),
        row("recent", "Bo Chen", "", known_until="2025-12-31"),
    )
    assert {t.name: t.after for t in tenures} == {"Ana Perez": "", "Bo Chen": "2024-08-31"}


def test_reconcile_takes_a_day_that_can_be_looked_up_over_one_from_knowledge() -> None:
    (tenure,) = tenures_of(
        row("known", "Ana Perez", "2020-03-04", "2024-09-05"),
        row("wikidata", "Ana Perez", "2020-03-01", "2024-09-05", wikidata="Q1"),
    )
    assert (tenure.since, tenure.origins) == ("2020-03-01", ("wikidata", "known"))


def test_reconcile_doubts_the_days_between_knowledge_and_another_origin() -> None:
    (tenure,) = tenures_of(
        row("known", "Ana Perez", "2020-03-04", "2024-09-05"),
        row("wikidata", "Ana Perez", "2020-05-01", "2024-09-05", wikidata="Q1"),
    )
    assert tenure.since == "2020-03-04"
    assert tenure.doubtful == ((date(2020, 3, 4), date(2020, 5, 1)),)


def test_reconcile_lets_knowledge_rule_nobody_out() -> None:
    tenures = tenures_of(
        row("known", "Ana Perez", "2010-01-10", "2020-01-10"),
        row("wikidata", "Bo Chen", "2012-01-01", "2015-01-01", wikidata="Q2"),
    )
    assert [t.name for t in tenures] == ["Ana Perez", "Bo Chen"]


def test_reconcile_ends_no_term_at_a_successor_whom_editions_did_not_follow_at_once() -> None:
    first, _ = tenures_of(
        row("factbook", "Ana PEREZ", "1998-01-27", known_until="2001-01-01", edition="2001-07-01"),
        row("factbook", "Bo CHEN", "2006-01-27", known_until="2009-01-01", edition="2009-07-01"),
        office="AAA:head_of_state",
    )
    assert (first.until, first.known_until) == ("", "2001-01-01")


def test_complete_leaves_out_days_on_which_the_origins_disagree() -> None:
    assert periods_of(
        row("known", "Ana Perez", "2010-01-10", "2014-01-10"),
        row("wikidata", "Ana Perez", "2010-03-10", "2014-01-10", wikidata="Q1"),
    ) == [("2010-03-11", "2014-01-10")]


def test_read_officials_takes_a_new_year_without_a_handover_for_a_year(tmp_path: Path) -> None:
    path = tmp_path / "officials.csv"
    path.write_text(
        "country,office,person,wikidata,start,end,as_of\n"
        "AAA,Mayor of B,Ana Perez,Q1,2010-01-01,2014-12-31,2022-01-01\n"
        "AAA,Mayor of B,Bo Chen,Q2,2015-01-01,,2022-01-01\n",
        encoding="utf-8",
    )
    assert [row.since for row in read_officials(path)] == ["2010", "2015-01-01"]


def test_add_lives_tells_a_son_from_his_dead_father(tmp_path: Path) -> None:
    path = tmp_path / "lives.csv"
    path.write_text(
        "country,person,name_variants,born,died\nUKR,Ana Perez,Anya Perez,1930,2019-05-06\n",
        encoding="utf-8",
    )
    young, old = (row("recent", "Ana Perez", year) for year in ("2020-01-02", "2010-01-02"))
    (added, _) = sorted(add_lives(people_of(young), path), key=lambda person: person.died == "")
    assert (added.died, added.rows) == ("2019-05-06", [])
    (known,) = add_lives(people_of(old), path)
    assert (known.died, "Anya Perez" in known.forms) == ("2019-05-06", True)


# --------------------------------------------------------------------------- complete periods


def test_complete_runs_over_a_chain_without_gaps() -> None:
    assert periods_of(
        row("recent", "Ana Perez", "2010-01-10", "2014-01-10"),
        row("recent", "Bo Chen", "2014-01-12", known_until="2020-12-31"),
    ) == [("2010-01-10", "2020-12-31")]


def test_complete_stops_at_a_gap() -> None:
    assert periods_of(
        row("recent", "Ana Perez", "2010-01-10", "2014-01-10"),
        row("recent", "Bo Chen", "2014-03-01", "2020-12-31"),
    ) == [("2010-01-10", "2014-01-10"), ("2014-03-01", "2020-12-31")]


def test_complete_leaves_out_a_year_that_is_only_known_as_a_year() -> None:
    assert periods_of(
        row("recent", "Ana Perez", "2010-01-10", "2014"),
        row("recent", "Bo Chen", "2014", "2020-12-31"),
    ) == [("2010-01-10", "2014-01-01"), ("2014-12-31", "2020-12-31")]


def test_complete_does_not_begin_or_end_within_a_month_that_others_may_share() -> None:
    assert periods_of(
        row("recent", "Ana Perez", "2010-01", "2014-06"),
        row("recent", "Bo Chen", "2014-06", "2020-12"),
    ) == [("2010-01-31", "2020-12-01")]


def test_complete_leaves_out_two_unchecked_holders_side_by_side() -> None:
    assert periods_of(
        row("wikidata", "Ana Perez", "2010-01-10", "2014-01-10", wikidata="Q1"),
        row("wikidata", "Bo Chen", "2012-01-10", "2018-01-10", wikidata="Q2"),
    ) == [("2010-01-10", "2012-01-09"), ("2014-01-11", "2018-01-10")]


def test_complete_needs_two_links_outside_the_core_of_a_cabinet() -> None:
    only = row("recent", "Ana Perez", "2010-01-10", "2014-01-10", title="Chief of Staff")
    assert periods_of(only, office="UKR:chief_of_staff") == []


def test_complete_is_never_inferred_for_spokespersons() -> None:
    rows = (
        row("recent", "Ana Perez", "2010-01-10", "2014-01-10"),
        row("recent", "Bo Chen", "2014-01-10", "2018-01-10"),
    )
    assert periods_of(*rows, office="UKR:spokesperson:president") == []


def test_complete_is_never_inferred_where_a_note_says_several() -> None:
    rows = (
        row("recent", "Ana Perez", "2010-01-10", "2014-01-10", note="several serve at once"),
        row("recent", "Bo Chen", "2014-01-10", "2018-01-10"),
    )
    assert periods_of(*rows) == []


# --------------------------------------------------------------------------- the whole


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not SHARED.is_dir():
        pytest.skip("the files of tenures are not beside the project (../shared/reference)")
    folder: Path = tmp_path_factory.mktemp("compiled")
    (folder / "disagreements.tsv").write_bytes((DATA / "disagreements.tsv").read_bytes())
    compile_reference(SHARED, folder)
    return folder


@pytest.mark.parametrize(
    "name", ["offices.tsv", "people.tsv", "tenures.tsv", "complete.tsv", "disagreements.tsv"]
)
def test_compile_gives_the_committed_data(compiled: Path, name: str) -> None:
    same = (compiled / name).read_bytes() == (DATA / name).read_bytes()
    assert same, f"{name} is stale: run python -m training.reference ../shared/reference"


def test_compile_leaves_no_disagreement_unexplained(compiled: Path) -> None:
    with (compiled / "disagreements.tsv").open(encoding="utf-8", newline="") as file:
        found = [tuple(line[:5]) for line in csv.reader(file, delimiter="\t")][1:]
    explained = read_explanations(DATA / "disagreements.tsv")
    assert [each for each in found if each not in explained] == []


def test_complete_periods_of_the_shipped_data_are_in_order() -> None:
    lines = (DATA / "complete.tsv").read_text("utf-8").splitlines()[1:]
    periods = [line.split("\t")[:3] for line in lines]
    assert all(
        date.fromisoformat(since) <= date.fromisoformat(until) for _, since, until in periods
    )
    assert all(one[0] != other[0] or one[2] < other[1] for one, other in pairwise(periods))
