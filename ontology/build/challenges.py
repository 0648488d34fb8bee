"""Problems of policy in all fields, ordered by field; each names the theme that records use."""

from __future__ import annotations

from concepts import BASE, Concept, Scheme, both_ways, match, read_csv, split

SCHEME = Scheme(
    "challenge",
    "Policyweave challenges",
    "Problems that policy texts of many fields and countries speak of, with other names for each, so that statements "
    "of one problem meet. The top concepts are fields of policy; no statement is ever taken for a field. Notations are "
    "a field's three letters and a number that never changes.",
    "https://www.apache.org/licenses/LICENSE-2.0",
    (
        "Written for Policyweave after the usual divisions of public policy",
        "STW Thesaurus for Economics, identifiers of matching descriptors (https://zbw.eu/stw/)",
    ),
)


def concepts() -> list[Concept]:
    """Fields and problems."""
    rows = read_csv("challenges.csv")
    related = both_ways({row["id"]: row["related"].split() for row in rows})
    return [
        Concept(
            row["id"],
            {"en": row["en"], "zh": row["zh"]},
            {"en": split(row["alt"]), "zh": split(row["alt_zh"])},
            notations=[row["notation"]],
            broader=row["group"].split(),
            related=related[row["id"]],
            definition=row["definition"],
            extra=[("pw:theme", f"<{BASE}theme/{row['theme']}>"), *match(row["match"])],
        )
        for row in rows
    ]
