"""Bibliographies say the same when a reader of the format reads them back."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors

from kg.exports.bibliography import MEDIA_TYPES, form_of, written
from kg.records import Document, DocumentRecords

ODD = "Ports & 50% of {Fees}_x: \\ $5 #1 ~ Größe 港"


@pytest.fixture
def paper(two_documents: list[DocumentRecords]) -> Document:
    return replace(
        two_documents[0].document,
        title=ODD,
        authors=("Ada Sund", "Lie, Bo", "Ministry of Ports and Roads", "Plan, Vision, Ltd"),
        year=2021,
        venue="Journal of A & B",
        doi="10.5555/a_b(c)",
        licence="CC BY 4.0",
        volume="3",
        issue="2",
        pages="12-20",
    )


def test_bibtex_is_read_back(paper: Document) -> None:
    middleware = [SeparateCoAuthors(), LatexDecodingMiddleware()]
    library = bibtexparser.parse_string(written([paper], "bibtex"), append_middleware=middleware)
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("article", "sund2021ports")
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    assert fields["title"] == ODD
    assert [name.strip("{}") for name in fields["author"]] == list(paper.authors)
    assert {name: fields[name] for name in ("year", "journal", "doi", "volume", "number", "copyright")} == {
        "year": "2021",
        "journal": "Journal of A & B",
        "doi": "10.5555/a_b(c)",
        "volume": "3",
        "number": "2",
        "copyright": "CC BY 4.0",
    }


def test_ris_is_read_back(paper: Document) -> None:
    text = written([paper, replace(paper, id="x", year=2030, venue=None, doi=None)], "ris")
    assert text.startswith("TY  - JOUR")
    article, other = rispy.loads(text)
    assert (article["title"], article["authors"], article["doi"]) == (ODD, list(paper.authors), "10.5555/a_b(c)")
    assert (article["start_page"], article["end_page"], article["year"]) == ("12", "20", "2021")
    assert other["type_of_reference"] == "GEN"
    assert "doi" not in other


def test_csl_json_is_read_back(paper: Document) -> None:
    citeproc = pytest.importorskip("citeproc.source.json")
    text = written([paper], "csl-json")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (item,) = citeproc.CiteProcJSON(json.loads(text)).values()
    assert str(item.title) == ODD
    assert item.issued.year == 2021
    assert [dict(name) for name in item.author][:2] == [{"literal": "Ada Sund"}, {"family": "Lie", "given": "Bo"}]


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_what_is_not_known_is_left_out(form: str, paper: Document) -> None:
    bare = replace(
        paper,
        title="港口",
        authors=(),
        year=None,
        venue=None,
        doi=None,
        licence=None,
        language="und",
        volume=None,
        issue=None,
        pages=None,
    )
    text = written([bare], form)
    assert paper.id in text
    assert "None" not in text
    assert "und" not in text
    assert written([], form).strip() in ("", "[]")


def test_keys_are_unique_and_the_order_of_papers_does_not_matter(paper: Document) -> None:
    papers = [replace(paper, id="d1"), replace(paper, id="d2"), replace(paper, id="d3", year=2022)]
    keys = [entry["id"] for entry in json.loads(written(papers, "csl-json"))]
    assert keys == ["sund2021ports-d1", "sund2021ports-d2", "sund2022ports"]
    assert written([*papers[::-1], *papers], "bibtex") == written(papers, "bibtex")


def test_the_ending_names_the_format() -> None:
    from pathlib import Path

    assert [form_of(Path(name)) for name in ("a.bib", "a.ris", "a.json", "a.txt")] == [
        "bibtex",
        "ris",
        "csl-json",
        "bibtex",
    ]
