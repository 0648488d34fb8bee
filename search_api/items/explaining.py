"""Why an item was found: what each reason added to its score, and the same in a line of words."""

from __future__ import annotations

from typing import Final

from search_api.catalog import Catalog
from search_api.items.found import Found
from search_api.schemas import ItemWhy

# Reasons that add less than this to a score of about 1 are not put into words.
SAID: Final = 0.03
_STATES: Final = {
    "measure": "states a measure",
    "challenge": "states a challenge",
    "region": "names regions beside those of the question",
    "industry": "names industries beside those of the question",
    "statistic": "gives a figure",
}


def explained(catalog: Catalog, found: Found) -> ItemWhy:
    """The reasons of the item's best place."""
    best = max((place.evidence for place in found.places), key=lambda evidence: evidence.score)
    gains = best.gains._asdict()
    return ItemWhy(
        **{name: round(value, 4) for name, value in gains.items()},
        other=round(found.score - best.score, 4),
        concepts=list(best.concepts),
        text=_in_words(catalog, found, best.dense, gains, best.concepts),
    )


def _in_words(catalog: Catalog, found: Found, cosine: float, gains: dict[str, float], concepts: tuple[str, ...]) -> str:
    said = [f"its sentence is near in meaning (cosine {cosine:.2f})"]
    if gains["words"] >= SAID:
        said.append("shares words with the question")
    if gains["kind"] >= SAID:
        said.append(_STATES[found.type])
    if gains["scope"] >= SAID:
        said.append("concerns the places, industries or actors asked about")
    if gains["graph"] >= SAID:
        said.append("addresses a problem that the question describes")
    if concepts:
        said.append(f"is about {', '.join(f'“{label}”' for label in concepts[:2])}")
    if len(papers := {place.document for place in found.places}) > 1:
        said.append(f"stands in {len(papers)} of {len(catalog.documents)} documents")
    return "; ".join(said)
