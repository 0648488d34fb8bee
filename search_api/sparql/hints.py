"""What was probably meant: the place of an error in a query and a hint, from its text and the words of the parser."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from search_api.sparql.errors import QuerySyntaxError
from search_api.sparql.lexer import Token, position, tokens

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_SHOWN: Final = 30
_PAIRS: Final = {"}": "{", ")": "(", "]": "["}
# The words of the SPARQL 1.1 grammar that a query may hold: keywords of clauses, built-in calls and aggregates.
_CLAUSES: Final = (
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "FROM", "NAMED", "GRAPH", "OPTIONAL", "UNION", "MINUS",
    "FILTER", "BIND", "VALUES", "UNDEF", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "DISTINCT", "REDUCED",
    "EXISTS", "PREFIX", "BASE", "ASC", "DESC",
)  # fmt: skip
FUNCTIONS: Final = (
    "STR", "LANG", "LANGMATCHES", "DATATYPE", "BOUND", "IRI", "URI", "BNODE", "RAND", "ABS", "CEIL", "FLOOR", "ROUND",
    "CONCAT", "STRLEN", "UCASE", "LCASE", "ENCODE_FOR_URI", "CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE",
    "STRAFTER", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TIMEZONE", "TZ", "NOW", "UUID", "STRUUID",
    "MD5", "SHA1", "SHA256", "SHA384", "SHA512", "COALESCE", "IF", "STRLANG", "STRDT", "SAMETERM", "ISIRI", "ISURI",
    "ISBLANK", "ISLITERAL", "ISNUMERIC", "REGEX", "SUBSTR", "REPLACE", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE",
    "GROUP_CONCAT",
)  # fmt: skip
# Words that stand before a bracket and are no functions.
_BEFORE_BRACKET: Final = frozenset((*FUNCTIONS, *_CLAUSES, "AS", "BY", "IN", "NOT", "EXISTS", "SEPARATOR", "A"))


def explain(text: str, message: str) -> QuerySyntaxError:
    """The error that Oxigraph's parser reports for a query, with its place in it and a hint."""
    hint = _bracket(text) or _function(text)
    found = _PLACE.match(message)
    if found is None:
        return QuerySyntaxError(f"the query has an error: {message}", hint=hint)
    line, column = _place(text, int(found[1]), int(found[2]), found[3])
    near = text.split("\n")[line - 1][column - 1 :][:_SHOWN].strip()
    where = f"near '{near}'" if near else "at the end: a bracket or a part of a pattern is missing"
    hint = hint or _unbound(found[3]) or _keyword(near)
    return QuerySyntaxError(
        f"the query has a syntax error in line {line}, column {column}, {where}", line, column, hint
    )


def meant(word: str, known: Collection[str], *, mark: str = "") -> str | None:
    """The known word nearest to an unknown one, as a question; None where none is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}{mark}?" if near else None


def prefix(unknown: str, known: Collection[str]) -> str:
    """What to do about a prefix that is not declared."""
    near = difflib.get_close_matches(unknown, sorted(known), n=1, cutoff=0.4)
    if not near:
        return f"declare it: PREFIX {unknown}: <…>"
    return f"did you mean '{near[0]}:'? Otherwise declare it: PREFIX {unknown}: <…>"


def _place(text: str, line: int, column: int, expected: str) -> tuple[int, int]:
    """Where the error is: Oxigraph's place lies past the start by the length of the longest keyword it tried."""
    tried = expected.removeprefix("one of ").split(", ")
    longest = max((len(word) for word in tried if re.fullmatch("[A-Za-z_]{2,}", word)), default=0)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    offset = starts[min(line, len(starts)) - 1] + column - 1
    return position(text, min(offset - longest if offset >= longest else offset, len(text)))


def _bracket(text: str) -> str | None:
    """Which bracket is never closed, or closes nothing."""
    opened: list[Token] = []
    for token in tokens(text):
        if token.kind != "other":
            continue
        if token.text in _PAIRS.values():
            opened.append(token)
        elif token.text in _PAIRS:
            if not opened or opened[-1].text != _PAIRS[token.text]:
                return _about(text, opened, token)
            opened.pop()
    return _never_closed(text, opened[-1]) if opened else None


def _about(text: str, opened: Sequence[Token], token: Token) -> str:
    if opened:
        return _never_closed(text, opened[-1])
    line, column = position(text, token.start)
    return f"the '{token.text}' in line {line}, column {column} closes nothing: take it out"


def _never_closed(text: str, token: Token) -> str:
    line, column = position(text, token.start)
    return f"the '{token.text}' in line {line}, column {column} is never closed"


def _function(text: str) -> str | None:
    """A word before a bracket that is no function of SPARQL 1.1."""
    found = list(tokens(text))
    for token, after in pairwise(found):
        word = token.text.upper()
        if token.kind == "word" and after.text == "(" and word not in _BEFORE_BRACKET:
            line, column = position(text, token.start)
            near = meant(word, FUNCTIONS) or "a function of your own cannot be called here."
            return f"{token.text} in line {line}, column {column} is no function of SPARQL 1.1: {near}"
    return None


def _unbound(expected: str) -> str | None:
    if "contains a variable that is unbound" not in expected:
        return None
    return "with GROUP BY or an aggregate, every other variable of SELECT must stand in GROUP BY"


def _keyword(near: str) -> str | None:
    word = re.match(r"[A-Za-z]+", near)
    if word is None or word[0].upper() in _CLAUSES:
        return None
    return meant(word[0].upper(), _CLAUSES)
