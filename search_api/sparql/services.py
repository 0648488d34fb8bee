"""Searches inside a query become VALUES: each is run on the index and its finds are written where it stood.

Candidates come first: what the other parts of the same braces allow is asked of the graph before the index ranks, so
that the best ten are the best ten of those that can appear in the answer. Searches run in the order in which they are
written, and a later one sees the finds of an earlier one.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Variable, parse

from kg.errors import MisuseError
from kg.graph.terms import PW, decimal, integer, string
from search_api.sparql import blocks, groups, prologue
from search_api.sparql.blocks import Block, Searched, Term
from search_api.sparql.errors import RowLimitError, SearchError
from search_api.sparql.lexer import Token, tokens
from search_api.sparql.prologue import Prologue, is_mark, is_word
from search_api.sparql.search import Found, Kind, Ranking, Search, Wanted

MAX_SEARCHES: Final = 100
_DEFAULT_LIMIT: Final = 10
_MAX_LIMIT: Final = 10_000
_OURS: Final = frozenset(PW(name).value for name in blocks.INPUTS + blocks.OUTPUTS)
_NOT_NEWLINE: Final = re.compile(r"[^\r\n]")

Ask = Callable[[str], Awaitable[bytes]]
Row = Mapping[str, NamedNode | Literal]


@dataclass(frozen=True, slots=True)
class Looked:
    """What one search looked at: things compared, things that reach the score, things given."""

    kind: Kind
    examined: int
    total: int
    returned: int


def blanked(text: str, endpoint: str) -> str:
    """The query with ``{}`` for each search; every other character keeps its place."""
    found = list(tokens(text))
    for block in blocks.find(found, prologue.read(found), endpoint):
        start, end = _span(found, block)
        text = text[:start] + "{}" + _NOT_NEWLINE.sub(" ", text[start + 2 : end]) + text[end:]
    return text


def wrapped(text: str) -> str:
    """A query whose searches stand bare, as another store sends them, with each in its ``SERVICE pw:search``."""
    found = list(tokens(text))
    declarations = prologue.read(found)
    runs = [run for run in _runs(found, declarations.tokens) if any(_is_ours(t, declarations) for t in run)]
    for run in reversed(runs):
        text = _wrap(text, run, declarations)
    return text


async def answered(text: str, endpoint: str, search: Search | None, ask: Ask) -> tuple[str, tuple[Looked, ...]]:
    """The query without searches, and what each of them looked at. ``ask`` gives the rows of a SELECT as TSV.

    Raises SearchError for what a search cannot be, and what ``ask`` raises.
    """
    looked: list[Looked] = []
    while True:
        found = list(tokens(text))
        declarations = prologue.read(found)
        block = next(blocks.find(found, declarations, endpoint), None)
        if block is None:
            return text, tuple(looked)
        first, *others = blocks.read(text, found[block.inside.start : block.inside.stop], declarations)
        if search is None:
            raise SearchError("there is no index to search here", *first.place)
        keys = await _keys(text, found, declarations, block, first, ask)
        table, seen = await _table(first, keys, search)
        looked += seen
        start, end = _span(found, block)
        rest = f" SERVICE <{blocks.SERVICE}> {{ {' '.join(map(str, others))} }}" if others else ""
        text = text[:start] + table + rest + text[end:]


@dataclass(frozen=True, slots=True)
class _Key:
    """The values of a search's inputs, those that are variables in the query apart, and what may be found for them."""

    bound: Row
    allowed: frozenset[str] | None
    passages: frozenset[str] | None


async def _keys(
    text: str, found: Sequence[Token], declarations: Prologue, block: Block, searched: Searched, ask: Ask
) -> list[_Key]:
    opened = groups.enclosing(found, block.first)
    if opened is None or _in_graph(found, opened):
        raise SearchError("a search stands in a group of patterns, not in GRAPH", *searched.place)
    around = groups.allowed(list(groups.elements(found, opened)))
    inputs = sorted({term.value for term in searched.inputs.values() if isinstance(term, Variable)})
    if missing := [name for name in inputs if name not in around.variables]:
        raise SearchError(f"?{missing[0]} has no value: bind it in the same braces, by VALUES say", *searched.place)
    asked = {*inputs, *_finding(searched)} & around.variables
    if not asked:
        return [_Key({}, _given(searched), None)]
    names = " ".join(f"?{name}" for name in sorted(asked))
    pattern = around.pattern(text)
    try:
        rows = list(_rows(await ask(f"{text[: declarations.end]}\nSELECT DISTINCT {names} {{\n{pattern}\n}}")))
    except RowLimitError as error:
        raise RowLimitError(
            f"what stands beside the search allows too many things ({error}); narrow it, or give the search braces of "
            "its own, so that it ranks everything"
        ) from error
    return list(_grouped(rows, inputs, searched))


def _finding(searched: Searched) -> list[str]:
    """Variables whose values restrict what is found: the subject and its passage."""
    terms = (searched.subject, searched.outputs.get("inPassage"))
    return [term.value for term in terms if isinstance(term, Variable)]


def _given(searched: Searched) -> frozenset[str] | None:
    return frozenset({searched.subject.value}) if isinstance(searched.subject, NamedNode) else None


