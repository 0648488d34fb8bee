"""Lists and things as clients see them. Field names are shared with the answer's."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas import Citation, Named


class Model(BaseModel):
    """Base of all that browsing gives."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Ref(Named):
    """A thing of the graph with its id and the address where it is told whole."""

    id: str
    url: str


class Bucket(Model):
    """How many rows of a list have a value; ``value`` can be given back as the filter."""

    value: str
    label: str
    count: int


class _Entry(Model):
    iri: str
    id: str
    type: str = Field(description="measure, challenge, region, industry, actor or statistic.")
    label: str
    url: str
    citation: Citation | None = Field(description="The place that proves it best; null where none can be cited.")


class ConceptEntry(_Entry):
    """A measure or challenge, with what the statements that meet the filters say of it."""

    theme: str
    instrument: Ref | None = Field(description="Policy instrument of a measure, where its names say so plainly.")
    statuses: list[str]
    statements: int = Field(description="Places that state it, repeated paragraphs counted once.")
    papers: int
    measures: int | None = Field(description="How many measures address the challenge; null for a measure.")
    challenges: int | None = Field(description="How many challenges the measure addresses; null for a challenge.")
    confidence: float
    year: int | None = Field(description="Year of its latest paper.")
    regions: list[Ref]
    region_types: list[str]
    industries: list[Ref]
    actors: list[Ref]


class Counts(Model):
    """How much is said of something; mentions and figures are null where filters concern what statements say."""

    statements: int
    measures: int
    challenges: int
    mentions: int | None
    figures: int | None
    papers: int


class EntityEntry(Counts, _Entry):
    """A region, industry or actor. Its own counts are of what names it, ``with_below`` adds all that lies in it."""

    level: str | None = Field(description="Level of a region (county, …), or sort of an industry or actor.")
    with_below: Counts


class FigureEntry(_Entry):
    """A figure as a paper gives it: ``value_text`` as written, ``value`` the number in ``unit``."""

    indicator: str
    value: float
    value_text: str
    unit: str
    year: int | None
    region: Ref | None
    conflict: str | None = Field(description="What it contradicts, if anything.")
    source: str


class _Listing(Model):
    total: int = Field(description="Rows on all pages.")
    facets: dict[str, list[Bucket]]
    filters: dict[str, str | int | list[str]] = Field(description="The filters as they were understood.")
    sort: str
    next: str | None = Field(description="Cursor of the next page, null on the last.")
    sparql: str | None = Field(description="A query for all rows; null where the graph cannot express a filter.")
    snapshot: str


class ConceptList(_Listing):
    """Measures or challenges."""

    items: list[ConceptEntry]


class EntityList(_Listing):
    """Regions, industries or actors."""

    items: list[EntityEntry]


class FigureList(_Listing):
    """Statistics."""

    items: list[FigureEntry]


class Neighbour(Ref):
    """What a thing is linked to: how we know (``basis``), how surely, in how many papers, and the best proof."""

    basis: str
    confidence: float
    papers: int
    citation: Citation | None


class Neighbours(Model):
    """What a thing is linked to in one way, surest first."""

    total: int
    items: list[Neighbour]


class Proof(Model):
    """One place that states or names a thing: ``text`` is the exact stretch, the citation the sentence around it."""

    id: str
    kind: str = Field(description="statement, mention or figure.")
    label: str
    text: str
    start: int
    end: int
    status: str | None
    scope: str | None = Field(description="Where region and kind of place come from: sentence, section or paper.")
    confidence: float | None
    repeated: bool = Field(description="Whether it stands in a repeated paragraph, which is not counted again.")
    citation: Citation | None


class Evidence(Model):
    """The places that prove a thing, in reading order, in pages."""

    total: int
    items: list[Proof]
    next: str | None = Field(description="Cursor of the next page of evidence, null on the last.")


class _View(Model):
    other_names: list[str]
    definition: str | None = Field(description="What the vocabulary says it is; null where it says nothing.")
    broader: list[Ref] = Field(description="What it lies in or belongs to, nearest first, as far as papers name it.")
    narrower: list[Ref] = Field(description="What lies in it or belongs to it, as far as papers name it.")
    evidence: Evidence
    snapshot: str


class ConceptView(_View, ConceptEntry):
    """A measure or challenge whole. Neighbours by relation, surest first."""

    related: list[Ref] = Field(description="Near in meaning, of the same type.")

    neighbours: dict[str, Neighbours]


class EntityView(_View, EntityEntry):
    """A region, industry or actor whole: what applies in it or is said of it, and its figures."""

    neighbours: dict[str, Neighbours]
    figures_of: list[FigureEntry]


class FigureView(FigureEntry):
    """A figure whole, with all others of the same indicator and unit."""

    definition: str | None
    evidence: Evidence
    same_indicator: list[FigureEntry]
    snapshot: str
