"""Which place a name means: type words in the text, capital letters, places named nearby, then how well known it is."""

from __future__ import annotations

from collections.abc import Set

from kg.lexicon.folding import word_set, words
from kg.lexicon.index import Entry

# What may follow a name, and the levels of the regions that can be called so.
TYPE_WORDS = {
    "county": {"county"},
    "banner": {"county"},
    "city": {"city", "municipality", "province"},
    "municipality": {"municipality", "city"},
    "province": {"province"},
    "provinces": {"province"},
    "prefecture": {"prefecture", "province"},
    "state": {"province"},
    "oblast": {"province"},
    "governorate": {"province"},
    "department": {"province"},
    "voivodeship": {"province"},
    "district": {"other", "county", "province"},
    "village": {"village"},
    "township": {"town"},
    "town": {"town"},
}
DIRECTIONS = word_set(
    "east west north south central eastern western northern southern northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern"
)
SURNAMES = word_set(
    "Bai Cai Cao Chen Cheng Cui Deng Ding Dong Du Fan Fang Feng Gao Guo Han Hao He Hou Hu Hua Huang Jia Jiang Jin "
    "Kang Kong Lei Li Liang Liao Lin Liu Lu Luo Ma Mao Meng Pan Peng Qian Qin Qiu Ren Shao Shen Shi Song Su Sun "
    "Tan Tang Tian Wang Wei Wu Xi Xia Xiao Xie Xiong Xu Yan Yang Yao Ye Yu Yuan Zeng Zhang Zhao Zheng Zhou Zhu "
    "Zou"
)
_PRIORS = {
    "country": 0.95,
    "province": 0.9,
    "municipality": 0.92,
    "macro-region": 0.9,
    "corridor": 0.9,
    "urban-agglomeration": 0.9,
    "city": 0.8,
    "prefecture": 0.8,
    "county": 0.5,
    "other": 0.7,
}
_LARGE = 2_000_000
_MIDDLING = 500_000
# "Chaoyang" alone: a district only where what it lies in is named.
_BARE_DISTRICT = 0.4


def is_generic(entry: Entry) -> bool:
    """Whether the label is a mere direction ("western region"), which means a place only inside a known country."""
    parts = entry.label.casefold().replace("the ", "").split()
    directions = parts[0] in DIRECTIONS
    return directions and (len(parts) == 1 or parts[-1] in {"region", "regions", "province", "provinces"})


def written_as_name(entry: Entry, surfaces: list[str], lower: bool) -> bool:
    """Whether the text writes the words as the label demands: capitals where the label has them.

    ``lower``: the whole text is in lower case, as keyword questions are; then only abbreviations are demanding.
    """
    label = entry.label
    if label.islower():
        return True
    compact = label.replace(".", "")
    if compact.isupper() and len(compact) <= 6:
        return (
            "".join(surfaces).replace(".", "").isupper()
            or (lower and len(compact) > 2)
            or (compact in {"UK", "EU"} and lower)
        )
    if lower or label[0].isdigit():
        return True
    demanded = [word.surface[0].isupper() for word in words(label)]
    if len(demanded) != len(surfaces):
        return surfaces[0][0].isupper()
    return all(surface[0].isupper() for surface, capital in zip(surfaces, demanded, strict=True) if capital)


def prior(entry: Entry) -> float:
    """How likely the name means this place where nothing else is known."""
    concept = entry.concept
    score = _PRIORS.get(concept.type, 0.5)
    if concept.type == "city" and concept.size == 0 and _is_below_prefecture(concept.notation):
        score = 0.55
    if concept.type == "city" and 0 < concept.size < _MIDDLING:
        score = 0.7
    if concept.type == "other" and entry.hidden:
        return _BARE_DISTRICT
    if concept.size > _LARGE:
        score = 0.85
    if concept.type in {"county", "other", "city"} and entry.label.partition(" ")[2] and entry.label == concept.label:
        score = max(score, 0.75)
    if concept.type == "county" and any(broader.rsplit("/", 1)[1].isalpha() for broader in concept.broader):
        score = max(score, 0.75)
    if is_generic(entry):
        score = 0.6 if concept.members else 0.5
    return score


def in_context(entry: Entry, prefer: Set[str], near: bool, home: bool) -> float:
    """What the context adds: the place itself, its surroundings or at least its country named nearby.

    ``prefer`` are the places named; ``near`` says that one of them contains the candidate or lies in it (countries and
    what spans them do not count), ``home`` that one of them lies in the candidate's country.
    """
    if not prefer:
        return 0.0
    district = entry.hidden and entry.concept.type == "other"
    if district and not prefer.isdisjoint((entry.concept.iri, *entry.concept.broader)):
        return 0.6
    if entry.concept.iri in prefer:
        return 0.35
    if near:
        return 0.3
    if home:
        return 0.2 if is_generic(entry) else 0.1
    return -0.4 if is_generic(entry) else -0.1


def _is_below_prefecture(notation: tuple[str, ...]) -> bool:
    """Whether a Chinese division code is that of a county or of what has its rank."""
    return bool(notation) and notation[0].isdigit() and not notation[0].endswith("00")


def best_fitting(entries: list[Entry], word: str) -> list[Entry]:
    """The readings that this type word can follow; those that are called just so ("Jilin city") before the others."""
    fitting = [entry for entry in entries if entry.concept.type in TYPE_WORDS[word]]
    return [entry for entry in fitting if entry.concept.type == word] or fitting
