"""Regions and industries: what the best sentences name, cited by these sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, Literal

from kg.records import Mention
from search_api.catalog import Catalog
from search_api.items.found import Found, Place
from search_api.items.statements import MAX_PLACES, place
from search_api.question import Question
from search_api.retrieval.evidence import Evidence

Kind = Literal["region", "industry"]
REPEAT_BONUS: Final = 0.02
GROUP_PENALTY: Final = 0.1
_FITTING: Final = {
    "county": ("county", "district"),
    "city": ("city", "municipality", "prefecture"),
    "mega-city": ("city", "municipality"),
    "urban": ("city", "municipality", "town"),
    "rural": ("village", "town", "county"),
    "province": ("province", "municipality"),
    "village": ("village",),
    "urban-agglomeration": ("urban-agglomeration",),
}
_ABROAD: Final = re.compile(r"\b(?:countr(?:y|ies)|nations?|foreign|states?|abroad)\b", re.IGNORECASE)


def find(catalog: Catalog, kind: Kind, ranked: Sequence[Evidence], question: Question) -> list[Found]:
    """Entities named in the ranked sentences: scored by their best sentence, a little more for each further one.

    What the question itself names is no answer to it. Kinds of place narrow regions down where any fits, and groups
    such as "future industries" stand behind the branches themselves.
    """
    excluded = frozenset(c.iri for c in (*question.scope.regions, *question.scope.industries))
    groups: dict[str, list[tuple[Mention, Evidence]]] = {}
    for evidence in ranked:
        for mention in catalog.mentions_in.get(evidence.sentence, ()):
            if mention.type == kind and mention.entity.iri not in excluded:
                groups.setdefault(mention.entity.iri, []).append((mention, evidence))
    fitting = _fitting(kind, question)
    chosen = {key: value for key, value in groups.items() if fitting(value[0][0].kind)} or groups
    return [_found(catalog, kind, key, members) for key, members in chosen.items()]


def _fitting(kind: Kind, question: Question) -> Callable[[str], bool]:
    allowed = {name for wanted in question.scope.region_types for name in _FITTING.get(wanted, ())}
    if kind != "region":
        return lambda _: True
    if allowed:
        return lambda name: name in allowed
    abroad = bool(_ABROAD.search(question.mended))
    return lambda name: (name == "country") == abroad


def _found(catalog: Catalog, kind: Kind, key: str, members: Sequence[tuple[Mention, Evidence]]) -> Found:
    unique: dict[str, Place] = {}
    for _, evidence in members:
        unique.setdefault(evidence.sentence, place(catalog, evidence))
    places = sorted(unique.values(), key=lambda p: -p.evidence.score)
    return Found(
        iri=key,
        type=kind,
        label=members[0][0].entity.label,
        score=places[0].evidence.score
        + REPEAT_BONUS * min(len(places) - 1, 3)
        - GROUP_PENALTY * (members[0][0].kind == "group"),
        basis="mention",
        places=tuple(places[:MAX_PLACES]),
    )
