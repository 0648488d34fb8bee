"""RIS, as reference managers import it: JOUR where a work appeared in a journal or the like, GEN otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.exports.bibliography.works import Work


def written(works: Sequence[Work]) -> str:
    """One record a work, ended by ER."""
    from rispy import RisWriter

    class Plain(RisWriter):  # type: ignore[misc]
        """Without the number that rispy puts before each record, which the format does not know."""

        def set_header(self, count: int) -> None:
            """No header."""

    return Plain().formats([_record(work) for work in works]) if works else ""


def _record(work: Work) -> dict[str, Any]:
    document = work.document
    first, _, last = (document.pages or "").replace("\u2013", "-").partition("-")
    record = {
        "type_of_reference": "JOUR" if work.article else "GEN",
        "id": work.key,
        "title": _line(document.title),
        "authors": [_line(author) for author in document.authors],
        "year": str(document.year) if document.year is not None else None,
        "journal_name": _line(document.venue),
        "publisher": _line(document.publisher),
        "volume": _line(document.volume),
        "number": _line(document.issue),
        "start_page": _line(first),
        "end_page": _line(last.lstrip("-")),
        "doi": document.doi,
        "urls": [work.url] if work.url else [],
        "language": document.language if document.language != "und" else None,
        "notes": [f"Licence: {_line(document.licence)}"] if document.licence else [],
    }
    return {name: value for name, value in record.items() if value}


def _line(text: str | None) -> str:
    """A value on one line: a line break would end it."""
    return " ".join((text or "").split())
