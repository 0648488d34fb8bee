"""SPARQL text cut into tokens, as far as a guard needs it: what is a word, and what only looks like one.

Oxigraph's parser has no tokens: it takes ``SERVICE`` as a keyword wherever a pattern may start, even without a space
around it. So the lexer here never hides a word outside of strings, comments, IRIs, variables and local names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["comment", "string", "open_string", "iri", "variable", "language", "name", "number", "word", "other"]

_TOKEN: Final = re.compile(
    r"""
    (?P<comment> \#[^\r\n]* )
  | (?P<string> \"{3}(?:(?:\"{1,2})?(?:[^"\\]|\\.))*\"{3} | '{3}(?:(?:'{1,2})?(?:[^'\\]|\\.))*'{3}
              | \"(?:[^"\\\r\n]|\\.)*\" | '(?:[^'\\\r\n]|\\.)*' )
  | (?P<open_string> ["'] )
  | (?P<iri> <[^<>"{}|^`\x00-\x20]*> )
  | (?P<variable> [?$]\w+ )
  | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<name> (?:[^\W\d_](?:[\w.\-]*[\w\-])?|_)?:(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\.)* )
  | (?P<number> [0-9]+(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)? )
  | (?P<word> [^\W\d](?:[\w\-]*\w)? )
  | (?P<other> \s+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query and the offset at which it starts."""

    kind: Kind
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """All tokens but spaces and comments, in order."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind != "comment" and not match.group().isspace():
            yield Token(kind, match.group(), match.start())  # type: ignore[arg-type]


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1.

    >>> position("ab\\ncd", 4)
    (2, 2)
    """
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)
