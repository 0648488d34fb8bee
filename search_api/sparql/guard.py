"""What a query may not do, told from its raw text before any engine sees it.

Oxigraph would follow ``SERVICE`` to any host and has no switch against it, so this is the gate: it must never let the
keyword through, and refuses where a text could be read in two ways. A string that merely holds the word is fine.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from kg.graph.terms import PREFIXES
from search_api.sparql.errors import ForbiddenQueryError, QuerySyntaxError, ReadOnlyError
from search_api.sparql.lexer import Token, position, tokens

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

MAX_LENGTH: Final = 1_000_000
_FORMS: Final[tuple[Form, ...]] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"))
_PROLOGUE: Final = frozenset({"PREFIX", "BASE", "VERSION"})
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SURELY_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_REACHING_OUT: Final = (
    "this endpoint asks no other server: leave SERVICE out, or run the query at an endpoint of your own that federates"
)
_ONE_GRAPH: Final = "all triples lie in one default graph: leave FROM and FROM NAMED out"


@dataclass(frozen=True, slots=True)
class Query:
    """A query that may run: its text as given and its form."""

    text: str
    form: Form


def admit(text: str) -> Query:
    """The query, if it only reads from this graph.

    Raises ReadOnlyError for updates, ForbiddenQueryError for SERVICE and FROM, QuerySyntaxError (with position) for
    prefixes that are not declared and texts that are no query.
    """
    if len(text) > MAX_LENGTH:
        raise ForbiddenQueryError(f"the query has {len(text)} characters, at most {MAX_LENGTH} are read: shorten it")
    found = list(tokens(text))
    form = _form(text, found)
    _refuse_reaching_out(text, found)
    _refuse_unknown_prefixes(text, found)
    return Query(text, form)


def _form(text: str, found: list[Token]) -> Form:
    for token in _after_prologue(found):
        word = token.text.upper()
        line, column = position(text, token.start)
        if token.kind == "word" and word in _UPDATES:
            raise ReadOnlyError(
                "this endpoint is read-only: it answers SELECT, ASK, CONSTRUCT and DESCRIBE", line, column
            )
        for form in _FORMS:
            if token.kind == "word" and word.startswith(form):
                return form
        raise QuerySyntaxError(
            f"a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE, not with {token.text!r}", line, column
        )
    raise QuerySyntaxError("the query is empty: send a SELECT, ASK, CONSTRUCT or DESCRIBE query", 1, 1)


def _after_prologue(found: list[Token]) -> list[Token]:
    index = 0
    while index < len(found) and found[index].kind == "word" and found[index].text.upper() in _PROLOGUE:
        index += 3 if found[index].text.upper() == "PREFIX" else 2
    return found[index:]


def _refuse_reaching_out(text: str, found: list[Token]) -> None:
    if _ambiguous(found) and "service" in _unescape(text).lower():
        raise ForbiddenQueryError(f"an IRI or a quotation mark in this query can be read in two ways; {_REACHING_OUT}")
    for token in found:
        if _names_service(token):
            raise ForbiddenQueryError(_REACHING_OUT, *position(text, token.start))
        if token.kind == "word" and token.text.upper() == "FROM":
            raise ForbiddenQueryError(_ONE_GRAPH, *position(text, token.start))
    # By the letter of SPARQL escapes are replaced before anything else; Oxigraph does so inside strings and IRIs only.
    plain = _unescape(text)
    if plain != text and any(map(_names_service, tokens(plain))):
        raise ForbiddenQueryError(_REACHING_OUT)


def _ambiguous(found: list[Token]) -> bool:
    """Whether a less-than sign may have been taken for the start of an IRI that hides a quote or comment sign."""
    return any(
        token.kind == "open_string"
        or (token.kind == "iri" and not _SURELY_IRI.match(token.text) and ("#" in token.text or "'" in token.text))
        for token in found
    )


def _names_service(token: Token) -> bool:
    text = token.text.lower()
    if token.kind == "word":
        return "service" in text
    # ``SERVICE:x`` may be read as the keyword before ``:x``, and a dot inside a local name as the end of a pattern.
    return token.kind == "name" and ("service" in text.partition(":")[0] or ".service" in text)


def _unescape(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if code <= 0x10FFFF else match.group()

    return _ESCAPE.sub(character, text)


def _refuse_unknown_prefixes(text: str, found: list[Token]) -> None:
    declared = {
        after.text[:-1]
        for token, after in pairwise(found)
        if token.kind == "word" and token.text.upper() == "PREFIX" and after.kind == "name"
    }
    for token in found:
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if prefix != "_" and prefix not in declared and prefix not in PREFIXES:
            line, column = position(text, token.start)
            message = f"the prefix '{prefix}:' is not declared (line {line}, column {column})"
            raise QuerySyntaxError(message, line, column, _hint(prefix, declared | PREFIXES.keys()))


def _hint(prefix: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(prefix, sorted(known), n=1, cutoff=0.4)
    if not near:
        return f"declare it: PREFIX {prefix}: <…>"
    return f"did you mean '{near[0]}:'? Otherwise declare it: PREFIX {prefix}: <…>"
