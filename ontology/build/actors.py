"""Actors by role, linked to the target groups of the EC-OECD STIP Compass where the match is certain."""

from __future__ import annotations

from concepts import Concept, Scheme, literal, read_csv, split

SCHEME = Scheme(
    "actor",
    "Policyweave actors",
    "Who takes or should take a measure, by role. A note names the STIP Compass target group that means "
    "the same or contains the concept. Hidden labels are kinds of place that stand for their governments where they "
    "have a duty ('counties should').",
    "https://www.apache.org/licenses/LICENSE-2.0",
    ("Written for Policyweave", "EC-OECD STIP Compass taxonomy: codes of target groups (https://stip.oecd.org/)"),
)


def concepts() -> list[Concept]:
    """All roles."""
    return [
        Concept(
            row["id"],
            {"en": row["en"], "zh": row["zh"]},
            {"en": [name for name in split(row["alt"]) if not name.startswith("~")]},
            [name[1:] for name in split(row["alt"]) if name.startswith("~")],
            broader=row["broader"].split(),
            definition=row["definition"],
            note=f"STIP Compass target group {row['stip']}." if row["stip"] else "",
            extra=[("pw:actorKind", literal(row["kind"]))],
        )
        for row in read_csv("actors.csv")
    ]