def _grouped(rows: Iterable[Row], inputs: Sequence[str], searched: Searched) -> Iterator[_Key]:
    def key(row: Row) -> list[str]:
        if missing := [name for name in inputs if name not in row]:
            raise SearchError(f"?{missing[0]} has no value in some rows: bind it in all", *searched.place)
        return [str(row[name]) for name in inputs]

    for number, (_, group) in enumerate(groupby(sorted(rows, key=key), key)):
        if number == MAX_SEARCHES:
            raise SearchError(f"more than {MAX_SEARCHES} different searches: narrow the pattern", *searched.place)
        same = list(group)
        passage = searched.outputs.get("inPassage")
        subject = searched.subject
        allowed = _given(searched) or (_values(same, subject.value) if isinstance(subject, Variable) else None)
        passages = _values(same, passage.value) if passage is not None else None
        yield _Key({name: same[0][name] for name in inputs}, allowed, passages)


def _values(rows: Sequence[Row], name: str) -> frozenset[str] | None:
    """The IRIs that a variable has in some rows; None where one row leaves it open."""
    if any(name not in row for row in rows):
        return None
    return frozenset(row[name].value for row in rows if isinstance(row[name], NamedNode))


async def _table(searched: Searched, keys: Sequence[_Key], search: Search) -> tuple[str, list[Looked]]:
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
    match name:
        case "score":
            return decimal(found.score)
        case "rank":
            return integer(rank)
        case "text":
            return string(found.text)
        case "inPassage":
            return NamedNode(found.passage) if found.passage else None
        case "total":
            return integer(ranking.total)
    return integer(ranking.examined)


def _wanted(searched: Searched, key: _Key) -> Wanted:
    values = {name: _value(term, key.bound) for name, term in searched.inputs.items()}
    text, within, kind = values["query"], values.get("within"), values.get("kind")
    if not isinstance(text, Literal):
        raise SearchError(f"pw:query takes a text, not {text}", *searched.place)
    if not any(character.isalnum() for character in text.value):
        raise SearchError("pw:query is empty: write what is searched for in words", *searched.place)
    if within is not None and not isinstance(within, NamedNode):
        raise SearchError(f"pw:within takes the IRI of a paper, section or passage, not {within}", *searched.place)
    limit = _number(searched, values, "limit")
    limit = _DEFAULT_LIMIT if limit is None else limit
    if not 1 <= limit <= _MAX_LIMIT or limit != int(limit):
        raise SearchError(f"pw:limit is a whole number from 1 to {_MAX_LIMIT}", *searched.place)
    return Wanted(
        text=text.value,
        kind=blocks.kind_of(kind, searched.place) if kind is not None else "passage",
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


def _rows(tsv: bytes) -> Iterator[Row]:
    # A row in which the only variable is unbound is an empty line.
    head, *lines = tsv.decode().removesuffix("\n").split("\n")
    names = [name[1:] for name in head.split("\t")]
    for line in lines:
        cells = zip(names, line.split("\t"), strict=True)
        yield {name: term for name, cell in cells if (term := _term(cell)) is not None}


def _term(cell: str) -> NamedNode | Literal | None:
    if cell.startswith("<"):
        return NamedNode(cell[1:-1])
    if not cell.startswith('"'):
        # Blank nodes are never found by a search, and cannot be named in another query.
        return NamedNode("urn:x-policyweave:blank") if cell else None
    found = next(iter(parse(f"<a:a> <a:b> {cell} .", RdfFormat.N_TRIPLES))).object
    assert isinstance(found, Literal)
    return found


def _span(found: Sequence[Token], block: Block) -> tuple[int, int]:
    return found[block.first].start, found[block.last].start + 1


def _in_graph(found: Sequence[Token], opened: int) -> bool:
    return opened >= 2 and is_word(found[opened - 2], "GRAPH")


def _runs(found: Sequence[Token], at: int) -> Iterator[Sequence[Token]]:
    """Stretches of triples, those inside a SERVICE left out."""
    while at < len(found):
        if is_word(found[at], "SERVICE"):
            opened = next((i for i in range(at, len(found)) if is_mark(found[i], "{")), len(found))
            at = (prologue.closing(found, opened) or len(found)) + 1
            continue
        end = at
        while end < len(found) and not is_mark(found[end], "}") and groups.keyword(found[end]) is None:
            end += 1
        if end > at:
            yield found[at:end]
        at = max(end, at + 1)


def _is_ours(token: Token, declarations: Prologue) -> bool:
    return declarations.iri(token) in _OURS


def _wrap(text: str, run: Sequence[Token], declarations: Prologue) -> str:
    """The text with the statements of a run that make a search in a block at its end, the others before it."""
    searches: list[str] = []
    others: list[str] = []
    for statement in _statements(run):
        target = searches if any(_is_ours(token, declarations) for token in statement) else others
        last = statement[-1]
        target.append(text[statement[0].start : last.start + len(last.text)] + " .")
    start, end = run[0].start, run[-1].start + len(run[-1].text)
    block = f"SERVICE <{blocks.SERVICE}> {{ {' '.join(searches)} }}"
    return f"{text[:start]}{' '.join(others)} {block}{text[end:]}"


def _statements(run: Sequence[Token]) -> Iterator[Sequence[Token]]:
    start = 0
    for index, token in enumerate(run):
        if is_mark(token, "."):
            if index > start:
                yield run[start:index]
            start = index + 1
    if start < len(run):
        yield run[start:]
