"""Stems, rarity and the mending of typing errors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.vocabulary import Vocabulary, content_words, edits, stem, words

KNOWN = Vocabulary.of(["The government builds harbours.", "Harbour pilots guide the ships of the navy."])
WORD = st.text("abcde", max_size=7)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("goverment", "government"), ("harbuor", "harbour"), ("ships", "ships"), ("boats", "boats"), ("navi", "navi")],
)
def test_correct(typed: str, meant: str) -> None:
    assert KNOWN.correct(typed) == meant


def test_forms_of_known_words_stay() -> None:
    assert KNOWN.correct("harbouring") == "harbouring"
    assert KNOWN.knows("piloting")


def test_rare_words_weigh_more() -> None:
    assert KNOWN.rarity("zeppelin") > KNOWN.rarity("navy") > KNOWN.rarity("harbour")


def test_content_words_leave_function_words_out() -> None:
    assert content_words("What should the navy do?") == ["navy"]
    assert words("Peru's ports") == ["peru", "ports"]
    assert stem("ships") == "ship"


@given(WORD, WORD)
def test_edit_distance_is_symmetric(left: str, right: str) -> None:
    assert edits(left, right, 9) == edits(right, left, 9)
    assert (edits(left, right, 9) == 0) == (left == right)


@given(WORD, WORD, st.integers(0, 3))
def test_edit_distance_stops_at_the_limit(left: str, right: str, limit: int) -> None:
    assert edits(left, right, limit) == min(edits(left, right, 9), limit + 1)
