"""The open desk: what requests share."""

import pytest

from tests.crisis import ARRIVED
from tocsin.articles.items import Item
from tocsin.errors import SlowQuestionError, TooLargeError
from tocsin.publish.desk.opened import LONGEST, Desk
from tocsin.records import Article


def test_desk_that_reads_another_article_is_not_waited_for_for_ever(crisis):
    desk = Desk(crisis, patience=0.01)
    with desk.reading, pytest.raises(SlowQuestionError, match="other articles were still"):
        desk.report_on(Item(origin="pasted", name="pasted", body=ARRIVED.encode()))


def test_article_that_is_too_long_to_be_waited_for_is_not_explained(crisis):
    article = Article(id="long", text="x" * (LONGEST + 1))
    with pytest.raises(TooLargeError, match="while you wait"):
        Desk(crisis).explain(article)
