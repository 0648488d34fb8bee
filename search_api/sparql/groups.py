"""The group graph pattern around a search: what its other parts allow the search to find.

The answer must never be too narrow: a part that a search could still complete (a FILTER over a score, an OPTIONAL, a
group with another search in it) is left out here, and holds when the whole query runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from search_api.sparql.lexer import Token
from search_api.sparql.prologue import closing, is_mark, is_word

Part = Literal["triples", "group", "values", "bind", "filter", "minus", "optional", "service"]

_KEYWORDS: Final[dict[str, Part]] = {
    "FILTER": "filter",
    "OPTIONAL": "optional",
    "MINUS": "minus",
    "BIND": "bind",
    "VALUES": "values",
    "GRAPH": "group",
    "SERVICE": "service",
}
_BRACKET: Final[dict[Part, tuple[str, ...]]] = {"filter": ("(", "{"), "bind": ("(",)}


@dataclass(frozen=True, slots=True)
class Element:
    """A part of a group: its kind and its tokens."""

    part: Part
    tokens: Sequence[Token]

    @property
    def variables(self) -> frozenset[str]:
        """Names of the variables in it."""
        return frozenset(token.text[1:] for token in self.tokens if token.kind == "variable")

    def has_search(self) -> bool:
        """Whether a search that is not answered yet stands in it."""
        return any(is_word(token, "SERVICE") for token in self.tokens)

    def text(self, query: str) -> str:
        """Its characters in the query."""
        return query[self.tokens[0].start : self.tokens[-1].start + len(self.tokens[-1].text)]


@dataclass(frozen=True, slots=True)
class Allowed:
    """The parts of a group that restrict what may be found, and the variables in them."""

    elements: tuple[Element, ...]
    variables: frozenset[str]

    def pattern(self, query: str) -> str:
        """The parts as the inside of a group."""
        return " .\n".join(element.text(query) for element in self.elements)


def enclosing(tokens: Sequence[Token], index: int) -> int | None:
    """Index of the brace of the group that a token stands in."""
    depth = 0
    for at in range(index - 1, -1, -1):
        if is_mark(tokens[at], "}"):
            depth += 1
        elif is_mark(tokens[at], "{"):
            if depth == 0:
                return at
            depth -= 1
    return None


def elements(tokens: Sequence[Token], opened: int) -> Iterator[Element]:
    """The parts of the group whose brace is at ``opened``, in order."""
    end = closing(tokens, opened)
    at = opened + 1
    while end is not None and at < end:
        part, after = _part(tokens, at, end)
        inside = tokens[at:after]
        at = after
        if part == "triples":
            inside = _without_dots(inside)
        if inside:
            yield Element(part, inside)


def allowed(parts: Sequence[Element]) -> Allowed:
    """What restricts the finds of a search among the parts of its group."""
    sure = frozenset().union(*(each.variables for each in parts if each.part == "triples"))
    open_ = frozenset().union(*(e.variables for e in parts if e.part in {"service", "optional"} or e.has_search()))
    kept: list[Element] = []
    for each in sorted(parts, key=lambda part: part.part in {"filter", "minus"}):
        if each.part in {"service", "optional"} or each.has_search():
            continue
        if each.part in {"bind", "filter", "minus"} and not (each.variables & open_) <= sure:
            open_ |= each.variables
            continue
        kept.append(each)
    # In their order: what MINUS takes away depends on what stands before it.
    kept.sort(key=lambda each: each.tokens[0].start)
    binding = (each.variables for each in kept if each.part not in {"filter", "minus"})
    return Allowed(tuple(kept), frozenset().union(*binding))


def _part(tokens: Sequence[Token], at: int, end: int) -> tuple[Part, int]:
    """Kind of the part that starts at ``at``, and the index after it."""
    part = keyword(tokens[at])
    if part is None:
        after = at + 1
        while after < end and keyword(tokens[after]) is None:
            after += 1
        return "triples", after
    after = _after(tokens, at, end, _BRACKET.get(part, ("{",)))
    while part == "group" and after < end and is_word(tokens[after], "UNION"):
        after = _after(tokens, after, end, ("{",))
    return part, after


def keyword(token: Token) -> Part | None:
    """The part that a token opens, None within triples."""
    if is_mark(token, "{"):
        return "group"
    return _KEYWORDS.get(token.text.upper()) if token.kind == "word" else None


def _after(tokens: Sequence[Token], at: int, end: int, brackets: tuple[str, ...]) -> int:
    opened = next((i for i in range(at, end) if is_mark(tokens[i], *brackets)), None)
    closed = None if opened is None else closing(tokens, opened)
    return end if closed is None else closed + 1


def _without_dots(tokens: Sequence[Token]) -> Sequence[Token]:
    start, end = 0, len(tokens)
    while start < end and is_mark(tokens[start], "."):
        start += 1
    while end > start and is_mark(tokens[end - 1], "."):
        end -= 1
    return tokens[start:end]
