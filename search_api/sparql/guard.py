"""What a query may not do, told from its raw text before any engine sees it.

Oxigraph would follow ``SERVICE`` to any host and has no switch against it, so this is the gate: it must never let the
keyword through, and refuses where a text could be read in two ways. A string that merely holds the word is fine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from kg.graph.port import Dataset
from kg.graph.terms import PREFIXES
from search_api.sparql import hints, prologue
from search_api.sparql.errors import ForbiddenQueryError, QuerySyntaxError, ReadOnlyError
from search_api.sparql.lexer import Token, position, tokens
from search_api.sparql.prologue import Prologue, is_word

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

MAX_LENGTH: Final = 1_000_000
# Programs send the same short query again and again.
_REMEMBERED: Final = 10_000
_FORMS: Final[tuple[Form, ...]] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH")
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SURELY_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_REACHING_OUT: Final = (
    "this endpoint asks no other server: the only SERVICE here is pw:search; to join other data, run the query at an "
    "endpoint of your own that federates"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query that may run: its text as given, its form, and the graphs that it names (None: those of the service)."""

    text: str
    form: Form
    dataset: Dataset | None


def admit(text: str) -> Query:
    """The query, if it only reads from this store.

    Raises ReadOnlyError for updates, ForbiddenQueryError for SERVICE, QuerySyntaxError (with position) for prefixes
    that are not declared and texts that are no query.
    """
    return _remembered(text) if len(text) <= _REMEMBERED else _admit(text)


def check_length(text: str) -> None:
    """Raise ForbiddenQueryError for a text that is longer than a person writes."""
    if len(text) > MAX_LENGTH:
        raise ForbiddenQueryError(f"the query has {len(text)} characters, at most {MAX_LENGTH} are read: shorten it")


def _admit(text: str) -> Query:
    found = list(tokens(text))
    declarations = prologue.read(found)
    form = _form(text, found[declarations.tokens :])
    refuse_reaching_out(text, found)
    _refuse_unknown_prefixes(text, found, declarations)
    return Query(text, form, prologue.dataset(found, declarations))


_remembered = lru_cache(maxsize=256)(_admit)


def _form(text: str, found: list[Token]) -> Form:
    if not found:
        raise QuerySyntaxError("the query is empty: send a SELECT, ASK, CONSTRUCT or DESCRIBE query", 1, 1)
    line, column = position(text, found[0].start)
    if is_word(found[0], *_UPDATES):
        raise ReadOnlyError("this endpoint is read-only: it answers SELECT, ASK, CONSTRUCT and DESCRIBE", line, column)
    for form in _FORMS:
        if found[0].kind == "word" and found[0].text.upper().startswith(form):
            return form
    raise QuerySyntaxError(
        f"a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE, not with {found[0].text!r}",
        line,
        column,
        hints.meant(found[0].text.upper(), _FORMS),
    )


def refuse_reaching_out(text: str, found: list[Token]) -> None:
    """Raise ForbiddenQueryError where a text has, or could be read to have, the keyword SERVICE."""
    plain = _unescape(text)
    if "service" not in plain.lower():
        return
    if _ambiguous(found):
        raise ForbiddenQueryError(f"an IRI or a quotation mark in this query can be read in two ways; {_REACHING_OUT}")
    for token in found:
        if _names_service(token):
            raise ForbiddenQueryError(_REACHING_OUT, *position(text, token.start))
    # By the letter of SPARQL escapes are replaced before anything else; Oxigraph does so inside strings and IRIs only.
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

    return _ESCAPE.sub(character, text) if "\\" in text else text


def _refuse_unknown_prefixes(text: str, found: list[Token], declarations: Prologue) -> None:
    for token in found[declarations.tokens :]:
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if prefix != "_" and not declarations.knows(prefix):
            line, column = position(text, token.start)
            message = f"the prefix '{prefix}:' is not declared (line {line}, column {column})"
            raise QuerySyntaxError(
                message, line, column, hints.prefix(prefix, declarations.declared.keys() | PREFIXES.keys())
            )
