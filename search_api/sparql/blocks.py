"""``SERVICE pw:search { … }`` as it stands in a query: where it is and what it asks for.

A block holds one or more searches, each a subject (what is found) with ``pw:query`` and further properties. Inputs say
what to look for, outputs name the variables that take what is said about each find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from pyoxigraph import Literal, NamedNode, RdfFormat, Variable, parse

from kg.graph.terms import PREFIXES, PW, RDF, SKOS
from search_api.sparql import hints
from search_api.sparql.errors import SearchError
from search_api.sparql.lexer import Token, position
from search_api.sparql.prologue import Prologue, closing, is_mark, is_word
from search_api.sparql.search import Kind

Term = Variable | NamedNode | Literal

SERVICE: Final = PW("search").value
INPUTS: Final = ("query", "kind", "within", "limit", "minScore")
OUTPUTS: Final = ("score", "rank", "reason", "text", "inPassage", "total", "examined")
_KINDS: Final[Mapping[str, Kind]] = {
    PW("Passage").value: "passage",
    PW("Sentence").value: "sentence",
    PW("Statement").value: "statement",
    SKOS("Concept").value: "concept",
    PW("Measure").value: "measure",
    PW("Challenge").value: "challenge",
    **{kind: kind for kind in get_args(Kind)},
}
_TYPE: Final = RDF("type").value
_HOW: Final = 'SERVICE pw:search { ?passage pw:query "skilled people leaving" ; pw:score ?score ; pw:limit 20 }'
_NOT_HERE: Final = f"a search has only {', '.join('pw:' + name for name in INPUTS + OUTPUTS)}: write the rest outside"


@dataclass(frozen=True, slots=True)
class Block:
    """Indices of its first and last token, and of the tokens between its braces."""

    first: int
    last: int
    inside: range


@dataclass(frozen=True, slots=True)
class Searched:
    """One search of a block: what is found (a variable, or a thing to be scored) and its properties by name."""

    subject: Variable | NamedNode
    inputs: Mapping[str, Term]
    outputs: Mapping[str, Variable]
    place: tuple[int, int]

    def __str__(self) -> str:
        pairs = (f"<{PW(name).value}> {term}" for name, term in (*self.inputs.items(), *self.outputs.items()))
        return f"{self.subject} {' ; '.join(pairs)} ."

    @property
    def variables(self) -> set[str]:
        """Names of all variables."""
        terms = (self.subject, *self.inputs.values(), *self.outputs.values())
        return {term.value for term in terms if isinstance(term, Variable)}


def find(tokens: Sequence[Token], prologue: Prologue, endpoint: str) -> Iterator[Block]:
    """The blocks of a query in order, by ``pw:search`` or by the URL of this server's search endpoint."""
    for index, token in enumerate(tokens):
        if not is_word(token, "SERVICE"):
            continue
        name = index + 2 if index + 1 < len(tokens) and is_word(tokens[index + 1], "SILENT") else index + 1
        if name + 1 >= len(tokens) or prologue.iri(tokens[name]) not in {SERVICE, endpoint}:
            continue
        last = closing(tokens, name + 1) if is_mark(tokens[name + 1], "{") else None
        if last is not None:
            yield Block(index, last, range(name + 2, last))


def read(text: str, tokens: Sequence[Token], prologue: Prologue) -> list[Searched]:
    """The searches that stand between the braces of a block; ``text`` is the whole query. Raises SearchError."""
    found: dict[str, _Draft] = {}
    for subject, predicate, value, token in _Reader(text, tokens, prologue).triples():
        found.setdefault(str(subject), _Draft(text, subject, token)).take(predicate, value, token)
    if not found:
        raise SearchError(f"the search is empty: write {_HOW}", *_at(text, tokens))
    return [draft.finished() for draft in found.values()]


