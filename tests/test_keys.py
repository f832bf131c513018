from tocsin.keys import article_key, claim_key, content_key, finding_key


def test_content_key_depends_on_where_parts_end():
    assert content_key("ab", "c") != content_key("a", "bc")


def test_content_key_is_stable_between_runs():
    assert content_key("article", "text") == "f08b09641f0b5398"


def test_article_key_tells_one_text_at_two_addresses_apart():
    assert len({article_key("t"), article_key("t", "a.org"), article_key("t", "b.org")}) == 3


def test_claim_key_tells_a_bearer_without_a_name_from_a_counterpart():
    claim = ("t", (0, 9), "President", ("FRA:head_of_state",))
    assert claim_key(*claim) != claim_key(*claim, None)


def test_finding_key_numbers_findings_that_are_alike():
    assert finding_key("t", "{}", 1) != finding_key("t", "{}", 2)
