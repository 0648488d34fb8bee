"""The document's record: only what its own first lines or front matter say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.text.language import language_of
from ingest.text.layout import Layout

LayOut = Callable[[str], Layout]
BODY = (
    "\n\n1. Aims\n\nThe board sets the fees of the port each year.\n\nReferences\n\n[1] Ito. Cranes. 1999. doi:10.1/x\n"
)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ada Ito, Bo Mar*", ("Ada Ito", "Bo Mar")),
        ("Ada Ito1, Bo Mar2 and Jan van der Meer1,2", ("Ada Ito", "Bo Mar", "Jan van der Meer")),
        ("By Ada L. Ito & Bo Mar", ("Ada L. Ito", "Bo Mar")),
        ("Ministry of Ports, Lumara", ()),
        ("Coast College, Porto", ()),
    ],
)
def test_document_authors(line: str, authors: tuple[str, ...], laid: LayOut) -> None:
    assert laid(f"Fees of Small Ports\n\n{line}{BODY}").document.authors == authors


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("Published: 3 May 2031", 2031),
        ("Copyright: 2029 Author(s).", 2029),
        ("\u00a9 2028 Coast Press", 2028),
        ("June 2027", 2027),
        ("Ada Ito", None),
    ],
)
def test_document_year_is_its_own(line: str, year: int | None, laid: LayOut) -> None:
    document = laid(f"Fees of Small Ports\n\n{line}{BODY}").document
    assert (document.year, document.doi) == (year, None)


def test_document_doi_and_licence(laid: LayOut) -> None:
    lines = "DOI:<https://doi.org/10.5555/ab.c12>\n\nCopyright: 2030. Terms of the licence (CC BY-NC 4.0)."
    document = laid(f"Fees of Small Ports\n\n{lines}{BODY}").document
    assert (document.title, document.doi, document.licence) == ("Fees of Small Ports", "10.5555/ab.c12", "CC BY-NC 4.0")


def test_document_without_a_title_goes_by_its_file(laid: LayOut) -> None:
    assert laid(
        "The board sets the fees of all boats in the port each year, and the owners pay them in June."
    ).document.title


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The cost of the plan is borne by the state.", "en"),
        ("Le co\u00fbt du plan est pay\u00e9 par les villes et les ports.", "fr"),
        ("\u519c\u6751\u9053\u8def\u7531\u53bf\u653f\u5e9c\u7ef4\u62a4\u3002", "zh"),
        ("12345", "und"),
    ],
)
def test_document_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "first", ["![The seal of the port](seal.png)", "<div align=center>Port Notes</div>", "# Abstract", "# \u6458\u8981"]
)
def test_document_title_is_no_picture_markup_or_label(first: str, laid: LayOut) -> None:
    document = laid(f"{first}\n\n# Harbours{BODY}").document
    assert document.title == "Harbours"


ALIASES = "a: &a [x, x]\nb: &b [*a, *a]\nauthors: [*b, *b]\n"


def test_document_refuses_aliases_in_front_matter(laid: LayOut) -> None:
    document = laid(f"---\ntitle: Bomb\nyear: 2030\n{ALIASES}---\n\n# Fees of Small Ports{BODY}").document
    assert (document.title, document.authors, document.year) == ("Fees of Small Ports", (), None)


@pytest.mark.parametrize(
    ("fields", "authors", "year"),
    [
        ("authors: [Ada Ito, [Bo, Mar], {name: Cy Oda}, {a: b}, 7, true, null]\nyear: [2030]", 3, None),
        ("authors: [" + "x, " * 999 + "x]\nyear: 2030", 200, 2030),
        ("author: Ada Ito and Bo Mar\ndate: 2031-05-03", 2, 2031),
        ("author: " + "A" * 5000 + "\nyear: '2032'", 1, 2032),
        ("author: {nested: Ada Ito}\ntitle: 0x" + "f" * 5000 + "\nyear: {a: 2030}", 0, None),
    ],
)
def test_document_front_matter_is_read_at_its_first_level(
    fields: str, authors: int, year: int | None, laid: LayOut
) -> None:
    document = laid(f"---\n{fields}\n---\n\n# Fees of Small Ports{BODY}").document
    assert (len(document.authors), document.year, document.title) == (authors, year, "Fees of Small Ports")
    assert all(len(name) <= 300 for name in document.authors)
