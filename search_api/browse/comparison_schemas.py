"""A comparison as clients see it."""

from __future__ import annotations

from pydantic import Field

from search_api.browse.schemas import Counts, FigureEntry, Model, Ref
from search_api.schemas import Citation


class Side(Model):
    """One of the things compared, with what is said of it."""

    iri: str
    id: str
    label: str = Field(description="Name of a region or industry, file name of a paper.")
    title: str | None = Field(description="Title of a paper.")
    url: str
    counts: Counts


class Share(Model):
    """What one side says of a row: how often, in how many papers, and the best proof."""

    statements: int
    papers: int
    citation: Citation | None


class SharedRow(Ref):
    """Something that at least one side has; ``sides`` holds one entry a side, null where it has none."""

    shared: bool
    sides: list[Share | None]


class Comparison(Model):
    """Rows of one kind: first what most sides share, then what one has."""

    total: int
    shared: int
    only: list[int] = Field(description="For each side, how many rows it alone has.")
    rows: list[SharedRow]
    more: int = Field(description="Rows beyond the limit.")


class FigureRow(Model):
    """Figures of one indicator and unit, side by side."""

    indicator: str
    unit: str
    shared: bool
    disagree: bool = Field(
        description="Whether two papers give different values for one region and year, or a value is contradicted."
    )
    sides: list[list[FigureEntry]]


class FigureComparison(Model):
    """All figures of the sides, those that can be compared first."""

    total: int
    shared: int
    rows: list[FigureRow]
    more: int


class Compared(Model):
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
