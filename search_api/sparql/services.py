"""Searches inside a query become VALUES: each is run on the index and its finds are written where it stood.

Candidates come first: what the other parts of the same braces allow is asked of the graph before the index ranks, so
that the best ten are the best ten of those that can appear in the answer. Searches run in the order in which they are
written, and a later one sees the finds of an earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from pyoxigraph import NamedNode, Variable

from search_api.sparql import blocks, groups, prologue
from search_api.sparql.blocks import Block, Searched
from search_api.sparql.errors import RowLimitError, SearchError
from search_api.sparql.finds import Key, Looked, table
from search_api.sparql.lexer import Token, tokens
from search_api.sparql.prologue import Prologue, is_word
from search_api.sparql.search import Search
from search_api.sparql.tsv import Row, rows

MAX_SEARCHES: Final = 100
_NOT_NEWLINE: Final = re.compile(r"[^\r\n]")

Ask = Callable[[str], Awaitable[bytes]]


def blanked(text: str, endpoint: str) -> str:
    """The query with ``{}`` for each search; every other character keeps its place."""
    found = list(tokens(text))
    for block in blocks.find(found, prologue.read(found), endpoint):
        start, end = _span(found, block)
        text = text[:start] + "{}" + _NOT_NEWLINE.sub(" ", text[start + 2 : end]) + text[end:]
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
        values, seen = await table(first, keys, search)
        looked += seen
        start, end = _span(found, block)
        rest = f" SERVICE <{blocks.SERVICE}> {{ {' '.join(map(str, others))} }}" if others else ""
        text = text[:start] + values + rest + text[end:]


async def _keys(
    text: str, found: Sequence[Token], declarations: Prologue, block: Block, searched: Searched, ask: Ask
) -> list[Key]:
    opened = groups.enclosing(found, block.first)
    if opened is None or _in_graph(found, opened):
        raise SearchError("a search stands in a group of patterns, not in GRAPH", *searched.place)
    around = groups.allowed(list(groups.elements(found, opened)))
    inputs = sorted({term.value for term in searched.inputs.values() if isinstance(term, Variable)})
    if missing := [name for name in inputs if name not in around.variables]:
        raise SearchError(f"?{missing[0]} has no value: bind it in the same braces, by VALUES say", *searched.place)
    asked = {*inputs, *_finding(searched)} & around.variables
    if not asked:
        return [Key({}, _given(searched), None)]
    names = " ".join(f"?{name}" for name in sorted(asked))
    pattern = around.pattern(text)
    try:
        beside = list(rows(await ask(f"{text[: declarations.end]}\nSELECT DISTINCT {names} {{\n{pattern}\n}}")))
    except RowLimitError as error:
        raise RowLimitError(
            f"what stands beside the search allows too many things ({error}); narrow it, or give the search braces of "
            "its own, so that it ranks everything"
        ) from error
    return list(_grouped(beside, inputs, searched))


def _finding(searched: Searched) -> list[str]:
    """Variables whose values restrict what is found: the subject and its passage."""
    terms = (searched.subject, searched.outputs.get("inPassage"))
    return [term.value for term in terms if isinstance(term, Variable)]


def _given(searched: Searched) -> frozenset[str] | None:
    return frozenset({searched.subject.value}) if isinstance(searched.subject, NamedNode) else None


def _grouped(rows: Iterable[Row], inputs: Sequence[str], searched: Searched) -> Iterator[Key]:
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
        yield Key({name: same[0][name] for name in inputs}, allowed, passages)


def _values(rows: Sequence[Row], name: str) -> frozenset[str] | None:
    """The IRIs that a variable has in some rows; None where one row leaves it open."""
    if any(name not in row for row in rows):
        return None
    return frozenset(row[name].value for row in rows if isinstance(row[name], NamedNode))


def _span(found: Sequence[Token], block: Block) -> tuple[int, int]:
    return found[block.first].start, found[block.last].start + 1


def _in_graph(found: Sequence[Token], opened: int) -> bool:
    return opened >= 2 and is_word(found[opened - 2], "GRAPH")
