"""Sentences: full stops that end one and full stops that do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from ingest.text.sentences import split
from ingest.text.view import view_of

CASES = [
    "The rate rose by 3.5 percent. | It fell in 2022. | 15 ports closed.",
    "Ferries, e.g. the Bo Mar, stop. | See Fig. 2 and No. 5. | The crew left.",
    "Ito et al. (2020) disagree. | So do Prof. Mar and J. K. Lund.",
    "\u201cWe must act.\u201d | Then he left. | Is it so? | Yes!",
    'She asked "Why now?" and left. | Nobody spoke.',
    "The board shall: (a) set fees; (b) hear owners; and (c) report. | It may delegate.",
    "Three tasks remain: 1. Build piers. | 2. Train crews. | 3. Pay on time.",
    "The U.S. Congress agreed. | Acme Co., Ltd. builds cranes, i.e. heavy ones.",
    "The catch fell by half.4 | Boats were idle.",
    "The board may spend Rs. 40 crores a year. | It may borrow.",
    "Fees fell.The town grew. | It cost $1.5m. | ... | And so on.",
    "\u6e2f\u53e3\u5f88\u5c0f\u3002 | \u9700\u8981\u8d77\u91cd\u673a\uff01",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_they_should(case: str, nlp: Language) -> None:
    expected = case.replace("| ... |", "|").replace("fell.The", "fell. | The").split(" | ")
    text = case.replace(" | ... | ", " ").replace(" | ", " ")
    assert [part.text for part in split(view_of(text, [(0, len(text))]), nlp)] == expected


@settings(deadline=None, max_examples=60)
@given(text=st.text(alphabet="aB .!?\"'()1,;\u3002\n", max_size=120))
def test_sentences_hold_all_of_the_text_in_order(text: str, nlp: Language) -> None:
    view = view_of(text, [(0, len(text))])
    parts = split(view, nlp)
    assert "".join("".join(part.text for part in parts).split()) == "".join(view.text.split())
    origins = [origin for part in parts for origin in part.origins]
    assert origins == sorted(origins)


def test_sentences_do_without_a_recogniser() -> None:
    import spacy

    text = "They sell rope, sails etc. Nobody buys. It ends."
    parts = split(view_of(text, [(0, len(text))]), spacy.blank("en"))
    assert [part.text for part in parts] == ["They sell rope, sails etc.", "Nobody buys.", "It ends."]


def test_sentences_stay_whole_over_a_long_list(nlp: Language) -> None:
    text = "The plan covers " + ", ".join(f"port {number}" for number in range(200)) + " and the isles. It ends."
    assert [part.text[-6:] for part in split(view_of(text, [(0, len(text))]), nlp)] == ["isles.", "t ends."[-6:]]
