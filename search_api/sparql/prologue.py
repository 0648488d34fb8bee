"""What a query says before and about its pattern: prefixes, base, and the graphs that FROM names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from kg.graph.port import Dataset
from kg.graph.terms import PREFIXES
from search_api.sparql.lexer import Token

_LENGTH: Final = {"PREFIX": 3, "BASE": 2, "VERSION": 2}


@dataclass(frozen=True, slots=True)
class Prologue:
    """The declarations of a query; ``tokens`` is how many they take, ``end`` the offset after them."""

    declared: Mapping[str, str]
    base: str
    tokens: int
    end: int

    def knows(self, prefix: str) -> bool:
        """Whether a prefix is declared or one of the usual ones."""
        return prefix in self.declared or prefix in PREFIXES

    def iri(self, token: Token) -> str | None:
        """The IRI that a token names, None where it is no IRI or its prefix is unknown."""
        if token.kind == "iri":
            return urljoin(self.base, token.text[1:-1])
        prefix, _, local = token.text.partition(":")
        if token.kind != "name" or not self.knows(prefix):
            return None
        return (self.declared.get(prefix) or PREFIXES[prefix]) + local.replace("\\", "")


def read(tokens: Sequence[Token]) -> Prologue:
    """The declarations at the start of a query. Later ones win, as the grammar has it."""
    declared: dict[str, str] = {}
    base, index, end = "", 0, 0
    while index < len(tokens) and is_word(tokens[index], *_LENGTH):
        word = tokens[index].text.upper()
        taken = tokens[index : index + _LENGTH[word]]
        if word == "BASE" and len(taken) == 2:
            base = urljoin(base, taken[1].text[1:-1])
        elif word == "PREFIX" and len(taken) == 3:
            declared[taken[1].text.removesuffix(":")] = urljoin(base, taken[2].text[1:-1])
        end = taken[-1].start + len(taken[-1].text)
        index += len(taken)
    return Prologue(declared, base, index, end)


def dataset(tokens: Sequence[Token], prologue: Prologue) -> Dataset | None:
    """The graphs that FROM and FROM NAMED name, None where the query names none."""
    default: list[str] = []
    named: list[str] = []
    for index, token in enumerate(tokens):
        if not is_word(token, "FROM"):
            continue
        following = tokens[index + 1 : index + 3]
        is_named = bool(following) and is_word(following[0], "NAMED")
        graph = next((prologue.iri(each) for each in following[is_named : is_named + 1]), None)
        if graph is not None:
            (named if is_named else default).append(graph)
    return Dataset(tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named))) if default or named else None


def is_word(token: Token, *words: str) -> bool:
    """Whether a token is one of these keywords, given in capitals."""
    return token.kind == "word" and token.text.upper() in words


def is_mark(token: Token, *marks: str) -> bool:
    """Whether a token is one of these punctuation marks."""
    return token.kind == "other" and token.text in marks


def closing(tokens: Sequence[Token], start: int) -> int | None:
    """Index of the bracket that closes the one at ``start``, None where none does."""
    depth = 0
    for index in range(start, len(tokens)):
        if is_mark(tokens[index], "{", "(", "["):
            depth += 1
        elif is_mark(tokens[index], "}", ")", "]"):
            depth -= 1
            if depth == 0:
                return index
    return None
