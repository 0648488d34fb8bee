"""The answer and its parts as clients see them: the fields are fixed and the same over HTTP, CLI and MCP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kg.command_line import values_of
from kg.errors import MisuseError

Wants = Literal["measure", "challenge", "region", "industry", "statistic", "passage"]
ItemType = Literal["measure", "challenge", "region", "industry", "statistic"]
AnswerStatus = Literal["answered", "partial", "no_answer"]
Role = Literal["topic", "constraint"]
Names = str | list[str] | None
FilterValue = str | int | list[str] | list[int]

MAX_QUESTION = 2_000
MAX_K = 100


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Filters(_Model):
    """What an answer must be about: a label, an IRI or a list of them each; filters override the question."""

    region: Names = Field(
        default=None, description="Region by name or IRI; regions below it are included.", examples=["Zhejiang"]
    )
    region_type: Names = Field(default=None, description="Kind of place, such as county or rural.", examples=["county"])
    industry: Names = Field(default=None, description="Industry, group or technology by name or IRI.")
    actor: Names = Field(default=None, description="Who takes or should take the action.")
    theme: Names = Field(default=None, description="Theme of the statement, such as talent or digital.")
    status: Names = Field(default=None, description="Status of a measure: proposed, planned or implemented.")
    year: int | list[int] | None = Field(default=None, description="Year of the document.")
    document: Names = Field(default=None, description="Document by id, IRI, file name or title.")

    def values(self, name: str) -> tuple[str, ...]:
        """The texts given for one filter, none if it is not set."""
        given = getattr(self, name)
        if given is None:
            return ()
        return tuple(map(str, given)) if isinstance(given, list) else (str(given),)


F = TypeVar("F", bound=Filters)


def filters_of(pairs: Sequence[str]) -> Filters:
    """Filters from ``name=value`` texts; a name given twice makes a list. Raises MisuseError."""
    return filters_from(values_of(pairs), Filters)


def filters_from(given: Mapping[str, list[str]], model: type[F]) -> F:
    """Filters from lists of texts by name. Raises MisuseError for a name or a value that cannot be."""
    known = ", ".join(model.model_fields)
    for name in given:
        if name not in model.model_fields:
            raise MisuseError(f"unknown filter '{name}': use one of {known}")
    try:
        return model.model_validate({name: values[0] if len(values) == 1 else values for name, values in given.items()})
    except ValidationError as error:
        first = error.errors()[0]
        raise MisuseError(f"filter '{first['loc'][0]}': {first['msg']}") from error


def wants_of(given: str | None) -> Wants | None:
    """What a client wants from its name, None from None. Raises MisuseError for a name that there is not."""
    found = next((wants for wants in get_args(Wants) if wants == given), None)
    if given is not None and found is None:
        raise MisuseError(f"unknown kind '{given}' for wants: use one of {', '.join(get_args(Wants))}")
    return found


class AskRequest(_Model):
    """A question in plain words or keywords."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"question": "which measures address talent drain in counties?", "k": 5}]},
    )

    question: str = Field(min_length=1, max_length=MAX_QUESTION)
    k: int = Field(default=10, ge=1, le=MAX_K, description="How many items and passages at most.")
    filters: Filters = Field(default_factory=Filters)
    wants: Wants | None = Field(
        default=None,
        description="What to answer with; wins over what the question's words say.",
        examples=["challenge"],
    )

    @field_validator("question")
    @classmethod
    def _not_blank(cls, value: str) -> str:
        if not any(character.isalnum() for character in value):
            raise ValueError("the question is empty: write it in words")
        return value


class Why(_Model):
    """What spoke for a citation: share of the best word match, cosine of the vectors, matched concepts."""

    lexical: float
    dense: float
    concepts: list[str]


