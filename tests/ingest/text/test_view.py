"""Views: readable text whose every character leads back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.cleaning import vocabulary
from ingest.text.view import View, view_of

MARKS = """rural| | [3]|^[2]^|^{[5].}|**|*|_|\u00ad|low-carbon|lowcarbon|\ufb01rm|\\\\$|&amp;|\u00a0
[a](http://b.c)|T\u043ewn|\u0422\u043e|\U0001f600|\u519c\u6751|<b>|]|[|^|x."""
FRAGMENTS = ["\n", "-\n", *MARKS.replace("\n", "|").split("|")]
TEXTS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=3)), max_size=30).map("".join)


def whole(text: str) -> View:
    return view_of(text, [(0, len(text))], vocabulary(text))


@pytest.mark.parametrize(
    ("source", "readable"),
    [
        ("Roads are poor [1], [2].", "Roads are poor."),
        ("Fees rose^[12]^ fast^[3,4].", "Fees rose fast."),
        ("under market supervision^{[5].}", "under market supervision."),
        ("as noted.[^fee] Next", "as noted. Next"),
        ("**Bold** and *slanted* and `code`", "Bold and slanted and code"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("see [the act](https://example.org/a_b) <https://example.org>", "see the act https://example.org"),
        ("costs \\$5 \\[net\\]", "costs $5 [net]"),
        ("broad-\nband works; broadband", "broadband works; broadband"),
        ("a low-\ncarbon plan, low-carbon", "a low-carbon plan, low-carbon"),
        ("a cost-\noriented price", "a cost-oriented price"),
        ("lowcarbon steel, low-carbon", "low carbon steel, low-carbon"),
        ("the of\ufb01ce\u00a0is co\u00adoled", "the office is cooled"),
        ("\u0422\u043e build the T\u043ewn", "To build the Town"),
        ("\u041c\u043e\u0441\u043a\u0432\u0430 is a city", "\u041c\u043e\u0441\u043a\u0432\u0430 is a city"),
        ("5 km\u00b2 of land.\u00b3", "5 km\u00b2 of land."),
        ("  two\r\n\r\n lines ", "two lines"),
        ("Trade & R&amp;D", "Trade & R&D"),
    ],
)
def test_view_reads_as_a_person_would(source: str, readable: str) -> None:
    assert whole(source).text == readable


@given(TEXTS)
def test_view_origins_are_in_bounds_and_never_go_back(text: str) -> None:
    view = whole(text)
    assert len(view.text) == len(view.origins)
    assert list(view.origins) == sorted(view.origins)
    assert all(0 <= origin < len(text) for origin in view.origins)
    assert view.text == view.text.strip()


@given(st.text(alphabet="ab c.,-\n*[1]^", max_size=60))
def test_view_invents_no_character_but_spaces(text: str) -> None:
    view = whole(text)
    for char, origin in zip(view.text, view.origins, strict=True):
        assert char == " " or char == text[origin]


@given(st.lists(st.sampled_from(["rural", "roads", "\u201cplan\u201d", "5.2", "(new)"]), min_size=1), st.data())
def test_view_span_of_plain_words_is_those_words(words: list[str], data: st.DataObject) -> None:
    text = "\n ".join(words)
    view = whole(text)
    index = data.draw(st.integers(0, len(words) - 1))
    start = len(" ".join(words[:index])) + (index > 0)
    found = view.source_span(start, start + len(words[index]))
    assert text[slice(*found)] == words[index]


@given(TEXTS, st.data())
def test_view_span_covers_what_it_shows(text: str, data: st.DataObject) -> None:
    view = whole(text)
    if not view.text:
        return
    start = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(start + 1, len(view.text)))
    first, last = view.source_span(start, end)
    assert 0 <= first < last <= len(text)
    assert (first, last) == (view.origins[start], view.origins[end - 1] + 1)


@given(st.lists(st.sampled_from(["Roads", " rot", " [3]", "^[2]^", "\n", "of\ufb01ce", " \u00ad", "."]), min_size=1))
def test_view_of_a_view_span_is_the_same_text(parts: list[str]) -> None:
    text = "".join(["Start", *parts, " end"])
    view = whole(text)
    first, last = view.source_span(0, len(view.text))
    assert view_of(text, [(first, last)], vocabulary(text)).text == view.text


def test_view_joins_pieces_with_one_space() -> None:
    text = "ends with the || CAPTION || next line"
    view = view_of(text, [(0, 13), (28, len(text))])
    assert view.text == "ends with the next line"
    assert text[slice(*view.source_span(14, 18))] == "next"


def test_view_refuses_an_empty_span() -> None:
    with pytest.raises(ValueError, match="no such span"):
        whole("words").source_span(3, 3)
