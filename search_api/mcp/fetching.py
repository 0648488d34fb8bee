"""Reading: a passage or a stretch of a document by whatever a client has of it: id, IRI or URL."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from kg.errors import NotFoundError
from search_api.mcp.schemas import Fetched
from search_api.schemas import DocumentView, PassageView
from search_api.service import Service

STRETCH: Final = 50_000


def fetched(service: Service, given: str, start: int = 0) -> Fetched:
    """A passage, or at most ``STRETCH`` characters of a document from ``start`` on. Raises NotFoundError."""
    name = unquote(given.strip().partition("#")[0].rstrip("/").rsplit("/", 1)[-1])
    try:
        return _passage(service, service.passage(name))
    except NotFoundError:
        pass
    try:
        return _stretch(service, service.document(name), start)
    except NotFoundError as error:
        raise NotFoundError(
            f"no passage or document '{given}' in this snapshot: use an id that search or ask has just given"
        ) from error


def passage_title(title: str, section: str) -> str:
    """Title of a document with the section of a passage."""
    return f"{title}, {section}" if section else title


def _passage(service: Service, view: PassageView) -> Fetched:
    told = {
        "type": "passage",
        "iri": view.iri,
        "document": view.document,
        "source": view.source,
        "section": view.section,
        "page": None if view.page is None else str(view.page),
        "start": str(view.start),
        "end": str(view.end),
        "previous": view.previous,
        "following": view.following,
        "states": "; ".join(named.label for named in view.statements) or None,
    }
    return Fetched(
        id=view.id,
        title=passage_title(view.title, view.section),
        text=view.text,
        url=f"{service.settings.public_url}/passages/{view.id}",
        metadata={name: value for name, value in told.items() if value is not None},
    )


def _stretch(service: Service, view: DocumentView, start: int) -> Fetched:
    text = service.text(view.id)
    end = min(len(text), start + STRETCH)
    told = {
        "type": "document",
        "iri": view.iri,
        "source": view.source,
        "authors": "; ".join(view.authors) or None,
        "year": None if view.year is None else str(view.year),
        "doi": view.doi,
        "licence": view.licence,
        "start": str(start),
        "end": str(end),
        "characters": str(len(text)),
        "next_start": str(end) if end < len(text) else None,
    }
    return Fetched(
        id=view.id,
        title=view.title,
        text=text[start:end],
        url=f"{service.settings.public_url}/documents/{view.id}",
        metadata={name: value for name, value in told.items() if value is not None},
    )
