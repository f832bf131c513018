from tocsin.checks.sourcing import check_sourcing
from tocsin.records import Actor, Article, Manner, Naming, Relay, Stance, Statement, Verdict


def statement(name, naming, *relays):
    speaker = Actor(name=name, words=(0, 1), kind="person") if name else None
    return Statement(
        id=f"{name}{naming}{relays}",
        speaker=speaker,
        speaker_words=(0, 1),
        cue=None,
        content=((0, 1),),
        manner=Manner.INDIRECT,
        stance=Stance.ASSERTS,
        naming=naming,
        relays=relays,
    )


def relay(text, name):
    return Relay(name=name, words=(text.index(name), text.index(name) + len(name)))


def article(text):
    return Article(id="a", text=text)


def test_check_sourcing_counts_each_speaker_once():
    statements = [
        statement("Ann Smith", Naming.NAMED),
        statement("Ann Smith", Naming.NAMED),
        statement("an official", Naming.ANONYMOUS),
    ]
    [finding] = check_sourcing(statements, article("x"))
    assert finding.sentence == "3 statements by 2 speakers: 1 named, 1 anonymous."
    assert finding.compared["named"] == 1
    assert finding.verdict is Verdict.NO_RECORD


def test_check_sourcing_is_silent_without_statements():
    assert list(check_sourcing([], article("x"))) == []


def test_check_sourcing_names_an_outlet_that_cannot_be_looked_up():
    text = "On 3 May it rained. The dam broke, according to reports by Reuters. It was Tuesday."
    _, finding = check_sourcing(
        [statement(None, Naming.ANONYMOUS, relay(text, "Reuters"))], article(text)
    )
    assert finding.verdict is Verdict.NO_RECORD
    assert "Reuters" in finding.sentence
    assert text[slice(*finding.words)] == "Reuters"


def test_check_sourcing_accepts_an_outlet_with_a_day():
    text = "The dam broke, Reuters reported on Tuesday."
    findings = check_sourcing(
        [statement(None, Naming.ANONYMOUS, relay(text, "Reuters"))], article(text)
    )
    assert [f.compared.get("outlet") for f in findings] == [None]


def test_check_sourcing_accepts_an_outlet_that_is_looked_up_once():
    text = "The dam broke, Reuters said. Reuters wrote on 3 May that it held."
    later = Relay(name="Reuters", words=(text.rindex("Reuters"), text.rindex("Reuters") + 7))
    findings = check_sourcing(
        [statement("A", Naming.NAMED, relay(text, "Reuters"), later)], article(text)
    )
    assert len(list(findings)) == 1
