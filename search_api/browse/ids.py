"""Addresses of things: the last part of an IRI as id, and back. Nothing is minted here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal
from urllib.parse import quote

from kg.identifiers import VOCABULARY
from kg.settings import Settings

Kind = Literal["measure", "challenge", "region", "industry", "actor", "statistic"]
By = Literal["region", "document", "industry"]
PLURALS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "measure": "measures",
        "challenge": "challenges",
        "region": "regions",
        "industry": "industries",
        "actor": "actors",
        "statistic": "statistics",
    }
)


def identifier(iri: str, kind: str, base: str) -> str:
    """What follows the kind in an IRI below the vocabulary or the configured base; any other IRI as it is.

    >>> identifier("https://w3id.org/policyweave/region/CN-33", "region", "https://example.org/")
    'CN-33'
    >>> identifier("https://elsewhere.org/x", "region", "https://example.org/")
    'https://elsewhere.org/x'
    """
    for prefix in (VOCABULARY, base):
        tail = iri.removeprefix(f"{prefix}{kind}/")
        if tail and tail != iri:
            return tail
    return iri


def readings(given: str, kind: str, base: str) -> Iterator[str]:
    """The IRIs that an id can stand for, likeliest first: the reverse of ``identifier``.

    >>> next(readings("CN-33", "region", "https://example.org/"))
    'https://w3id.org/policyweave/region/CN-33'
    """
    yield f"{VOCABULARY}{kind}/{given}"
    yield f"{base}{kind}/{given}"
    yield given


def address(settings: Settings, kind: Kind, iri: str) -> str:
    """Where a thing is served."""
    name = quote(identifier(iri, kind, settings.base_iri), safe="")
    return f"{settings.public_url}/{PLURALS[kind]}/{name}"
