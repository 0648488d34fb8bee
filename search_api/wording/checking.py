"""Whether the places that a sentence cites bear it out: its numbers, names, quoted and telling words must stand there.

The check knows nothing of the model and trusts nothing it says. It is strict on purpose: a true sentence that is
dropped costs a reader a line, a false one that passes costs the proof.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search_api.common_words import COMMON, ORDINARY
from search_api.vocabulary import stem, words
from search_api.wording import quantities

# How near two words must be to count as the same thing said otherwise (cosine of their vectors).
ALIKE: Final = 0.5
# One telling word may be the writer's own; more are something that the source does not say.
OWN_WORDS: Final = 1
# Of all words but function words, at most this share may be the writer's own.
OWN_SHARE: Final = 0.34
_LONGEST: Final = 600
_NOT_TEXT: Final = re.compile(
    r"https?:|www\.|\]\(|[<>`{}|]|\bjavascript:|[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]"
)
_QUOTED: Final = re.compile(r"[“\"«]([^“”\"«»]{3,})[”\"»]")
_CAPITAL: Final = re.compile(r"[^\W\d_][\w’'-]*")
_NEGATIVE: Final = re.compile(
    r"\b(?:no|not|never|none|neither|nor|without|cannot|hardly|lack\w*|fail\w*|refus\w*|forb[ia]\w*|ban(?:s|ned)?)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(r"\b(?:no|not|never|none|neither|nor|cannot)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A place that may be cited: its exact words, and the title and section that say where it stands."""

    text: str
    place: str = ""


Names = Callable[[str], frozenset[str]]
Embed = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Checker:
    """``names`` gives the IRIs of the places that a text names, ``embed`` vectors of length 1 for words."""

    names: Names
    embed: Embed

    def objection(self, sentence: str, sources: Sequence[Source]) -> str | None:
        """Why a sentence (without its marks) is not borne out by what it cites; None if it is."""
        said, told = " ".join(s.text for s in sources), " ".join(f"{s.place} {s.text}" for s in sources)
        return (
            _unplain(sentence) or _unsaid(sentence, said) or self._unnamed(sentence, told) or self._new(sentence, told)
        )

    def _unnamed(self, sentence: str, told: str) -> str | None:
        if strange := _strange(sentence, told):
            return f"the name {strange} is not there"
        return "it names a place that is not there" if self.names(sentence) - self.names(told) else None

    def _new(self, sentence: str, told: str) -> str | None:
        """Telling words that neither stand in the source nor mean what a word there means."""
        held = {word for word in words(told) if word not in COMMON}
        stems = {stem(word) for word in held}
        asked = list(dict.fromkeys(w for w in words(sentence) if w not in COMMON and not w.isdigit()))
        new = [word for word in asked if stem(word) not in stems and not any(_akin(word, other) for other in held)]
        own = self._unlike(new, sorted(held))
        telling = [word for word in own if word not in ORDINARY]
        if len(telling) > OWN_WORDS or len(own) > OWN_SHARE * len(asked):
            return f"it speaks of {', '.join(own[:3])}, which is not there"
        return None

    def _unlike(self, new: Sequence[str], held: Sequence[str]) -> list[str]:
        if not new or not held:
            return list(new)
        nearest = (self.embed(new) @ self.embed(held).T).max(axis=1)
        return [word for word, cosine in zip(new, nearest, strict=True) if cosine < ALIKE]


def _unplain(sentence: str) -> str | None:
    return "it is not plain text" if len(sentence) > _LONGEST or _NOT_TEXT.search(sentence) else None


def _unsaid(sentence: str, said: str) -> str | None:
    """A number, a quotation or a denial that the cited words do not have."""
    if numbers := quantities.missing(sentence, said):
        return f"the number {numbers[0]} is not there"
    if words_lost := _unquoted(sentence, said):
        return f"the words “{words_lost}” are not there"
    if _DENIES.search(sentence) and not _NEGATIVE.search(said):
        return "it denies something that is not denied there"
    return None


def _unquoted(sentence: str, said: str) -> str | None:
    """Quoted words that do not stand in the source in so many letters."""
    plain = _plain(said)
    return next((quote for quote in _QUOTED.findall(sentence) if _plain(quote) not in plain), None)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").casefold().split()).strip(" .,;")


def _strange(sentence: str, told: str) -> str | None:
    """A capitalised word, not at the beginning, that the source does not have in any form."""
    held = {word.casefold() for word in _CAPITAL.findall(told)}
    for match in list(_CAPITAL.finditer(sentence))[1:]:
        word = re.sub(r"['’]s?$", "", match.group())
        if word[:1].isupper() and not any(_akin(word.casefold(), other) for other in held):
            return word
    return None


def _akin(word: str, other: str) -> bool:
    """Whether two words are forms of one, as Peru and Peruvian are: a shared beginning of most of the shorter one."""
    if word == other:
        return True
    shorter = min(len(word), len(other))
    shared = next((at for at in range(shorter) if word[at] != other[at]), shorter)
    return shared >= 4 and shared >= shorter - 1 and abs(len(word) - len(other)) <= 4
