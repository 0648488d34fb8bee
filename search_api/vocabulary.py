"""Words of the index: which stems occur and how often, to weigh a question's words and to mend its typing errors."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search_api.common_words import COMMON, STOP

SHORTEST = 4
LONG = 6
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDING = re.compile(r"['’]s?$")
_SUFFIXES = (
    *("ational", "ization", "isation", "ations", "ation", "ments", "ment", "ness", "ities", "ity", "ally"),
    *(
        "ies",
        "ising",
        "izing",
        "ings",
        "ing",
        "ised",
        "ized",
        "ises",
        "izes",
        "ise",
        "ize",
        "ives",
        "ive",
        "ers",
        "er",
        "ors",
        "or",
        "ed",
        "es",
    ),
    *("ly", "al", "s", "e", "y"),
)


def words(text: str) -> list[str]:
    """Lower-case words of a text, possessive endings dropped.

    >>> words("Xi's new-quality plan")
    ['xi', 'new', 'quality', 'plan']
    """
    return [_ENDING.sub("", word) if "'" in word or "’" in word else word for word in _WORD.findall(text.casefold())]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A crude stem, at least four letters long: enough to join forms of one word, not to be shown.

    >>> stem("modernising") == stem("modernised")
    True
    """
    for _ in range(2):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 4:
                word = word[: -len(suffix)]
                break
    return word


def content_words(text: str) -> list[str]:
    """Words that carry meaning: no function words, no bare letters."""
    return [word for word in words(text) if word not in STOP and len(word) > 1]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Document frequencies over sentences, by stem, and the full words behind them."""

    size: int
    frequencies: dict[str, int]
    spellings: Counter[str]

    @classmethod
    def of(cls, sentences: Iterable[str]) -> Vocabulary:
        """Count the words of sentences."""
        size = 0
        stems: Counter[str] = Counter()
        spellings: Counter[str] = Counter()
        for sentence in sentences:
            size += 1
            found = words(sentence)
            spellings.update(found)
            stems.update({stem(word) for word in found})
        return cls(size, dict(stems), spellings)

    def knows(self, word: str) -> bool:
        """Whether a form of the word occurs."""
        return stem(word.casefold()) in self.frequencies

    def rarity(self, word: str) -> float:
        """Inverse document frequency of a word, 0 for one in every sentence; unknown words are the rarest."""
        return math.log((self.size + 1) / (self.frequencies.get(stem(word), 0) + 0.5))

    def correct(self, word: str, real: Callable[[], frozenset[str]] = frozenset) -> str:
        """The word as the index spells it, itself if nothing is near enough or if it is among the ``real`` words.

        Words of six letters and more are mended by one edit up to eight letters and two beyond. A shorter word is as
        likely to be another word as a wrong one, unless it is a function word with a letter left out or two swapped.
        """
        folded = word.casefold()
        if len(folded) < SHORTEST or folded in COMMON or self.knows(folded) or not folded.isalpha():
            return word
        if folded in real():
            return word
        reach = 1 if len(folded) <= 8 else 2
        near = [
            (distance, not _left_out(folded, known), -self.spellings[known], known)
            for known in sorted({*self.spellings, *COMMON} if len(folded) >= LONG else STOP)
            if known[:1] == folded[:1]
            and abs(len(known) - len(folded)) <= reach
            and (len(folded) >= LONG or _left_out(folded, known))
            and not _inflects(known, folded)
            and (distance := edits(folded, known, reach)) <= reach
        ]
        return min(near)[-1] if near else word


def _left_out(word: str, known: str) -> bool:
    """Whether a word is another one with letters left out or two of them swapped: the commonest slips of the hand."""
    letters = iter(known)
    return all(letter in letters for letter in word) or sorted(word) == sorted(known)


def _inflects(known: str, word: str) -> bool:
    """Whether two spellings differ in their ending alone: another form of a word is not a typing error."""
    shared = 0
    for left, right in zip(known, word, strict=False):
        if left != right:
            break
        shared += 1
    ending = word[-1:] in "sdygr" and word[-1:] != known[-1:]
    return shared >= min(len(known), len(word)) - 1 and ending and known != word


def edits(left: str, right: str, limit: int) -> int:
    """Edit distance with swapped neighbours as one edit; anything beyond ``limit`` comes back as ``limit + 1``.

    >>> edits("goverment", "government", 2), edits("recieve", "receive", 2)
    (1, 1)
    """
    before: Sequence[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, last, row = row, before, [i, *([0] * len(right))]
        for j, b in enumerate(right, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                row[j] = min(row[j], last[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
