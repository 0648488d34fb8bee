"""Instruments of policy by family, mapped to the codes of the EC-OECD STIP Compass, which are a scheme of their own."""

from __future__ import annotations

from concepts import Concept, Scheme, both_ways, match, read_csv, split

_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
_STIP = "EC-OECD STIP Compass taxonomy of policy instruments: codes and names (https://stip.oecd.org/)"
SCHEME = Scheme(
    "instrument",
    "Policyweave policy instruments",
    "By what means a measure acts: rules, taxes, money, provision, training, information, governance, cooperation. The "
    "top concepts are families; what is special to science and innovation is mapped to STIP Compass.",
    _LICENCE,
    ("Written for Policyweave", _STIP, "STW Thesaurus for Economics, identifiers of matching descriptors"),
)
STIP = Scheme(
    "stip",
    "Policy instruments of STIP Compass",
    "The codes and names of the EC-OECD taxonomy, so that mappings have something to lead to. No definitions of ours.",
    _LICENCE,
    (_STIP,),
)


def concepts() -> list[Concept]:
    """Families and instruments."""
    rows = read_csv("instruments.csv")
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
            extra=match(row["match"]),
        )
        for row in rows
    ]


def stip() -> list[Concept]:
    """The instruments of STIP Compass; its groups are notes."""
    return [
        Concept(
            row["code"],
            {"en": row["label"]},
            notations=[row["code"]],
            note=f"Group: {row['group']}.",
        )
        for row in read_csv("stip.csv")
    ]
