"""Rows and columns of the matrix: by what challenges and measures can be told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.identifiers import VOCABULARY
from search_api.browse.ids import identifier
from search_api.browse.index import Index
from search_api.browse.links import Link

# Axes of measures along an edge of the graph: its predicate and the kind of thing at its other end.
_ALONG: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "region": ("appliesIn", "region"),
        "region-type": ("regionType", "region-type"),
        "industry": ("targetsIndustry", "industry"),
        "actor": ("carriedOutBy", "actor"),
        "status": ("status", "status"),
    }
)
ROWS: Final = ("challenge-theme", "challenge", *(name for name in _ALONG if name != "status"))
COLUMNS: Final = ("measure-theme", "measure", "instrument", *_ALONG)


@dataclass(frozen=True, slots=True)
class Head:
    """A row or column: its key in addresses, and what it stands for."""

    key: str
    iri: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One reason for a cell: a measure with the challenge that it addresses (None where rows are not of challenges)."""

    measure: str
    challenge: str | None
    link: Link


def pairs(index: Index, rows: str) -> Iterable[tuple[Head, Pair]]:
    """Everything that can stand in a cell, with its row."""
    for measure in index.things["measure"]:
        if rows in _ALONG:
            predicate, kind = _ALONG[rows]
            for link in index.links.of_subject(measure, predicate):
                yield _end(index, kind, link.object), Pair(measure, None, link)
        else:
            for link in index.links.of_subject(measure, "addresses"):
                yield of_challenge(index, rows, link.object), Pair(measure, link.object, link)


def of_challenge(index: Index, rows: str, challenge: str) -> Head:
    """The row of a challenge: its theme or itself."""
    if rows == "challenge-theme":
        return _theme(index.things["challenge"][challenge].type)
    return _end(index, "challenge", challenge)


def columns(index: Index, name: str) -> Callable[[str], list[Head]]:
    """Function of a measure's IRI to its columns, of which it may have several or none."""
    if name == "measure-theme":
        return lambda measure: [_theme(index.things["measure"][measure].type)]
    if name == "measure":
        return lambda measure: [_end(index, "measure", measure)]
    if name == "instrument":
        return lambda measure: _instrument(index, measure)
    predicate, kind = _ALONG[name]
    return lambda measure: [_end(index, kind, link.object) for link in index.links.of_subject(measure, predicate)]


def _instrument(index: Index, measure: str) -> list[Head]:
    used = index.catalog.concepts[measure].instrument
    return [_end(index, "instrument", used.iri)] if used is not None else []


def _theme(code: str) -> Head:
    return Head(code, f"{VOCABULARY}theme/{code}", code)


def _end(index: Index, kind: str, iri: str) -> Head:
    if kind == "status":
        name = iri.rpartition("#")[2]
        return Head(name, iri, name)
    return Head(identifier(iri, kind, index.settings.base_iri), iri, index.label(iri))


def pattern(rows: str, columns_: str) -> list[str]:
    """SPARQL for ``?row``, ``?column``, ``?measure``, ``?challenge`` and the ``?claim`` that links them."""
    if rows in _ALONG:
        edge = [f"?claim rdf:subject ?measure ; rdf:predicate pw:{_ALONG[rows][0]} ; rdf:object ?row ."]
    else:
        edge = ["?claim rdf:subject ?measure ; rdf:predicate pw:addresses ; rdf:object ?challenge ."]
        edge.append("?challenge pw:theme ?row ." if rows == "challenge-theme" else "BIND (?challenge AS ?row)")
    if columns_ == "measure":
        return [*edge, "?measure a pw:Measure .", "BIND (?measure AS ?column)"]
    predicate = {"measure-theme": "theme", "instrument": "instrument"}.get(columns_) or _ALONG[columns_][0]
    return [*edge, f"?measure a pw:Measure ; pw:{predicate} ?column ."]
