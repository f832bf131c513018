"""What writing machines leave in a text."""

import pytest

from tocsin.checks.residue import check_residue
from tocsin.records import Article, Verdict


def _found(text):
    return [
        (f.compared["kind"], text[slice(*f.words)].strip())
        for f in check_residue(Article(id="a", text=text))
    ]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("On [Insert Date], officials met.", "gap", "[Insert Date]"),
        ("The mayor, [insert name of mayor], agreed.", "gap", "[insert name of mayor]"),
        ("By [Your Name]\n\nRain fell.", "gap", "By [Your Name]"),
        ("“We will act,” said [Official's Name].", "gap", "[Official's Name]"),
        ("[City] - Rain fell on Monday.", "gap", "[City]"),
        ("Rain fell in {{city}} on Monday.", "gap", "{{city}}"),
        (
            "Rain fell. As an AI language model, I cannot tell more.",
            "machine",
            "As an AI language model",
        ),
        (
            "As of my last knowledge update, he was alive.",
            "machine",
            "As of my last knowledge update",
        ),
        (
            "Certainly! Here is a news article about rain.\n\nRain fell.",
            "machine",
            "Certainly! Here is",
        ),
        ("I’m sorry, but I can’t help with that.", "machine", "I’m sorry, but I can’t"),
        ("Note: This article is fictional.", "machine", "Note: This article is fictional"),
        ("Rain fell.</s>", "mark", "</s>"),
        ("Rain fell.<|im_end|>", "mark", "<|im_end|>"),
        ("[INST] rain [/INST] Rain fell.", "mark", "[INST]"),
        ("### Response:\nRain fell.", "mark", "### Response:"),
        (
            "Write a short news article about rain.\nRain fell.",
            "prompt",
            "Write a short news article about",
        ),
        ("**Headline:** Rain falls", "prompt", "**Headline:"),
    ],
)
def test_check_residue_finds(text, kind, words):
    assert _found(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "“They [the rebels] took [the town],” he said.",
        "He said [sic] that [City] would win.",
        "Ask what you can do for [your] country.",
        "The program answered: “As an AI language model, I cannot vote.”",
        "Companies sell AI language models as assistants.",
        "Write to us about your flooded street.",
        "The report, headline: Rain, was read.",
        "Five < six and seven > six.",
        "[Photo] The port of Brinn. [Link]",
    ],
)
def test_check_residue_is_silent_on_what_people_write(text):
    assert _found(text) == []


def test_check_residue_counts_one_kind_once():
    text = "[Insert Date] – Rain fell in [City Name] on [Insert Date]."
    [finding] = check_residue(Article(id="a", text=text))
    assert finding.verdict is Verdict.UNSURE
    assert finding.compared["found"] == ["[Insert Date]", "[City Name]"]
    assert [text[slice(*place)] for place in finding.compared["places"]][1] == "[City Name]"
    assert "and 2 more such" in finding.sentence
