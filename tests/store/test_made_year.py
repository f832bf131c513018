"""The made year of the benchmarks is such news as a store can hold."""

from contextlib import closing

from benchmarks.grow import make_year
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer


def test_make_year_gives_the_same_articles_again_and_as_many_as_asked_for():
    year = list(make_year(30))
    assert len({report.article.id for report in year}) == 30
    assert list(make_year(30)) == year


def test_make_year_gives_reports_that_fit_their_texts(tmp_path):
    with closing(open_database(tmp_path, create=True)) as connection:
        Writer(connection).keep((r.article.id, "made", r) for r in make_year(60))
        settle(connection)
        assert list(verify_store(connection)) == []
        [(told,)] = connection.execute("SELECT max(articles) FROM reported_events")
    assert told > 1
