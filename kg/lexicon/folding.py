"""Words of a text and the folded form under which they are compared: case, accents, spelling and number left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"((?:[^\W\d_]\.){2,}|[^\W_一-鿿]+(?:['’ʼ](?!s\b)[^\W_一-鿿]+)*)(?:['’]s\b)?")
_GAP = re.compile(r"[\s\-‐‑–/]*['’]?[\s\-‐‑–/]*")
CHINESE = re.compile(r"[一-鿿]")
_CHINESE_SHARE = 0.3
# Words whose folded forms are remembered: those of a long document.
_REMEMBERED = 1 << 16
_SPELLINGS = {
    "centre": "center",
    "fibre": "fiber",
    "programme": "program",
    "defence": "defense",
    "aluminium": "aluminum",
    "ageing": "aging",
    "labour": "labor",
    "catalogue": "catalog",
    "tonne": "ton",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its place in the text and whether only blanks or hyphens lie between it and the word before."""

    start: int
    end: int
    surface: str
    joined: bool


def words(text: str) -> Iterator[Word]:
    """The words of a text in order, possessive endings and Chinese characters left out.

    >>> [word.surface for word in words("Xi'an's new-energy cars")]
    ["Xi'an", 'new', 'energy', 'cars']
    """
    end = 0
    for match in _WORD.finditer(text):
        yield Word(
            match.start(1), match.end(1), match.group(1), bool(end) and bool(_GAP.fullmatch(text, end, match.start(1)))
        )
        end = match.end(1)


def word_set(text: str) -> frozenset[str]:
    """A set of words written as one text, which keeps long lists readable.

    >>> sorted(word_set("east west"))
    ['east', 'west']
    """
    return frozenset(text.split())


def is_chinese(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return CHINESE.search(text) is not None


def is_mainly_chinese(text: str) -> bool:
    """Whether Chinese characters are a good part of the letters, so that it must be read as Chinese.

    >>> is_mainly_chinese("发展AI产业"), is_mainly_chinese("the hukou (户口) system of residence")
    (True, False)
    """
    if text.isascii():
        return False
    return len(CHINESE.findall(text)) >= _CHINESE_SHARE * max(1, sum(letter.isalpha() for letter in text))


@lru_cache(maxsize=_REMEMBERED)
def fold_name(surface: str) -> str:
    """A word of a name: case, accents, apostrophes and full stops left out.

    >>> fold_name("Xi'an"), fold_name("U.S."), fold_name("Pará")
    ('xian', 'us', 'para')
    """
    if surface.isalnum() and surface.isascii():
        return surface.lower()
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", surface) if not unicodedata.combining(mark))
    return re.sub(r"['’ʼ.]", "", plain).casefold()


@lru_cache(maxsize=_REMEMBERED)
def fold_term(surface: str) -> str:
    """A word of a term: as a name, and number and British or American spelling left out too.

    >>> fold_term("Industries"), fold_term("labour"), fold_term("digitisation"), fold_term("gas")
    ('industry', 'labor', 'digitization', 'gas')
    """
    word = fold_name(surface)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")):
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(("ches", "shes", "xes", "sses")):
            word = word[:-2]
        else:
            word = word[:-1]
    word = _SPELLINGS.get(word, word)
    return word.replace("isation", "ization") if "isation" in word else word


def key(label: str, fold: Callable[[str], str]) -> str:
    """The folded words of a label, joined by blanks."""
    return " ".join(fold(word.surface) for word in words(label))
