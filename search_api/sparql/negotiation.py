"""Which syntax a client gets: the ``format`` parameter, else the Accept header with its q-values, else the default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from search_api.accept import preferred
from search_api.sparql.errors import NotAcceptableError
from search_api.sparql.guard import Form

Result = Form | Literal["GRAPH"]


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
    Offer("text/turtle; charset=utf-8", "ttl"),
    Offer("application/n-triples", "nt"),
    Offer("application/ld+json", "jsonld"),
    Offer("application/rdf+xml", "rdf"),
    Offer("application/trig", "trig"),
    Offer("application/n-quads", "nq"),
    Offer("text/plain; charset=utf-8", "nt"),
)
_OFFERS: Final[Mapping[Result, tuple[Offer, ...]]] = MappingProxyType(
    {"SELECT": _ROWS, "ASK": _ROWS, "CONSTRUCT": _GRAPHS, "DESCRIBE": _GRAPHS, "GRAPH": _GRAPHS}
)
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"turtle": "ttl", "ntriples": "nt", "nquads": "nq", "rdfxml": "rdf", "srj": "json", "srx": "xml"}
)


def negotiate(form: Result, accept: str | None, name: str | None = None) -> Offer:
    """The best offer for a form of query, or for a whole graph.

    ``name`` is a short name (json, csv, tsv, xml; turtle or ttl, ntriples or nt, nquads or nq, trig, jsonld, rdfxml or
    rdf) or a media type, and wins over ``accept``. Raises NotAcceptableError that lists what can be given.
    """
    offers = _OFFERS[form]
    if name:
        wanted = name.strip().lower()
        found = [offer for offer in offers if _NAMES.get(wanted, wanted) in {offer.syntax, _bare(offer)}]
    else:
        found = list(_preferred(offers, accept))
    if not found:
        given = ", ".join(_bare(offer) for offer in offers)
        what = "a graph" if form == "GRAPH" else f"a {form} query"
        raise NotAcceptableError(f"{name or accept} cannot be given for {what}; these can: {given}")
    return found[0]


@lru_cache(maxsize=256)
def _preferred(offers: tuple[Offer, ...], accept: str | None) -> tuple[Offer, ...]:
    best = preferred(accept, [_bare(offer) for offer in offers])
    return tuple(offer for offer in offers if _bare(offer) in best)


def _bare(offer: Offer) -> str:
    return offer.media_type.partition(";")[0]
