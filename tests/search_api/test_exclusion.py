"""What questions exclude."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon
from kg.resources import ontology_folder
from search_api.exclusion import split
from search_api.service import Service


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(ontology_folder())


@pytest.mark.parametrize(
    ("question", "asked", "phrase"),
    [
        ("What helps beekeepers other than subsidies?", "What helps beekeepers ?", "subsidies"),
        ("Apart from rents, what worries bakers?", "what worries bakers?", "rents"),
        ("Which steps not related to talent help ports?", "Which steps help ports?", "talent"),
        ("Where are wind farms built, not in Denmark?", "Where are wind farms built, ?", "Denmark"),
    ],
)
def test_excluded_phrase(lexicon: Lexicon, question: str, asked: str, phrase: str) -> None:
    left, excluded = split(question, lexicon)
    assert left == asked
    assert excluded is not None
    assert excluded.text == phrase


@pytest.mark.parametrize("question", ["Which laws are not in force?", "not only ports but also ships", "Besides that?"])
def test_nothing_is_excluded(lexicon: Lexicon, question: str) -> None:
    assert split(question, lexicon) == (question, None)


def test_words_places_and_themes_are_excluded(lexicon: Lexicon) -> None:
    _, words = split("What helps beekeepers other than beet sugar?", lexicon)
    assert words is not None
    assert words.touches("Sugar from beets is sold to them.", [], [])
    assert not words.touches("Sugar is dear.", [], [])
    _, theme = split("Which plans are not about education?", lexicon)
    assert theme is not None
    assert theme.themes == {"education"}
    assert theme.touches("Pupils get free books.", [], ["education"])
    _, place = split("What is done for ports except in Peru?", lexicon)
    assert place is not None
    assert any(place.touches("", [iri], []) for iri in place.entities)


def test_answers_leave_it_out(service: Service) -> None:
    both = service.ask("What should be done for fishermen in Peru?")
    assert any("school" in item.label for item in both.items)
    answer = service.ask("What should be done for fishermen in Peru other than a school?")
    assert answer.interpretation.filters["not"] == "school"
    assert answer.items
    assert not any("school" in item.label for item in answer.items)
