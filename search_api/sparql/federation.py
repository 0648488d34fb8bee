"""Searches as other stores send them: their ``SERVICE`` passes on the bare patterns that stood in its braces.

Some add the values that they already have as ``VALUES`` after the pattern: these become part of it, so that they can be
the text of a search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.graph.terms import PW
from search_api.sparql import blocks, groups, prologue
from search_api.sparql.lexer import Token, tokens
from search_api.sparql.prologue import Prologue, is_mark, is_word

_OURS: Final = frozenset(PW(name).value for name in blocks.INPUTS + blocks.OUTPUTS)


def wrapped(text: str) -> str:
    """A query whose searches stand bare, as another store sends them, with each in its ``SERVICE pw:search``."""
    text = _with_values_inside(text)
    found = list(tokens(text))
    declarations = prologue.read(found)
    runs = [run for run in _runs(found, declarations.tokens) if any(_is_ours(t, declarations) for t in run)]
    for run in reversed(runs):
        text = _wrap(text, run, declarations)
    return text


def _with_values_inside(text: str) -> str:
    found = list(tokens(text))
    opened = next((i for i, token in enumerate(found) if is_mark(token, "{")), None)
    closed = None if opened is None else prologue.closing(found, opened)
    if closed is None or not any(is_word(token, "VALUES") for token in found[closed:]):
        return text
    first = next(token for token in found[closed:] if is_word(token, "VALUES"))
    end = found[closed].start
    return f"{text[:end]} {text[first.start :]} }}{text[end + 1 : first.start]}"


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
