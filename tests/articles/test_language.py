"""Short texts are read unless they are clearly foreign, long foreign ones are set aside."""

import pytest

from tocsin.articles.language import require_english
from tocsin.errors import LanguageError, NoArticleError

ENGLISH = [
    "KYIV, March 4, 2025 — Ukrainian President Volodymyr Zelensky met French President Emmanuel "
    "Macron in Kyiv on Monday.",
    "Canadian Prime Minister Justin Trudeau met British Prime Minister Keir Starmer in London.",
    "President Putin Warns Europe",
    "Kenya Sends Police Officers To Haiti",
    "Lavrov, Wang Yi discuss Ukraine, Gaza",
    "Indonesian President Prabowo Subianto visits Malaysia",
    "Nigerian army kills Boko Haram commander Abu Rijal",
    "Vučić, Dodik meet Orbán in Budapest",
    "Senegal: Bassirou Diomaye Faye sworn in",
    "Brazilian President Lula da Silva criticized Israeli Prime Minister Benjamin Netanyahu.",
    "Burkina Faso junta expels French diplomats",
    "Maduro accuses Guyana, ExxonMobil",
]
FOREIGN = [
    "Le ministre a dit que les discussions se passaient bien.",
    "El presidente Pedro Sánchez se reunió con Emmanuel Macron en París.",
    "Bundeskanzler Olaf Scholz traf den französischen Präsidenten in Berlin.",
    "Presiden Prabowo Subianto bertemu Perdana Menteri Anwar Ibrahim di Kuala Lumpur.",
    "Cumhurbaşkanı Erdoğan, Putin ile görüştü.",
    "Президент України Володимир Зеленський зустрівся з Макроном у Києві.",
]
PIDGIN = (
    "President Bola Tinubu don travel go Paris for meeting with French President Macron, na so im "
    "office talk am. Di tori be say dem wan discuss how dem go take settle di palava wey dey. "
)


@pytest.mark.parametrize("text", ENGLISH)
def test_require_english_takes_short_texts_full_of_names(text):
    require_english(text, "x")


@pytest.mark.parametrize("text", [*FOREIGN, *(f"{each} " * 20 for each in FOREIGN), PIDGIN * 5])
def test_require_english_sets_other_languages_aside(text):
    with pytest.raises(LanguageError):
        require_english(text, "x")


@pytest.mark.parametrize("text", ["Ferry leaves", "12 45 67", ""])
def test_require_english_needs_words(text):
    with pytest.raises(NoArticleError):
        require_english(text, "x")
