"""The words of a label that carry its meaning: rough stems, phrases that stand for one word, words of one meaning.

Two labels that differ in one word only are either two names of one thing ("ban", "prohibit") or a contrast ("widen",
"narrow"), and vectors cannot tell which. So words of one meaning are listed; what is not listed counts as a contrast.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from types import MappingProxyType
from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_EMPTY: Final = _set(
    "a an the of in on for to and or by with from at as its their our this that these those between among is are be "
    "been being it they them there which s etc"
)
# What stresses or frames a statement without changing what it states.
_LIGHT: Final = _set(
    "problem problems issue issues challenge challenges difficulty difficulties serious severe severely still further "
    "very increasingly continuously vigorously actively greatly effectively fully many some people have has had face "
    "facing faces suffer suffers being make makes making take takes taking aggravation "
    "aggravated worsening worse intensifying"
)
# A problem is low, weak or poor in something, whether its label says so or not.
_JUDGING: Final = _set("low weak poor poorly bad badly limited inadequate insufficient")
_SUFFIXES: Final = ("ations", "ation", "ities", "ity", "ments", "ment", "ing", "ies", "ed", "es", "e", "s", "y")
# Two stems are forms of one word where they share at least the root's letters and differ in an ending at most.
_ROOT: Final = 5
_ENDING: Final = 4
_PHRASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "set up": "establish",
        "step up": "intensify",
        "scale up": "increase",
        "speed up": "accelerate",
        "draw in": "attract",
        "bring in": "attract",
        "clean up": "restore",
        "phase out": "abolish",
        "lay off": "dismiss",
        "hand out": "provide",
        "red tape": "bureaucracy",
        "too few": "lack",
        "too little": "lack",
        "not enough": "lack",
        "too much": "excessive",
        "too many": "excessive",
        "r d": "research",
        "r and d": "research",
        "brain drain": "drain",
    }
)
# Each line holds words of one meaning in policy English, from general knowledge; a word may stand in several lines.
_EQUAL: Final[Sequence[str]] = (
    "strengthen enhance improve reinforce consolidate deepen intensify boost perfect upgrade better",
    "increase raise rise rising grow growth growing boost more additional higher expand spread",
    "expand extend widen broaden lengthen enlarge scale",
    "reduce cut cutting lower decrease lessen curb lighten",
    "decline fall falling fell drop decrease shrink dwindle diminish",
    "loss lose losing disappear vanish extinct decline",
    "shrink melt recede retreat",
    "build construct establish create found form develop launch introduce institute start open",
    "introduce levy impose establish adopt",
    "promote encourage foster stimulate support assist help facilitate incentivise nurture cultivate aid",
    "ban prohibit outlaw forbid",
    "provide offer give grant supply deliver",
    "accelerate hasten expedite quicken",
    "promote advance drive push accelerate",
    "protect conserve preserve safeguard",
    "restore rehabilitate revive repair renew regenerate",
    "hire recruit appoint employ",
    "attract draw recruit introduce",
    "control contain combat fight tackle counter",
    "simplify streamline ease simple easier easy",
    "monitor observe track surveillance",
    "publish disclose release",
    "modernise upgrade update renew",
    "merge combine unify",
    "reform overhaul restructure",
    "abolish scrap repeal eliminate",
    "lack shortage scarcity scarce insufficient inadequate deficit absence few no without not deficient",
    "low weak poor poorly bad badly limited insufficient inadequate lack little",
    "unsafe dangerous hazardous risky unsafely",
    "unreliable unstable irregular erratic",
    "delay slow slowly late lengthy sluggish lag lagging",
    "depend dependence dependency dependent reliance rely overreliance overdependence heavy",
    "excessive overuse overused overexploitation overexploited excess use",
    "pollution polluted pollute contamination contaminated contaminate",
    "outdated obsolete antiquated old",
    "uneven unevenly unequal unequally unbalanced imbalanced imbalance inequality disparity disparities",
    "expensive costly unaffordable",
    "congestion jam jams gridlock",
    "drain outflow exodus flight emigration emigrate",
    "unclear vague ambiguous",
    "fragmented scattered dispersed",
    "vulnerable vulnerability fragile fragility",
    "illegal unlawful",
    "firm company companies enterprise business businesses",
    "house home housing dwelling",
    "worker labour workforce employee staff personnel",
    "city cities urban town",
    "rural countryside village",
    "car vehicle automobile",
    "machine machinery equipment",
    "farmer smallholder peasant",
    "farm farming agriculture agricultural",
    "pupil student schoolchild schoolchildren",
    "women female woman",
    "men male man",
    "doctor physician",
    "ministry ministries department agency agencies",
    "municipal municipality local",
    "authority authorities administration government",
    "cooperation collaboration partnership cooperate collaborate",
    "electricity power",
    "law legislation act regulation",
    "credit loan lending",
    "nursery kindergarten preschool childcare",
    "sea marine ocean",
    "disease illness",
    "investment spending expenditure funding invest underinvestment",
    "bicycle cycle bike",
    "abroad foreign overseas",
    "large big",
    "small little minor",
    "region area zone",
    "risk danger threat hazard",
    "neighbouring adjacent",
    "research science scientific",
    "key core crucial",
    "skilled qualified trained",
    "talent talents professional expert",
    "erosion eroding erode",
    "unemployment unemployed jobless joblessness",
)


def stem(word: str) -> str:
    """A rough stem, enough to join singular and plural, -ise and -ize, "distributed" and "distribution"."""
    plain = re.sub(r"iz(?=[eai])", "is", word)
    for suffix in _SUFFIXES:
        if plain.endswith(suffix) and len(plain) - len(suffix) >= 4:
            return plain[: -len(suffix)]
    return plain


def _groups() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_EQUAL):
        for word in line.split():
            found.setdefault(stem(word), set()).add(number)
    return MappingProxyType({word: frozenset(numbers) for word, numbers in found.items()})


_GROUPS: Final = _groups()


_JUDGED: Final = frozenset(map(stem, _JUDGING))


@lru_cache(maxsize=65_536)
def stems(label: str) -> tuple[str, ...]:
    """Stems of all words but the empty ones, in their order."""
    return tuple(stem(word) for word in re.findall(r"[^\W_]+", label.casefold()) if word not in _EMPTY)


@lru_cache(maxsize=65_536)
def content(label: str) -> frozenset[str]:
    """Stems of the words that carry the meaning; phrases that stand for one word are replaced by it."""
    text = " ".join(re.findall(r"[^\W_]+", label.casefold()))
    for phrase, word in _PHRASES.items():
        text = re.sub(rf"\b{phrase}\b", word, text)
    return frozenset(stem(word) for word in text.split() if word not in _EMPTY | _LIGHT)


def equal(left: str, right: str) -> bool:
    """Whether two stems are forms of one word or stand in one line of words of one meaning."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
    if left == right or (shared >= _ROOT and max(len(left), len(right)) - shared <= _ENDING):
        return True
    return bool(_GROUPS.get(left, frozenset()) & _GROUPS.get(right, frozenset()))


def unmatched(left: str, right: str) -> tuple[frozenset[str], frozenset[str]]:
    """What each of two labels says in words that have no equal in the other.

    >>> unmatched("Ban plastic bags", "Prohibit plastic bags")
    (frozenset(), frozenset())
    >>> sorted(unmatched("Widen the road", "Narrow the road")[0])
    ['widen']
    """
    mine, theirs = content(left), content(right)
    return _without(mine, theirs) - _JUDGED, _without(theirs, mine) - _JUDGED


def _without(words: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if not any(equal(word, other) for other in others))
