"""What browsing gives: lists, things, the matrix and comparisons. Field names are shared with the answer's."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas import Citation, Named


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ref(Named):
    """A thing of the graph with its id and the address where it is told whole."""

    id: str
    url: str


class Bucket(_Model):
    """How many rows of a list have a value; ``value`` can be given back as the filter."""

    value: str
    label: str
    count: int


class _Entry(_Model):
    iri: str
    id: str
    type: str = Field(description="measure, challenge, region, industry, actor or statistic.")
    label: str
    url: str
    citation: Citation | None = Field(description="The place that proves it best; null where none can be cited.")


class ConceptEntry(_Entry):
    """A measure or challenge, with what the statements that meet the filters say of it."""

    theme: str
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


class Counts(_Model):
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


class _Listing(_Model):
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


class Neighbours(_Model):
    """What a thing is linked to in one way, surest first."""

    total: int
    items: list[Neighbour]


class Proof(_Model):
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


class Evidence(_Model):
    """The places that prove a thing, in reading order, in pages."""

    total: int
    items: list[Proof]
    next: str | None = Field(description="Cursor of the next page of evidence, null on the last.")


class _View(_Model):
    other_names: list[str]
    definition: str | None = Field(description="What the vocabulary says it is; null where it says nothing.")
    broader: list[Ref] = Field(description="What it lies in or belongs to, nearest first, as far as papers name it.")
    narrower: list[Ref] = Field(description="What lies in it or belongs to it, as far as papers name it.")
    evidence: Evidence
    snapshot: str


class ConceptView(_View, ConceptEntry):
    """A measure or challenge whole. Neighbours by relation, surest first."""

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


class Tally(_Model):
    """Distinct things in a cell, row or column of the matrix."""

    measures: int
    challenges: int
    papers: int


class MatrixLink(_Model):
    """One reason for a cell: a measure that addresses a challenge, or that applies in a row's region and so on."""

    measure: Ref
    challenge: Ref | None
    basis: str
    confidence: float
    citations: list[Citation]


class MatrixCell(Tally):
    """Counts of a cell and where to see its evidence; ``links`` is null unless evidence was asked for."""

    url: str
    links: list[MatrixLink] | None


class MatrixHead(_Model):
    """A row or column: ``key`` names it in cells and in `/matrix/cell`."""

    key: str
    iri: str | None
    label: str
    total: Tally


class MatrixRow(MatrixHead):
    """A row with its cells by the key of their column; columns without anything are left out.

    ``gaps`` counts the challenges of the row that no measure addresses (null where rows are not of challenges).
    """

    gaps: int | None
    cells: dict[str, MatrixCell]


class MatrixRest(_Model):
    """What the limit cut off."""

    number: int
    total: Tally


class Matrix(_Model):
    """Rows against columns. Totals count distinct things, so that they may be less than the sum of their cells."""

    rows_by: str
    columns_by: str
    basis: list[str]
    min_confidence: float
    filters: dict[str, str | int | list[str]]
    rows: list[MatrixRow]
    columns: list[MatrixHead]
    more_rows: MatrixRest | None = Field(description="Rows beyond the limit; null where all are shown.")
    more_columns: MatrixRest | None = Field(description="Columns beyond the limit; null where all are shown.")
    total: Tally
    gaps: int | None = Field(description="Challenges that no measure addresses under these limits.")
    sparql: str | None = Field(description="A query for the counts of all cells; null where filters are set.")
    snapshot: str


class MatrixEvidence(_Model):
    """All reasons of one cell, surest first."""

    row: str
    column: str
    total: Tally
    links: list[MatrixLink]
    snapshot: str


class Side(_Model):
    """One of the things compared, with what is said of it."""

    iri: str
    id: str
    label: str = Field(description="Name of a region or industry, file name of a paper.")
    title: str | None = Field(description="Title of a paper.")
    url: str
    counts: Counts


class Share(_Model):
    """What one side says of a row: how often, in how many papers, and the best proof."""

    statements: int
    papers: int
    citation: Citation | None


class SharedRow(Ref):
    """Something that at least one side has; ``sides`` holds one entry a side, null where it has none."""

    shared: bool
    sides: list[Share | None]


class Comparison(_Model):
    """Rows of one kind: first what most sides share, then what one has."""

    total: int
    shared: int
    only: list[int] = Field(description="For each side, how many rows it alone has.")
    rows: list[SharedRow]
    more: int = Field(description="Rows beyond the limit.")


class FigureRow(_Model):
    """Figures of one indicator and unit, side by side."""

    indicator: str
    unit: str
    shared: bool
    disagree: bool = Field(
        description="Whether two papers give different values for one region and year, or a value is contradicted."
    )
    sides: list[list[FigureEntry]]


class FigureComparison(_Model):
    """All figures of the sides, those that can be compared first."""

    total: int
    shared: int
    rows: list[FigureRow]
    more: int


class Compared(_Model):
    """Two to five regions, papers or industries side by side."""

    by: str
    sides: list[Side]
    notes: list[str]
    themes: Comparison
    challenges: Comparison
    measures: Comparison
    regions: Comparison | None
    industries: Comparison | None
    actors: Comparison
    figures: FigureComparison
    snapshot: str
