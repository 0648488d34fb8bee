"""Where entries begin and end in the lists that papers have; every entry is its characters of the source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.references import collect
from ingest.text.layout import Layout
from kg.records import Reference

LayOut = Callable[[str], Layout]
HEAD = (
    "Fees of Small Ports\n\n1. Aims\n\nThe board sets the fees of the port each year [1]. Owners pay them in June.\n\n"
)
WORKS = (
    "Okafor, N. (2018). Water prices and the poor. Utility Studies, 12(3), 44-61.",
    "Lindqvist, A. (2019). Dredging small harbours. Coastal Review, 8(2), 100-119.",
    "Ruiz, M. (2020). Tariffs for rural ferries. Transport Letters, 4, 3-9.",
)


@pytest.fixture
def references(laid: LayOut) -> Callable[[str], tuple[Reference, ...]]:
    def of(text: str) -> tuple[Reference, ...]:
        found = collect(laid(text), text)
        assert all(text[each.start : each.end] == each.text for each in found)
        assert len({each.id for each in found}) == len(found)
        return found

    return of


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("[{}] ", "[{}]"),
        ("- [{}] ", "[{}]"),
        ("({}) ", "({})"),
        ("{}. ", "{}."),
        ("\\[{}\\] ", "\\[{}\\]"),
    ],
)
def test_numbered_lists(mark: str, shown: str, references: Callable[[str], tuple[Reference, ...]]) -> None:
    lines = [mark.format(number) + work for number, work in enumerate(WORKS, 1)]
    for text in (f"{HEAD}References\n\n" + "\n".join(lines), f"{HEAD}## References\n\n" + "\n\n".join(lines) + "\n"):
        found = references(text)
        assert [each.year for each in found] == [2018, 2019, 2020]
        assert [each.mark for each in found] == [shown.format(number) for number in (1, 2, 3)]


def test_entries_that_run_on_in_one_paragraph(references: Callable[[str], tuple[Reference, ...]]) -> None:
    found = references(f"{HEAD}References\n\n" + " ".join(f"[{n}] {work}" for n, work in enumerate(WORKS, 1)) + "\n")
    assert [(each.mark, each.year) for each in found] == [("[1]", 2018), ("[2]", 2019), ("[3]", 2020)]
    assert found[1].text == f"[2] {WORKS[1]}"


def test_an_entry_goes_on_over_a_page(references: Callable[[str], tuple[Reference, ...]]) -> None:
    broken = (
        f"[1] {WORKS[0]}\n\n[2] Lindqvist, A. (2019). Dredging small\n\nharbours of the north. Coastal Review, 8.\n"
    )
    found = references(f"{HEAD}References\n\n{broken}\n[3] {WORKS[2]}\n")
    assert [each.mark for each in found] == ["[1]", "[2]", "[3]"]
    assert found[1].title == "Dredging small harbours of the north"
    assert found[1].text.endswith("Coastal Review, 8.")


def test_lists_without_numbers(references: Callable[[str], tuple[Reference, ...]]) -> None:
    for between in ("\n\n", "\n"):
        found = references(f"{HEAD}References\n\n{between.join(WORKS)}\n")
        assert [(each.mark, each.title) for each in found] == [
            (None, "Water prices and the poor"),
            (None, "Dredging small harbours"),
            (None, "Tariffs for rural ferries"),
        ]


def test_a_year_in_a_title_does_not_end_a_numbered_list(references: Callable[[str], tuple[Reference, ...]]) -> None:
    odd = f"[1] {WORKS[0]}\n[2] Plan 2030. Coast Office. 2021.\n[3] {WORKS[2]}\n"
    assert [each.mark for each in references(f"{HEAD}References\n\n{odd}")] == ["[1]", "[2]", "[3]"]


def test_a_paper_without_references_has_none(references: Callable[[str], tuple[Reference, ...]]) -> None:
    assert references(HEAD) == ()


def test_back_matter_and_body_are_no_references(references: Callable[[str], tuple[Reference, ...]]) -> None:
    text = f"{HEAD}References\n\n[1] {WORKS[0]}\n\nAcknowledgements\n\nWe thank the board of 2019 for its help.\n"
    assert len(references(text)) == 1


def test_what_names_no_year_goes_on_and_what_follows_the_list_is_no_entry(
    references: Callable[[str], tuple[Reference, ...]],
) -> None:
    works = [f"Ada Sund and Bo Lie. 20{year}. Tides of the {year}th harbour. Coast." for year in range(10, 20)]
    works[3] = "Ada Sund and Bo Lie.\n\n2013. Tides of the 13th harbour."
    works[5] = "Ada Sund and Bo Lie. 2015. Tides of the 15th harbour.\n\nIn Proceedings of the Coast Meeting."
    tail = "The tide gauges were read by hand on every day of the study. " * 6
    found = references(f"{HEAD}References\n\n" + "\n\n".join([*works, tail]) + "\n")
    assert [each.year for each in found] == list(range(2010, 2020))
    assert found[5].text.endswith("In Proceedings of the Coast Meeting.")
    assert {each.authors for each in found} == {("Ada Sund", "Bo Lie")}
