def test_office_names_the_holder_of_a_day(tocsin):
    done = tocsin("office", "Defense Minister of Ukraine", "--on", "2024-10-29")
    answer = done.stdout.decode()
    assert done.returncode == 0
    assert "Rustem Umerov, from 6 September 2023 to 17 July 2025" in answer
    assert "complete for this day" in answer


def test_office_takes_the_country_from_an_option(tocsin):
    answer = tocsin("office", "foreign minister", "--country", "PRK", "--on", "2024-10-29")
    assert "Choe Son Hui" in answer.stdout.decode()


def test_office_asks_of_which_country_where_many_have_it(tocsin):
    answer = tocsin("office", "Prime Minister").stdout.decode()
    assert answer == (
        "'Prime Minister' is an office of many: name the country or body with it, or by "
        "--country.\n"
    )
    answer = tocsin("office", "Minister of Nothing at All").stdout.decode()
    assert answer.startswith("The reference has no record of")


def test_office_lists_every_holder_without_a_day(tocsin):
    answer = tocsin("office", "President of South Korea").stdout.decode()
    assert "Moon Jae-in" in answer
    assert "Yoon Suk Yeol" in answer


def test_person_lists_all_offices(tocsin):
    answer = tocsin("person", "Sergei Shoigu").stdout.decode()
    assert "Minister of Defence of Russia, from 6 November 2012 to 12 May 2024" in answer
    assert "Secretary of the Security Council of Russia" in answer


def test_person_says_that_there_is_no_record(tocsin):
    done = tocsin("person", "Nobody Of-That-Name")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("The reference has no record of")


MINISTERS = """country,office,person,start,end
PRK,Minister of Railways,Jang Test Person,2023-02-01,
"""


def test_reference_import_is_shown_with_origin_and_can_be_removed(tocsin, tmp_path, monkeypatch):
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "railways.csv"
    path.write_text(MINISTERS)
    assert b"tenures 1, people 1" in tocsin("reference", "add", path).stdout
    assert b"railways.csv, imported" in tocsin("person", "Jang Test Person").stdout
    assert tocsin("reference", "list").stdout.startswith(b"railways: ")
    assert tocsin("reference", "remove", "railways").stdout.startswith(b"Removed: railways")
    assert tocsin("reference", "list").stdout == b"Nothing has been imported.\n"


def test_reference_names_offices_of_an_import_that_are_new(tocsin, tmp_path, monkeypatch):
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "ours.csv"
    path.write_text(MINISTERS + "MDA,Minster of Foreign Afairs,Ana Lupascu,2026-09-01,\n")
    told = tocsin("reference", "add", path).stderr.decode()
    assert "MDA:other:minster_of_foreign_afairs" in told
    assert "Railways" not in told
    person = tocsin("person", "Ana Lupascu").stdout.decode()
    assert person.count("imported") == 1


def test_reference_refuses_a_malformed_file_and_changes_nothing(tocsin, tmp_path, monkeypatch):
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "railways.csv"
    path.write_text(MINISTERS + "PRK,Minister of Railways,Someone Else,last spring,\n")
    done = tocsin("reference", "add", path)
    assert done.returncode == 7
    assert b"line 3" in done.stderr
    assert tocsin("reference", "list").stdout == b"Nothing has been imported.\n"


def test_explain_shows_what_network_and_lexicon_see(tocsin):
    answer = tocsin("explain", "examples/sound.txt").stdout.decode()
    assert "network: act " in answer
    assert "lexicon: " in answer
    assert "parse: " in answer
    assert "CONSULT" in answer


def test_reference_takes_groups_and_people_which_a_report_then_knows(tocsin, tmp_path, monkeypatch):
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    added = tocsin("reference", "add", "examples/groups.csv").stdout
    assert added.startswith(b"groups: actors 2, people 1 (actors, from groups.csv")
    said = b"The Tolmar Liberation Front attacked an army base in Ukraine on Sunday."
    assert b'"country": "MDA"' in tocsin("read", "-", "--json", given=said).stdout
    assert b"2 actors of the user's own" in tocsin("read", "-", given=said).stdout
    assert tocsin("reference", "remove", "groups").stdout.startswith(b"Removed: groups: actors 2")
    assert b"MDA" not in tocsin("read", "-", "--json", given=said).stdout