class Box(_Model):
    """A stretch of a line as displayed: points from the top left corner of a page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Citation(_Model):
    """An exact place in a source: ``quote`` equals the source's characters ``start:end``.

    ``page`` is the one that the quote begins on, counted from 1, and ``page_label`` what is printed on it where that
    differs; ``boxes`` are its lines, to be marked in a viewer. Null and empty for formats without pages.
    """

    passage_id: str
    document: str
    source: str
    title: str
    authors: list[str]
    year: int | None
    section: str
    page: int | None
    page_label: str | None
    boxes: list[Box]
    start: int
    end: int
    quote: str
    quote_status: Literal["verbatim"]
    context: str
    url: str
    score: float
    why: Why


class Named(_Model):
    """A thing of the graph with its label."""

    iri: str
    label: str


class InterpretedConcept(_Model):
    """A concept that the question was linked to."""

    iri: str
    label: str
    role: Role
    score: float


class Interpretation(_Model):
    """How the question was understood."""

    wants: Wants
    concepts: list[InterpretedConcept]
    filters: dict[str, FilterValue]


class ItemWhy(_Model):
    """What made an item's score: the reasons of its best place, which sum up to it with ``other``, and in words.

    ``meaning``: nearness of the sentence; ``surroundings``: of its passage and neighbours; ``words``: shared words;
    ``kind``: it states what is asked for; ``scope``: it concerns the places, industries or actors of the question;
    ``graph``: it addresses a problem that the question describes; ``other``: bonuses and penalties of its kind.
    """

    meaning: float
    surroundings: float
    words: float
    kind: float
    scope: float
    graph: float
    other: float
    concepts: list[str]
    text: str


class Item(_Model):
    """One thing that answers, with the places that prove it. Fields that do not apply are null or empty."""

    iri: str
    type: ItemType
    label: str
    score: float
    basis: str | None
    confidence: float = Field(description="How sure extraction is that the place says it, from 0 to 1.")
    why: ItemWhy
    status: str | None
    theme: str | None
    addresses: list[Named]
    regions: list[str]
    region_types: list[str]
    industries: list[str]
    actors: list[str]
    value: float | None
    unit: str | None
    year: int | None
    citations: list[Citation]


class TextCitation(_Model):
    """A mark in the answer's text: characters ``start:end`` of ``text``; ``index`` counts marks from 0."""

    index: int
    start: int
    end: int
    citation: int


class Answer(_Model):
    """The answer: items with proof, the best passages, and a short text made of them."""

    question: str
    status: AnswerStatus
    reason: str | None
    interpretation: Interpretation
    sparql: str
    items: list[Item]
    passages: list[Citation]
    text: str
    text_citations: list[TextCitation]
    snapshot: str
    took_ms: float


class PassageView(_Model):
    """A passage with its neighbours' ids and what was found in it."""

    id: str
    iri: str
    document: str
    source: str
    title: str
    section: str
    page: int | None
    page_label: str | None
    boxes: list[Box]
    start: int
    end: int
    text: str
    previous: str | None
    following: str | None
    statements: list[Named]


class DocumentSummary(_Model):
    """A document and how much was found in it."""

    id: str
    iri: str
    source: str
    title: str
    authors: list[str]
    year: int | None
    venue: str | None
    doi: str | None
    licence: str | None
    language: str
    sha256: str
    counts: dict[str, int]


class SectionView(_Model):
    """A section of a document: its place and the passages in it."""

    id: str
    name: str
    kind: str
    level: int
    start: int
    end: int
    passages: list[str]


class CitedView(_Model):
    """An entry of a document's references: ``text`` equals the source's characters ``start:end``.

    ``iri`` is that of the work it means; ``document`` is the id of the document that this work is here, if any.
    """

    mark: str | None
    text: str
    start: int
    end: int
    iri: str
    document: str | None
    title: str | None
    authors: list[str]
    year: int | None
    venue: str | None
    doi: str | None
    url: str | None


class DocumentView(DocumentSummary):
    """A document with its sections, what it cites and what cites it; ``origins`` says where each fact was found."""

    publisher: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    url: str | None
    origins: dict[str, str]
    sections: list[SectionView]
    cites: list[CitedView]
    cited_by: list[Named]


class Status(_Model):
    """What is being served."""

    snapshot: str
    model: str
    documents: int
    passages: int
    statements: int
    concepts: int
