"""Finds of a search as VALUES, and what was looked at for them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Variable

from kg.errors import MisuseError
from kg.graph.terms import decimal, integer, string
from search_api.sparql import blocks
from search_api.sparql.blocks import Searched, Term
from search_api.sparql.errors import SearchError
from search_api.sparql.search import Found, Kind, Ranking, Search, Wanted
from search_api.sparql.tsv import Row

_DEFAULT_LIMIT: Final = 10
_MAX_LIMIT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Looked:
    """What one search looked at: things compared, things that match, things given."""

    kind: Kind
    examined: int
    total: int
    returned: int


@dataclass(frozen=True, slots=True)
class Key:
    """The values of a search's inputs, those that are variables in the query apart, and what may be found for them."""

    bound: Row
    allowed: frozenset[str] | None
    passages: frozenset[str] | None


async def table(searched: Searched, keys: Sequence[Key], search: Search) -> tuple[str, list[Looked]]:
    """The VALUES of a search for each of its keys. Raises SearchError for a value that an input cannot have."""
    inputs = sorted({term.value for term in searched.inputs.values() if isinstance(term, Variable)})
    subject = [searched.subject.value] if isinstance(searched.subject, Variable) else []
    outputs = list(searched.outputs)
    lines: list[str] = []
    looked: list[Looked] = []
    for key in keys:
        wanted = _wanted(searched, key)
        try:
            ranking = await asyncio.to_thread(search, wanted)
        except MisuseError as error:
            raise SearchError(str(error), *searched.place) from error
        looked.append(Looked(wanted.kind, ranking.examined, ranking.total, len(ranking.found)))
        before = [str(key.bound[name]) for name in inputs]
        for rank, found in enumerate(ranking.found, 1):
            said = [str(_said(name, found, rank, ranking) or "UNDEF") for name in outputs]
            lines.append(f"({' '.join((*before, *([f'<{found.iri}>'] if subject else []), *said))})")
    names = " ".join(f"?{name}" for name in (*inputs, *subject, *(searched.outputs[o].value for o in outputs)))
    return f"VALUES ({names}) {{ {' '.join(lines)} }}", looked


def _said(name: str, found: Found, rank: int, ranking: Ranking) -> Literal | NamedNode | None:
    said: Mapping[str, Literal | NamedNode | None] = {
        "score": decimal(found.score),
        "rank": integer(rank),
        "reason": string(found.reason),
        "text": string(found.text),
        "inPassage": NamedNode(found.passage) if found.passage else None,
        "total": integer(ranking.total),
        "examined": integer(ranking.examined),
    }
    return said[name]


def _wanted(searched: Searched, key: Key) -> Wanted:
    values = {name: _value(term, key.bound) for name, term in searched.inputs.items()}
    text, within, given = values["query"], values.get("within"), values.get("kind")
    if not isinstance(text, Literal):
        raise SearchError(f"pw:query takes a text, not {text}", *searched.place)
    if not any(character.isalnum() for character in text.value):
        raise SearchError("pw:query is empty: write what is searched for in words", *searched.place)
    if within is not None and not isinstance(within, NamedNode):
        raise SearchError(f"pw:within takes the IRI of a paper, section or passage, not {within}", *searched.place)
    kind = blocks.kind_of(given, searched.place) if given is not None else "passage"
    if kind in {"concept", "measure", "challenge"} and "inPassage" in searched.outputs:
        raise SearchError(f"a {kind} stands in many passages: go by its statements, pw:states", *searched.place)
    limit = _number(searched, values, "limit")
    limit = _DEFAULT_LIMIT if limit is None else limit
    if not 1 <= limit <= _MAX_LIMIT or limit != int(limit):
        raise SearchError(f"pw:limit is a whole number from 1 to {_MAX_LIMIT}", *searched.place)
    return Wanted(
        text=text.value,
        kind=kind,
        limit=int(limit),
        least=_number(searched, values, "minScore"),
        allowed=key.allowed,
        passages=key.passages,
        within=within.value if within is not None else None,
    )


def _value(term: Term, bound: Row) -> NamedNode | Literal:
    return bound[term.value] if isinstance(term, Variable) else term


def _number(searched: Searched, values: Mapping[str, NamedNode | Literal], name: str) -> float | None:
    if name not in values:
        return None
    try:
        return float(values[name].value)
    except ValueError:
        raise SearchError(f"pw:{name} takes a number, not {values[name]}", *searched.place) from None
