"""What a question says it is not about: the phrase after "other than", "apart from" or "not related to"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.lexicon import LexicalConcept, Lexicon
from search_api.common_words import COMMON, ORDINARY
from search_api.vocabulary import content_words, stem, words

_NOT: Final = (
    r"\bnot (?:about|on|related to|relating to|concerned with|concerning|connected (?:with|to)|involving"
    r"|having to do with|to do with|dealing with|aimed at|based on|focused on)"
    r"|\bnot (?:in|from|for)(?= (?-i:[A-Z]))|\bunrelated to|\bother than|\bapart from|\baside from|\bbesides"
    r"|\bexcept(?:ing)?(?: for)?|\bexcluding|\bleaving (?:out|aside)|\bnothing to do with|\bbut not"
)
# The phrase ends where the clause does: at punctuation, at a new question word or at a verb that asks.
_END: Final = (
    r"(?=[,;:.?!()]|$|\b(?:what|which|how|who|where|why|do|does|did|is|are|was|were|has|have|should|can|could|that"
    r"|(?:address|tackle|help|support|reduce|improve|face|solve|exist|concern|affect|work)(?:e?s)?)\b)"
)
_EXCLUDED: Final = re.compile(
    rf"(?P<cue>{_NOT})\s+(?:the |any |a |an )?(?P<phrase>[^,;:.?!()]+?)\s*{_END}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A phrase that answers must not be about: its ``text``, and the stems, entities and themes that it names."""

    text: str
    stems: frozenset[str]
    entities: frozenset[str]
    themes: frozenset[str]

    def touches(self, text: str, entities: Sequence[str], themes: Sequence[str]) -> bool:
        """Whether a sentence with this text, these entities and themes is about what is excluded."""
        if not self.entities.isdisjoint(entities) or not self.themes.isdisjoint(themes):
            return True
        return bool(self.stems) and self.stems <= {stem(word) for word in words(text)}


def split(question: str, lexicon: Lexicon) -> tuple[str, Exclusion | None]:
    """The question without the phrase that it excludes, and this phrase; the question itself where it has none.

    >>> from kg.resources import ontology_folder
    >>> asked, out = split("Which steps other than subsidies help bakers?", Lexicon.load(ontology_folder()))
    >>> asked, out and out.text
    ('Which steps help bakers?', 'subsidies')
    """
    found = _EXCLUDED.search(question)
    if found is None:
        return question, None
    phrase = found["phrase"].strip()
    asked = " ".join(f"{question[: found.start()]} {question[found.end() :]}".split()).strip(" ,;:")
    if not [word for word in content_words(asked) if len(word) > 2] or not content_words(phrase):
        return question, None
    return asked, _named(phrase, lexicon)


def _named(phrase: str, lexicon: Lexicon) -> Exclusion:
    matches = lexicon.find(phrase, kinds=("region", "industry", "actor", "theme"))
    entities = {
        iri for m in matches if m.kind != "theme" for iri in (m.concept.iri, *lexicon.descendants(m.concept.iri))
    }
    meaning = [word for word in content_words(phrase) if word not in COMMON]
    telling = [word for word in meaning if word not in ORDINARY] or meaning
    stems = frozenset(map(stem, telling))
    # "Debt" is a part of the theme "finance", "talent" is the whole of its theme: only a theme's own name excludes it.
    named = [m.concept for m in matches if m.kind == "theme"]
    themes = {_code(c) for c in named if stems & {stem(word) for word in words(f"{c.label} {_code(c)}")}}
    return Exclusion(phrase, stems, frozenset(entities), frozenset(themes))


def _code(theme: LexicalConcept) -> str:
    return theme.iri.rpartition("/")[2]
