"""Labels of one kind of concept under their folded words, for longest-match search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kg.lexicon.concept import LexicalConcept
from kg.lexicon.folding import fold_name, fold_term, is_chinese, key


class Entry(NamedTuple):
    """A label of a concept; ``hidden`` labels count for less."""

    concept: LexicalConcept
    label: str
    hidden: bool


def _labels(concept: LexicalConcept) -> Iterator[tuple[str, bool]]:
    for label in (concept.label, *concept.alt_labels):
        if label not in concept.hidden_labels:
            yield label, False
    for label in concept.hidden_labels:
        yield label, True


def _searched(concept: LexicalConcept) -> bool:
    """The long official titles of classifications order the vocabulary; nobody writes them."""
    return not (concept.kind == "industry" and concept.notation)


class LabelIndex:
    """Looks up sequences of folded words (``phrase``) and stretches of Chinese text (``chinese``)."""

    def __init__(self, kind: str, concepts: Iterable[LexicalConcept]) -> None:
        self.fold: Callable[[str], str] = fold_name if kind == "region" else fold_term
        self._phrases: dict[str, list[Entry]] = {}
        self._longest: dict[str, int] = {}
        self._chinese: dict[str, list[Entry]] = {}
        for concept in concepts:
            if not _searched(concept):
                continue
            for label, hidden in _labels(concept):
                self._add(Entry(concept, label, hidden))
        self.longest_chinese = max(map(len, self._chinese), default=0)

    def _add(self, entry: Entry) -> None:
        label = entry.label
        if not label.isascii() and is_chinese(label):
            self._chinese.setdefault(label, []).append(entry)
            bare = label.rstrip("省市县区州旗盟")
            if entry.concept.kind == "region" and bare != label and len(bare) > 1:
                self._chinese.setdefault(bare, []).append(entry)
            return
        plain = self.fold is fold_name and label.isascii() and label.replace(" ", "").isalpha()
        phrase = label.lower() if plain else key(label, self.fold)
        if not phrase:
            return
        known = self._phrases.setdefault(phrase, [])
        twin = next((place for place, other in enumerate(known) if other.concept is entry.concept), None)
        if twin is None:
            known.append(entry)
        elif known[twin].label[0].isupper() and label[0].islower():
            known[twin] = entry
        first, _, rest = phrase.partition(" ")
        length = rest.count(" ") + 2 if rest else 1
        if length > self._longest.get(first, 0):
            self._longest[first] = length

    def longest(self, first: str) -> int:
        """How many words the longest label has that starts with this folded word; 0 if none does."""
        return self._longest.get(first, 0)

    def phrase(self, folded: str) -> list[Entry]:
        """Labels whose folded words are these."""
        return self._phrases.get(folded, [])

    def chinese(self, text: str) -> list[Entry]:
        """Labels that are exactly this Chinese text, a region's also without its type word."""
        return self._chinese.get(text, [])
