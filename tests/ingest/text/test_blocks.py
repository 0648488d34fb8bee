"""Blocks: paragraphs, items, headings, captions, references and small print told apart in plain text and Markdown."""

from __future__ import annotations

import pytest

from ingest.text.blocks import Block, split
from ingest.text.flow import reconnect
from ingest.text.structure import classify


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.words(text)) for block in blocks(text)]


def blocks(text: str) -> list[Block]:
    return reconnect(text, classify(text, split(text)))


def test_blocks_cover_every_word_but_markup() -> None:
    text = "---\ntitle: Roads\n---\n\n# Roads\n\n> Quoted\n> twice.\n\n| a | b |\n\n```\ncode\n```\n\n* * *\n"
    assert [block.kind for block in split(text)] == ["yaml", "heading", "paragraph", "table", "code", "rule"]
    assert split(text)[2].words(text) == "Quoted twice."


def test_blocks_of_wrapped_lines_are_one_paragraph() -> None:
    text = "The harbour board sets the fees each\nyear and publishes them in the\nharbour gazette.\n\nBoats pay."
    assert [block.words(text)[-8:] for block in split(text)] == ["gazette.", "oats pay."[-8:]]


@pytest.mark.parametrize("mark", ["-", "*", "\u2022", "1.", "2)", "(a)", "iv)", "o "])
def test_blocks_know_list_marks(mark: str) -> None:
    text = f"We need:\n{mark} better roads;\n{mark} cheaper\n   trains."
    assert kinds(text) == [("paragraph", "We need:"), ("item", "better roads;"), ("item", "cheaper trains.")]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("1.Scope", "1"),
        ("1 Scope of the Act", "1"),
        ("1.2 Fees and Fines", "1.2"),
        ("1.2. Fees and Fines", "1.2"),
        ("#### 1.2.3. Fees", "1.2.3"),
        ("I. Fees and Fines", "I"),
        ("A. Fees and Fines", "A"),
        ("CHAPTER II", "CHAPTER II"),
        ("Article 5", "Article 5"),
        ("Annex A: Forms", "Annex A"),
        ("PART ONE \u2013 GENERAL", "PART ONE"),
        ("Conclusion", None),
        ("FEES AND FINES", None),
        ("**Fees and Fines**", None),
    ],
)
def test_blocks_know_headings(line: str, number: str | None) -> None:
    prose = "The harbour board sets the fees each year after hearing the owners of all boats in the district."
    text = f"The Harbour Report\n\n{prose}\n\n{line}\n\n{prose}\n"
    found = [block for block in blocks(text) if block.kind == "heading"]
    assert found[-1].number == number
    assert text[found[-1].start : found[-1].end] == line


@pytest.mark.parametrize(
    "line",
    [
        "2019 was the year in which the port closed",
        "35.06 million tonnes were landed in the port",
        "Figure 2 shows the fees.",
        "Article 5 of the Act sets the fees.",
        "1. The board shall set the fees each year.",
        "Fees are due, among others, for",
    ],
)
def test_blocks_do_not_take_prose_for_headings(line: str) -> None:
    text = f"# Harbours\n\nThe board met in the old town hall in March.\n\n{line}\n\nThe owners pay the fees in June.\n"
    assert [block.kind for block in blocks(text)].count("heading") == 1


def test_blocks_join_a_sentence_across_page_and_figure() -> None:
    text = "Ports lack the\n\n 17\n\n\x0c \nFigure 1. Landings by port\n\ncranes that larger ships need."
    assert kinds(text) == [
        ("paragraph", "Ports lack the cranes that larger ships need."),
        ("meta", "17"),
        ("caption", "Figure 1. Landings by port"),
    ]


def test_blocks_never_join_across_a_heading() -> None:
    text = "# Ports\n\nCranes are what these ports lack. They have\n\n## Cranes\n\nlarge cranes are rare."
    assert [kind for kind, _ in kinds(text)] == ["heading", "paragraph", "heading", "paragraph"]


def test_blocks_join_a_heading_broken_in_two() -> None:
    text = (
        "1. The Long Road from Small Harbours in Remote Districts towards Well-equipped\n\n"
        "Ports of the Coming Decade\n\nHarbours are small. They need cranes.\n"
    )
    found = blocks(text)
    assert [block.kind for block in found] == ["heading", "paragraph"]
    assert found[0].words(text).endswith("Well-equipped Ports of the Coming Decade")


def test_blocks_split_a_bold_heading_from_its_paragraph() -> None:
    text = (
        "1. Aims\n\nAll ports matter.\n\n2. Tasks and **Duties of Boards** The board of a port keeps its cranes safe."
    )
    assert kinds(text)[-2:] == [
        ("heading", "2. Tasks and **Duties of Boards**"),
        ("paragraph", "The board of a port keeps its cranes safe."),
    ]


def test_blocks_of_references_stay_references() -> None:
    text = (
        "Ports need cranes.\n\nReferences\n\n- [1] Ito, A. Cranes. 2019.\n- [2] Mar, B. Of Ports\n\n"
        "and Cranes. 2020.\n\n3. Oduya, C. Harbour Law. 2021.\n\nPress of the Coast, p. 3-\n19.\n"
    )
    assert {kind for kind, _ in kinds(text)[2:]} == {"reference"}


def test_blocks_of_references_one_a_line() -> None:
    works = "Ito, A. (2019). Cranes. Coast Press.\nMar, B. (2020). Ports and\ncranes. Coast Press.\n"
    text = f"Ports.\n\nReferences\n\n{works}"
    assert [words[:3] for kind, words in kinds(text) if kind == "reference"] == ["Ito", "Mar"]


def test_blocks_of_small_print_are_meta() -> None:
    prose = "The harbour board sets the fees each year after hearing the owners of all boats in the district."
    text = (
        f"Harbour Fees\n\nAda Ito, Bo Mar*\n\nCoast College, Porto\n\n*E-mail: a@b.example\n\nAbstract: {prose}\n\n"
        f"Keywords: ports; fees\n\n1. Fees\n\n{prose}\n\n{prose}\n\nAcknowledgements\n\nWe thank the crews.\n\n"
        "Conflict of Interests\n\nNone is known to us.\n"
    )
    expected = ["heading", "meta", "meta", "meta", "paragraph", "meta", "heading", "paragraph", "paragraph"]
    assert [kind for kind, _ in kinds(text)] == [*expected, "heading", "meta", "heading", "meta"]


def test_blocks_of_running_heads_and_contents_are_meta() -> None:
    page = "The board sets the fees each year and hears the owners of the boats.\n\nHarbour Act 2030\n\n{0}\n\n"
    text = "HARBOUR ACT\n\nContents\n\n1. Fees ........ 2\n2. Fines ........ 3\n\n" + "".join(
        page.format(number) for number in range(2, 6)
    )
    found = kinds(text)
    assert ("meta", "Fees ........ 2") in found
    assert [kind for kind, words in found if words == "Harbour Act 2030"] == ["meta"] * 4
