def test_office_names_the_holder_of_a_day(tocsin):
    done = tocsin("office", "Defense Minister of Ukraine", "--on", "2024-10-29")
    answer = done.stdout.decode()
    assert done.returncode == 0
    assert "Rustem Umerov, from 6 September 2023 to 17 July 2025" in answer
    assert "complete for this day" in answer


def test_office_takes_the_country_from_an_option(tocsin):
    answer = tocsin("office", "foreign minister", "--country", "PRK", "--on", "2024-10-29")
    assert "Choe Son Hui" in answer.stdout.decode()


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
