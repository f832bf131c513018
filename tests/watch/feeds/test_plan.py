"""The file of feeds: what it may say, and what is said where it does not."""

import pytest

from tocsin.errors import InputError, ValueNotUnderstood
from tocsin.settings import Settings
from tocsin.watch.feeds.plan import Bell, Feed, Plan, read_plan

WHOLE = """
minutes = 20
[alarms]
rate = 0.1
file = "alarms.jsonl"
webhook = "https://desk.example/bell"
[[feeds]]
url = "https://coast.example/world.rss"
[[feeds]]
url = "https://harbour.example/atom.xml"
minutes = 60
"""


def plan_of(tmp_path, words):
    path = tmp_path / "feeds.toml"
    path.write_text(words)
    return read_plan(str(path), Settings())


def test_plan_is_read(tmp_path):
    plan = plan_of(tmp_path, WHOLE)
    assert plan.feeds == (
        Feed(url="https://coast.example/world.rss", minutes=20),
        Feed(url="https://harbour.example/atom.xml", minutes=60),
    )
    assert (plan.bell.rate, plan.bell.webhook) == (0.1, "https://desk.example/bell")
    assert plan.bell.file == str(tmp_path / "alarms.jsonl")


def test_plan_needs_no_more_than_an_address(tmp_path):
    plan = plan_of(tmp_path, '[[feeds]]\nurl = "https://coast.example/world.rss"')
    assert plan == Plan(feeds=(Feed(url="https://coast.example/world.rss", minutes=30),))
    assert plan.bell == Bell(rate=0.2, file=None, webhook=None)


def test_plan_that_is_not_there_is_told_as_one(tmp_path):
    with pytest.raises(InputError, match="a TOML file that names feeds"):
        read_plan(str(tmp_path / "feeds.toml"), Settings())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "no feed is named"),
        ("[[feeds]]", "url"),
        ('[[feeds]]\nurl = "file:///etc/passwd"', "https://"),
        ('[[feeds]]\nurl = "https://"', "https://"),
        ('[[feeds]]\nurl = "http://["', "https://"),
        ('[[feeds]]\nurl = "https://a.example"\nevery = 3', "every"),
        ('minute = 3\n[[feeds]]\nurl = "https://a.example"', "minute"),
        ('minutes = 1\n[[feeds]]\nurl = "https://a.example"', "5 to"),
        ('minutes = true\n[[feeds]]\nurl = "https://a.example"', "minutes = True"),
        ('[alarms]\nrates = 3\n[[feeds]]\nurl = "https://a.example"', "rates"),
        ('[alarms]\nwebhook = "desk"\n[[feeds]]\nurl = "https://a.example"', "https://"),
        ('feeds = ["https://a.example"]', "a.example"),
        ('alarms = 3\n[[feeds]]\nurl = "https://a.example"', "3"),
        ("feeds = 3", "no feed is named"),
    ],
)
def test_what_is_not_understood_is_named(tmp_path, words, told):
    with pytest.raises(ValueNotUnderstood, match=told):
        plan_of(tmp_path, words)


def test_file_that_is_no_toml_is_refused(tmp_path):
    with pytest.raises(InputError, match="TOML"):
        plan_of(tmp_path, "feeds: []")
