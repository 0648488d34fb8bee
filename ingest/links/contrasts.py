"""Contrasts of English: words that, standing in two labels otherwise alike, make them two problems or two measures.

Vectors put "raise tariffs" beside "lower tariffs" and "water scarcity" beside "water pollution". Each dimension below
lists poles that exclude one another; two labels contradict each other where both name a pole of a dimension and share
none. A label that names both poles ("the gap between town and country") contradicts neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

Poles = frozenset[tuple[str, int]]

# A star stands for any ending. Chosen from general knowledge of policy English, not from documents.
_DIMENSIONS: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "direction": (
            "rise rises rising rose increas* grow* growth raise raises raising soar* surg* expan* extend* "
            "lengthen* climb* widen* enlarg* boost* higher upward",
            "fall falls falling fell declin* decreas* drop* reduc* cut cuts cutting lower* shrink* shorten* diminish* "
            "contract* curb* downward dwindl*",
        ),
        "amount": (
            "shortage* scarc* lack* insufficien* inadequa* deficien* too_few too_little absence under*",
            "excess* surplus* glut* abundan* too_many too_much over*",
        ),
        "level": ("low", "high"),
        "balance": ("deficit*", "surplus*"),
        "trouble": (
            "shortage* scarc* lack* insufficien* too_few under*",
            "drain* outflow* exodus emigrat* leave leaves leaving turnover attrition retain* retention",
            "surplus* glut* too_many overcapacity oversupply",
            "pollut* contaminat* dirty",
            "cost costs price prices expensive unaffordable",
            "uneven* unequal* inequalit* imbalanc* unbalanc* disparit*",
            "age ages ageing aging",
            "corrupt* brib* embezzl*",
            "delay* slow waiting late",
            "accident* injur*",
            "flood*",
            "drought*",
        ),
        "movement": (
            "drain* outflow* exodus emigrat* outward outbound leave leaves leaving",
            "influx inflow* immigra* inward inbound arriv*",
        ),
        "prices": ("inflation*", "deflation*"),
        "trade": ("import imports imported importing", "export exports exported exporting exporters"),
        "market": ("supply supplies supplying suppliers", "demand demands"),
        "chain": ("upstream", "downstream"),
        "place": (
            "rural village* countryside",
            "urban city cities town towns metropolitan",
        ),
        "compass": (
            "east eastern",
            "west western",
            "north northern",
            "south southern",
            "northeast*",
            "northwest*",
            "southeast*",
            "southwest*",
            "centre central inland",
            "coast coastal",
        ),
        "owner": ("public state government*", "private household* corporate compan* firm* enterprise*"),
        "origin": ("domestic local native", "foreign overseas international"),
        "order": ("before pre", "after post"),
        "stage": (
            "preschool* kindergarten* nursery early_childhood",
            "primary elementary",
            "secondary",
            "university universities tertiary higher_education postgraduate",
            "vocational",
        ),
        "term": ("short_term", "long_term"),
        "sex": ("men male boys man fathers", "women female girls woman mothers maternal"),
        "age": ("young youth child children infant* pupil*", "old elderly older senior* pensioner*"),
        "skill": ("skilled high_skilled qualified", "unskilled low_skilled unqualified"),
        "law": ("legal lawful", "illegal unlawful"),
        "form": ("formal", "informal"),
        "favour": (
            "promot* encourag* support* subsidi* allow* permit permits legalis* reward*",
            "discourag* restrict* ban bans banning prohibit* tax taxing penalis* fine fines abolish* phase_out",
        ),
        "gate": ("open opens opening", "close closes closing closure"),
        "making": (
            "introduc* impos* establish* creat* build builds launch* set_up",
            "abolish* remov* repeal* scrap* dismantl* withdraw*",
        ),
        "grip": ("tighten* strict* strengthen*", "relax* loosen* eas* weaken*"),
        "centre": ("centralis* centraliz*", "decentralis* decentraliz* devolv*"),
        "ownership": ("privatis* privatiz*", "nationalis* nationaliz*"),
        "staffing": ("hire hires hiring recruit* attract*", "dismiss* lay_off layoff* train trains training"),
        "support": ("loan* credit*", "grant grants", "tax taxes", "insurance", "salar* wage*"),
        "medium": ("air", "water", "soil land", "noise", "sea marine ocean*"),
        "energy": ("wind", "solar", "hydropower hydro", "coal", "gas", "nuclear", "oil"),
        "goods": ("tobacco smoking", "alcohol", "sugar", "plastic*", "fuel"),
        "people": (
            "nurse* midwi*",
            "doctor* physician*",
            "teacher* lecturer*",
            "engineer*",
            "judge* lawyer*",
            "police*",
            "farmer* smallholder*",
            "miner miners",
            "researcher* scientist*",
        ),
        "means": (
            "fund funds",
            "centre centres center centers",
            "park parks",
            "school schools",
            "hospital*",
            "office*",
        ),
        "food": ("undernutrition undernourish* stunt* hung*", "obes* overweight"),
    }
)
# Words that begin like an excess or a want and are none.
_NO_PREFIX: Final = (
    r"overview\w*|overall|overseas|oversight|overcom\w*|underground|understand\w*|undertak\w*|underl\w+|over|under"
)
_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(r"\d[\d.,]*")


def _pattern(words: str) -> re.Pattern[str]:
    each = [re.escape(word).replace(r"\*", r"\w*").replace("_", " ") for word in words.split()]
    return re.compile(rf"(?<!\w)(?!(?:{_NO_PREFIX})(?!\w))(?:{'|'.join(each)})(?!\w)")


_PATTERNS: Final = tuple(
    (name, number, _pattern(words)) for name, poles in _DIMENSIONS.items() for number, words in enumerate(poles)
)


def poles(label: str) -> Poles:
    """The poles that a label names, as pairs of a dimension and the pole's number."""
    text = " ".join(_WORD.findall(label.casefold()))
    return frozenset((name, number) for name, number, pattern in _PATTERNS if pattern.search(text))


def figures(label: str) -> frozenset[str]:
    """The numbers that a label names."""
    return frozenset(number.strip(".,") for number in _NUMBER.findall(label))


def contradict(left: Poles, right: Poles) -> str | None:
    """The first dimension, by name, on which two labels stand at different poles; None where they may mean the same.

    >>> contradict(poles("shortage of nurses"), poles("outflow of nurses"))
    'trouble'
    >>> contradict(poles("talent drain"), poles("outflow of talent")) is None
    True
    """
    for name in sorted({name for name, _ in left} & {name for name, _ in right}):
        mine, theirs = ({number for dimension, number in side if dimension == name} for side in (left, right))
        if not mine & theirs:
            return name
    return None
