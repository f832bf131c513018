"""The open desk: what requests share."""

import pytest

from tests.crisis import ARRIVED
from tocsin.articles.items import Item
from tocsin.errors import SlowQuestionError
from tocsin.publish.desk.opened import Desk


def test_desk_that_reads_another_article_is_not_waited_for_for_ever(crisis):
    desk = Desk(crisis, patience=0.01)
    with desk.reading, pytest.raises(SlowQuestionError, match="other articles were still"):
        desk.report_on(Item(origin="pasted", name="pasted", body=ARRIVED.encode()))
