"""Kinds of places a text speaks of ("counties", "rural areas", "the metropolis") and the kind a named region is of."""

from __future__ import annotations

import re

from kg.records import RegionType

_WORDS: tuple[tuple[RegionType, str], ...] = (
    ("county", r"count(?:y|ies)(?!\s(?:seat|town))|county-level|sub-count(?:y|ies)|shires?|parish(?:es)?|kreise?"),
    (
        "mega-city",
        r"mega-?\s?cit(?:y|ies)|super-?large cit(?:y|ies)|megalopolis(?:es)?|metropolis(?:es)?"
        r"|first-tier cit(?:y|ies)",
    ),
    (
        "urban-agglomeration",
        r"urban agglomerations?|city clusters?|(?:metropolitan|greater) (?:areas?|regions?)"
        r"|conurbations?|megaregions?",
    ),
    ("city", r"cit(?:y|ies)|municipalit(?:y|ies)|municipal|towns?(?!ship)|boroughs?|capital cit(?:y|ies)"),
    (
        "urban",
        r"urban(?!\s(?:agglomerations?|and rural))|inner-city|neighbou?rhoods?|suburb(?:s|an)?"
        r"|slums?|informal settlements?|downtown|built-up areas?",
    ),
    ("village", r"villages?|hamlets?|villagers?"),
    (
        "rural",
        r"rural|countryside|farming (?:areas|communities|regions)|agricultural areas|remote areas"
        r"|pastoral areas|hinterlands?|outback|sparsely populated",
    ),
    (
        "province",
        r"provinces?|provincial|federal states?|(?:all|several|many|most|other|southern|northern"
        r"|eastern|western) states|bundesl[aä]nder|cantons?|voivodeships?",
    ),
    # "The West Bank" and "the East Coast Line" are names of other things: a capital letter follows.
    ("western", r"western (?:regions?|areas?|provinces?|china|part)|the west(?!\s(?-i:[A-Z])|ern)"),
    (
        "eastern",
        r"eastern (?:regions?|areas?|provinces?|china|part|coast)|the east(?!\s(?-i:[A-Z])|ern)",
    ),
    (
        "old-industrial-base",
        r"old industrial (?:bases?|regions?|areas?)|rust-?\s?belts?|(?:former )?(?:coal|mining"
        r"|steel)(?:field|-mining)? (?:regions?|communities|areas)|coalfields?"
        r"|post-industrial (?:regions?|areas?|towns?|cities)|deindustriali[sz]ed (?:regions?|areas?)",
    ),
)
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _WORDS)
_BOTH = re.compile(r"\burban[- ](?:and[- ])?rural\b|\brural[- ](?:and[- ])?urban\b", re.IGNORECASE)
_OF_REGION: dict[str, tuple[RegionType, ...]] = {
    "county": ("county",),
    "city": ("city",),
    "prefecture": ("city",),
    "municipality": ("city", "mega-city"),
    "province": ("province",),
    "village": ("village", "rural"),
    "urban-agglomeration": ("urban-agglomeration",),
}


def types_in(text: str) -> tuple[RegionType, ...]:
    """Region types that the words of a text speak of, in a fixed order; a longer name hides a shorter one inside it.

    >>> types_in("Mega cities and remote rural counties differ.")
    ('county', 'mega-city', 'rural')
    >>> types_in("firms of the West Harbour Corridor moved to the west")
    ('western',)
    >>> types_in("firms of the West Harbour Corridor")
    ()
    """
    found: dict[RegionType, list[tuple[int, int]]] = {}
    for kind, pattern in _PATTERNS:
        found[kind] = [match.span() for match in pattern.finditer(text)]
    hiding = found["mega-city"] + found["urban-agglomeration"] + found["old-industrial-base"]
    kept = [kind for kind, spans in found.items() if any(not _hidden(span, hiding) for span in spans)]
    if _BOTH.search(text):
        kept = [kind for kind, _ in _PATTERNS if kind in {*kept, "urban", "rural"}]
    return tuple(kept)


def types_of_region(kind: str, label: str) -> tuple[RegionType, ...]:
    """Region types of a named region from its kind and, for parts of a country, its name.

    >>> types_of_region("county", "Kent"), types_of_region("macro-region", "Western Region")
    (('county',), ('western',))
    """
    known = _OF_REGION.get(kind, ())
    if kind in {"macro-region", "other"}:
        west = re.search(r"\bwest(?:ern)?\b", label, re.IGNORECASE)
        east = re.search(r"\beast(?:ern)?\b", label, re.IGNORECASE)
        sides: list[RegionType] = []
        if west:
            sides.append("western")
        if east:
            sides.append("eastern")
        return tuple(sides)
    return known


def _hidden(span: tuple[int, int], hiding: list[tuple[int, int]]) -> bool:
    return any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in hiding)
