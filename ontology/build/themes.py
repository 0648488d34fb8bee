"""Themes of measures and challenges, and the kinds of place that texts speak of without naming one."""

from __future__ import annotations

from concepts import Concept, Scheme, read_csv, split

_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
SCHEME = Scheme(
    "theme",
    "Policyweave themes",
    "What a measure or a challenge is about. The notation is the code that records and queries use.",
    _LICENCE,
    ("Written for Policyweave",),
)
REGION_TYPES = Scheme(
    "region-type",
    "Policyweave region types",
    "Kinds of place, for texts that speak of counties or the countryside without naming one.",
    _LICENCE,
    ("Written for Policyweave",),
)


def _concepts(scheme: str) -> list[Concept]:
    return [
        Concept(
            row["id"],
            {"en": row["en"], "zh": row["zh"]},
            {"en": split(row["alt"])},
            notations=[row["id"]],
            definition=row["definition"],
        )
        for row in read_csv("themes.csv")
        if row["scheme"] == scheme
    ]


def concepts() -> list[Concept]:
    """The themes."""
    return _concepts("theme")


def region_types() -> list[Concept]:
    """The kinds of place."""
    return _concepts("region-type")
