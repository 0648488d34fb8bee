"""Documents that questions name by author, title or year."""

from __future__ import annotations

import pytest

from kg.records import Document
from search_api.service import Service
from search_api.works import named


def _document(identifier: str, title: str, authors: tuple[str, ...], year: int | None) -> Document:
    return Document(identifier, "a.txt", "text/plain", "0", 1, title, authors, year, None, None, None, "en")


DOCUMENTS = (
    _document("ports", "Modern harbours on a dry coast", ("Ana Ruiz", "Bo Lind"), 2021),
    _document("woods", "Timber economics of northern counties", ("Per Yuan",), None),
    _document("towns", "Economics of harbour towns", ("Lu Wei",), 2019),
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What does Ruiz recommend?", {"ports"}),
        ("Which risks does the paper by Ruiz and Lind name?", {"ports"}),
        ("ana ruiz on cold storage", {"ports"}),
        ("What are Lu Wei's proposals?", {"towns"}),
        ("Which steps does the study of timber propose?", {"woods"}),
        ("What does the article on the economy of towns say?", {"towns"}),
        ("Which measures does the 2019 report name?", {"towns"}),
        ("papers published in 2021 about ports", {"ports"}),
    ],
)
def test_named(question: str, found: set[str]) -> None:
    assert named(DOCUMENTS, question).documents == found


@pytest.mark.parametrize(
    "question",
    ["How many yuan does it cost?", "What do the papers say about fishing?", "harbours in 2021", "Who was Lind?"],
)
def test_none_is_named(question: str) -> None:
    assert named(DOCUMENTS, question).documents is None


def test_a_year_that_no_document_has() -> None:
    works = named(DOCUMENTS, "What do papers from 1999 say?")
    assert (works.documents, works.year) == (None, 1999)


def test_answers_come_from_the_named_document(service: Service) -> None:
    answer = service.ask("What does the paper on timber recommend?")
    assert {citation.source for item in answer.items for citation in item.citations} == {"timber.txt"}
    missing = service.ask("Which measures do papers from 1999 name?")
    assert missing.status == "no_answer"
    assert "1999" in (missing.reason or "")
