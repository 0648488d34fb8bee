"""Which document a reference means, and which references mean one work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kg.citing import cited_documents, target_iri, work_key
from kg.records import DocumentRecords, Reference

TITLE = "Fees of small ports and what the owners of boats pay"


@pytest.fixture
def pair(two_documents: list[DocumentRecords]) -> Callable[..., tuple[list[DocumentRecords], Reference]]:
    """Two documents, the second cited by the first; what is given replaces fields of the reference."""

    def make(doi: str | None = None, **given: Any) -> tuple[list[DocumentRecords], Reference]:
        first, second = two_documents
        target = replace(second.document, title=TITLE, authors=("Ada Sund", "Bo Lie"), year=2021, doi=doi)
        known = {"title": TITLE, "authors": ("Sund, A.",), "year": 2021, "doi": None}
        reference = replace(first.references[0], **(known | given))
        return [replace(first, references=(reference,)), replace(second, document=target, references=())], reference

    return make


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"title": TITLE.upper()},
        {"title": "Fees of smal ports and what the owners of boats pay"},
        {"year": 2020},
        {"year": None},
        {"authors": ("Ada Sund",)},
        {"authors": ()},
    ],
)
def test_the_same_work_is_found(given: dict[str, Any], pair: Callable[..., Any]) -> None:
    documents, reference = pair(**given)
    assert cited_documents(documents) == {reference.id: documents[1].document.id}
    assert cited_documents(documents[::-1]) == cited_documents(documents)


@pytest.mark.parametrize(
    "given",
    [
        {"year": 2018},
        {"authors": ("Ito, M.",)},
        {"title": "Fees of small ports in winter"},
        {"title": None},
        {"authors": (), "year": 2020},
        {"authors": (), "title": "Fees of small ports and what the owners pay"},
    ],
)
def test_another_work_is_not(given: dict[str, Any], pair: Callable[..., Any]) -> None:
    assert cited_documents(pair(**given)[0]) == {}


def test_a_doi_decides(pair: Callable[..., Any]) -> None:
    documents, reference = pair(doi="10.5555/Fees", **{"title": None, "authors": ()})
    by_doi = [replace(documents[0], references=(replace(reference, doi="10.5555/fees"),)), documents[1]]
    assert cited_documents(by_doi) == {reference.id: documents[1].document.id}
    other = [replace(documents[0], references=(replace(reference, title=TITLE, doi="10.5555/other"),)), documents[1]]
    assert cited_documents(other) == {}


def test_a_paper_does_not_cite_itself(pair: Callable[..., Any]) -> None:
    documents, reference = pair()
    own = replace(documents[1], references=(replace(reference, document=documents[1].document.id),))
    assert cited_documents([own]) == {}


def test_references_to_one_work_share_its_iri(two_documents: list[DocumentRecords]) -> None:
    first, second = (records.references[0] for records in two_documents)
    assert first.id != second.id
    assert target_iri("https://example.org/", first) == target_iri("https://example.org/", second)
    bare = [replace(reference, doi=None) for reference in (first, second)]
    assert work_key(bare[0]) == work_key(bare[1]) == ("title", "cranes of small ports", "1999")
    unknown = [replace(reference, year=None) for reference in bare]
    assert work_key(unknown[0]) != work_key(unknown[1])
