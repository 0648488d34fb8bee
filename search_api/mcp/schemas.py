"""What tools give as structured content, where it is not what HTTP gives for the same use case."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from search_api.browse.ids import Kind
from search_api.browse.schemas import ConceptEntry, ConceptView, EntityView, FigureView


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SearchResult(_Model):
    """A passage that was found; ``id`` is for ``fetch``."""

    id: str
    title: str
    url: str
    text: str = Field(description="The beginning of the passage, verbatim.")


class SearchFound(_Model):
    """Passages, best first."""

    results: list[SearchResult]


class Fetched(_Model):
    """A passage, or a stretch of a document; ``metadata`` tells where it stands and how a document goes on."""

    id: str
    title: str
    text: str = Field(description="Verbatim text of the source.")
    url: str
    metadata: dict[str, str]


class Concepts(_Model):
    """A page of measures or challenges, each with the place that proves it best."""

    total: int = Field(description="How many there are on all pages.")
    items: list[ConceptEntry]
    filters: dict[str, str | int | list[str]] = Field(description="The filters as they were understood.")
    sort: str
    next: str | None = Field(description="Give it as `cursor` for the next page; null on the last.")
    sparql: str | None = Field(description="A query for the same rows, for run_sparql.")
    snapshot: str


class Thing(_Model):
    """One thing of the graph whole, with its neighbours and what proves it."""

    kind: Kind
    view: ConceptView | EntityView | FigureView


class Table(_Model):
    """The result of a query: ``rows`` of a SELECT, ``boolean`` of an ASK, ``turtle`` of a CONSTRUCT or DESCRIBE."""

    columns: list[str] = Field(description="Names of the variables, in order.")
    rows: list[dict[str, str]] = Field(description="Values by variable as plain text; unbound ones are left out.")
    total: int = Field(description="Rows or triples of the whole result.")
    cut: bool = Field(description="Whether rows were left out; see them all at `url`.")
    searched: str | None = Field(description="What the searches inside the query looked at; null where it has none.")
    boolean: bool | None
    turtle: str | None
    url: str = Field(description="The same query over HTTP.")


class ListedQuery(_Model):
    """A named query; ``sparql`` runs as it stands, without any of its parameters."""

    name: str
    title: str
    description: str
    parameters: list[dict[str, Any]]
    sparql: str
    url: str
    text: str


class ListedQueries(_Model):
    """All named queries."""

    queries: list[ListedQuery]
