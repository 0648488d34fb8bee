"""Which of the fourteen policy themes a statement belongs to, from its words, then its sentence, then its heading."""

from __future__ import annotations

from functools import lru_cache

from ingest.statements.cues.themes import PHRASES, SPECIFIC, STEMS
from kg.records import Theme

_ORDER: tuple[Theme, ...] = tuple(STEMS)
#: How much more a word of a field of its own counts than one of ways and means.
_FAVOUR = 1.3
#: What each further cue of the same theme adds, as a share of its weight.
_FURTHER = 0.25
_OWN, _NEAR, _AROUND = 4.0, 1.0, 1.5
_LONGEST = max(len(stem) for stems in STEMS.values() for stem in stems)


def theme_of(statement: str, sentence: str, headings: tuple[str, ...]) -> Theme:
    """The best theme: words of the statement count most, its sentence and its innermost heading fill gaps.

    >>> theme_of("train more nurses and recruit skilled teachers", "", ())
    'talent'
    """
    own, near = scores(statement), scores(sentence)
    around = scores(headings[-1] if headings else "")
    total = [_OWN * own[i] + _NEAR * near[i] + _AROUND * around[i] for i in range(len(_ORDER))]
    best = max(range(len(_ORDER)), key=lambda i: total[i])
    return _ORDER[best] if total[best] >= 1.0 else "other"


@lru_cache(maxsize=4096)
def scores(text: str) -> tuple[float, ...]:
    """Weight of each theme's cues in a text, in the order of the themes: the best cue and a share of the others."""
    folded = " ".join(text.casefold().split())
    plain = f" {folded.replace('-', ' ')} "
    words = {word.strip(".,;:()\"'“”’") for word in (*folded.split(), *plain.split())}
    beginnings = frozenset(word[:length] for word in words for length in range(1, min(len(word), _LONGEST) + 1))
    return tuple(_score(theme, plain, beginnings) for theme in _ORDER)


def _score(theme: Theme, plain: str, beginnings: frozenset[str]) -> float:
    """Looking stems up in ``beginnings`` (how the words begin, to the longest stem's length) beats comparing each with
    each.
    """
    found = [weight for phrase, weight in PHRASES.get(theme, {}).items() if f" {phrase}" in plain]
    found += [weight for stem, weight in STEMS[theme].items() if stem in beginnings]
    if not found:
        return 0.0
    best = max(found)
    return (best + _FURTHER * (sum(found) - best)) * (_FAVOUR if theme in SPECIFIC else 1.0)