class _Draft:
    """A search while its triples are read."""

    def __init__(self, text: str, subject: Term, token: Token) -> None:
        self._text = text
        self._place = position(text, token.start)
        if isinstance(subject, Literal):
            raise SearchError("what is found must be a variable, not a text", *self._place)
        self._subject = subject
        self._inputs: dict[str, Term] = {}
        self._outputs: dict[str, Variable] = {}

    def take(self, predicate: NamedNode, value: Term, token: Token) -> None:
        """Add one property."""
        place = position(self._text, token.start)
        name = "kind" if predicate.value == _TYPE else predicate.value.removeprefix(PREFIXES["pw"])
        if name in self._inputs or name in self._outputs:
            raise SearchError(f"pw:{name} stands twice for {self._subject}", *place)
        if name in INPUTS:
            self._inputs[name] = value
        elif name in OUTPUTS and isinstance(value, Variable):
            self._outputs[name] = value
        elif name in OUTPUTS:
            raise SearchError(f"pw:{name} is told by the search: give it a variable, and FILTER it outside", *place)
        else:
            near = hints.meant(name, INPUTS + OUTPUTS)
            raise SearchError(f"{predicate} is no property of a search", *place, near or _NOT_HERE)

    def finished(self) -> Searched:
        """The search, if it says what to look for and uses each variable once."""
        if "query" not in self._inputs:
            raise SearchError(f"{self._subject} has no pw:query: write {_HOW}", *self._place)
        made = Searched(self._subject, self._inputs, self._outputs, self._place)
        if len(made.variables) < sum(isinstance(t, Variable) for t in _terms(made)):
            raise SearchError("a variable stands twice in one search: use another, and FILTER outside", *self._place)
        return made


def kind_of(term: Term, place: tuple[int, int]) -> Kind:
    """The kind that ``pw:kind`` names by a word or a class."""
    if (kind := _KINDS.get(term.value)) is None:
        known = ", ".join(get_args(Kind))
        raise SearchError(f"pw:kind {term} cannot be searched for", *place, f"use one of {known}")
    return kind


def _terms(searched: Searched) -> Iterator[Term]:
    yield from (searched.subject, *searched.inputs.values(), *searched.outputs.values())


def _at(text: str, tokens: Sequence[Token]) -> tuple[int, int]:
    return position(text, tokens[0].start if tokens else len(text))


class _Reader:
    """Triples as SPARQL writes them, as far as a search needs: ``;`` and ``,``, no paths, lists or blank nodes."""

    def __init__(self, text: str, tokens: Sequence[Token], prologue: Prologue) -> None:
        self._text = text
        self._tokens = tokens
        self._prologue = prologue
        self._at = 0

    def triples(self) -> Iterator[tuple[Term, NamedNode, Term, Token]]:
        """Each triple with the token of its predicate."""
        while self._next() is not None:
            subject = self._term()
            yield from self._properties(subject)
            while self._skip("."):
                pass

    def _properties(self, subject: Term) -> Iterator[tuple[Term, NamedNode, Term, Token]]:
        while (token := self._next()) is not None and not is_mark(token, "."):
            predicate = RDF("type") if token.text == "a" else self._term()
            if token.text == "a":
                self._at += 1
            if not isinstance(predicate, NamedNode):
                raise self._unreadable(token)
            yield subject, predicate, self._term(), token
            while self._skip(","):
                yield subject, predicate, self._term(), token
            if not self._skip(";"):
                return
            while self._skip(";"):
                pass

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _skip(self, mark: str) -> bool:
        token = self._next()
        found = token is not None and is_mark(token, mark)
        self._at += found
        return found

    def _term(self) -> Term:
        token = self._next()
        if token is None:
            raise SearchError(f"the search breaks off: write {_HOW}", *_at(self._text, self._tokens))
        self._at += 1
        if token.kind == "variable":
            return Variable(token.text[1:])
        if token.kind == "string":
            return self._string(token)
        if token.kind == "number":
            return Literal(float(token.text)) if not token.text.isdigit() else Literal(int(token.text))
        if (iri := self._prologue.iri(token)) is not None:
            return NamedNode(iri)
        raise self._unreadable(token)

    def _string(self, token: Token) -> Literal:
        written = token.text
        after = self._next()
        if after is not None and after.kind == "language":
            self._at += 1
        elif after is not None and is_mark(after, "^"):
            self._at += 2
            self._term()
        try:
            quads = list(parse(f"<a:a> <a:b> {written} .", RdfFormat.TURTLE))
        except SyntaxError as error:
            raise self._unreadable(token) from error
        assert isinstance(quads[0].object, Literal)
        return quads[0].object

    def _unreadable(self, token: Token) -> SearchError:
        place = position(self._text, token.start)
        return SearchError(
            f"'{token.text}' cannot stand in a search (line {place[0]}, column {place[1]})", *place, _HOW
        )
