"""Which syntax a client gets: the ``format`` parameter, else the Accept header with its q-values, else the default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from search_api.sparql.errors import NotAcceptableError
from search_api.sparql.guard import Form


@dataclass(frozen=True, slots=True)
class Offer:
    """A media type that can be sent, and the syntax that it names."""

    media_type: str
    syntax: str


_JSON: Final = Offer("application/sparql-results+json", "json")
_XML: Final = Offer("application/sparql-results+xml", "xml")
_CSV: Final = Offer("text/csv; charset=utf-8", "csv")
_TSV: Final = Offer("text/tab-separated-values; charset=utf-8", "tsv")
_ROWS: Final = (
    _JSON,
    _XML,
    _CSV,
    _TSV,
    Offer("application/json", "json"),
    Offer("application/xml", "xml"),
    Offer("text/xml; charset=utf-8", "xml"),
)
_GRAPHS: Final = (
    Offer("text/turtle; charset=utf-8", "turtle"),
    Offer("application/n-triples", "ntriples"),
    Offer("application/ld+json", "jsonld"),
    Offer("application/rdf+xml", "rdfxml"),
    Offer("text/plain; charset=utf-8", "ntriples"),
)
_OFFERS: Final[Mapping[Form, tuple[Offer, ...]]] = MappingProxyType(
    {"SELECT": _ROWS, "ASK": _ROWS, "CONSTRUCT": _GRAPHS, "DESCRIBE": _GRAPHS}
)
_NAMES: Final[Mapping[str, str]] = MappingProxyType({"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml"})


def negotiate(form: Form, accept: str | None, name: str | None = None) -> Offer:
    """The best offer for a form of query.

    ``name`` is a short name (json, csv, tsv, xml, turtle, ttl, ntriples, nt, jsonld, rdfxml) or a media type and wins
    over ``accept``. Raises NotAcceptableError that lists what can be given.
    """
    offers = _OFFERS[form]
    if name:
        wanted = name.strip().lower()
        found = [offer for offer in offers if _NAMES.get(wanted, wanted) in {offer.syntax, _bare(offer)}]
    else:
        found = list(preferred(offers, accept))
    if not found:
        given = ", ".join(_bare(offer) for offer in offers)
        raise NotAcceptableError(f"{name or accept} cannot be given for a {form} query; these can: {given}")
    return found[0]


def preferred(offers: tuple[Offer, ...], accept: str | None) -> tuple[Offer, ...]:
    """The offers that an Accept header likes best, in the order given; none where it takes none of them."""
    ranges = _ranges(accept) if accept and accept.strip() else [("*/*", 1.0)]
    ranked = [(_quality(_bare(offer), ranges), offer) for offer in offers]
    best = max(quality for quality, _ in ranked)
    return tuple(offer for quality, offer in ranked if quality == best and best > 0)


def _bare(offer: Offer) -> str:
    return offer.media_type.partition(";")[0]


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = _number(value)
        if media_range:
            found.append((media_range, quality))
    return found


def _number(value: str) -> float:
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Quality of a media type: that of the most specific range that covers it."""
    family = media_type.partition("/")[0] + "/*"
    for wanted in (media_type, family, "*/*"):
        qualities = [quality for media_range, quality in ranges if media_range == wanted]
        if qualities:
            return max(qualities)
    return 0.0
