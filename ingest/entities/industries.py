"""Industries, industry groups and technologies named in a sentence: spaCy component ``policyweave_industries``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from ingest.context import text_of
from ingest.entities.names import (
    READ,
    Found,
    annotate,
    in_heading,
    kind_of,
    organisations,
    overlaps,
    register,
    shared_lexicon,
)
from kg.identifiers import entity_iri
from kg.lexicon import Lexicon, Match
from kg.lexicon.folding import word_set
from kg.records import EntityRef

_HEADS = frozenset({"industry", "sector", "manufacturing"})
_LISTING = re.compile(r"\s*(?:,|;|、|and|or|&|/|,\s*and|,\s*or|as well as)\s*(?:the\s+)?")
# Modifiers that say which industries are meant by their standing, not by what they make.
_UNSPECIFIC = word_set(
    "advanced advantaged advantageous affected all backward basic certain characteristic chinese city cluster "
    "clustered common competitive core corporate county critical cross current different diverse domestic dominant "
    "downstream economic emerging entire established existing favorable few first foreign formal global good "
    "government green growing half high high-end home household important independent individual informal "
    "innovative integrated intensive international key key-line large leading less line local low low-end main "
    "major many mature modern more most multiple national new next non-agricultural non-farm non-profit nonprofit "
    "numerous other own particular people pillar polluting pollution potential present priority private "
    "productive professional promising public quality real regional related relative relevant respective rural "
    "same same-type second several similar single sized small social some special specific state-owned strategic "
    "strong such superior supporting sustainable target third three total traditional two underdeveloped upstream "
    "urban user various voluntary weak whole world"
)
# A capitalised word before "Heavy Industry" makes a firm of it.
_FIRM = re.compile(r"\b[A-Z]\w+\s+$")
_MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
# Adjectives that the vocabulary knows as plural nouns: "renewables", not "renewable resources".
_ADJECTIVAL = frozenset({"renewable"})
_ALSO = re.compile(r"\b(?:(?:raw materials|inputs) for|security|safety|prices?|bureau)\b")


def named(doc: Doc, lexicon: Lexicon) -> list[Found]:
    """Industries that the sentence names, in order, without overlaps."""
    text = text_of(doc)
    organised = list(organisations(text))
    matches = [
        match for match in lexicon.find(text, ("industry",), (), 0.3) if not overlaps(match.start, match.end, organised)
    ]
    known = [
        Found(match.start, match.end, EntityRef(match.concept.iri, match.concept.label), match.concept.type, 0.9)
        for match in _accepted(text, matches, in_heading(doc))
    ]
    taken = [(found.start, found.end) for found in known]
    coined = [found for found in _coined(doc) if not overlaps(found.start, found.end, [*taken, *organised])]
    return sorted([*known, *coined], key=lambda found: found.start)


def _accepted(text: str, matches: list[Match], heading: bool) -> Iterator[Match]:
    """All but ordinary words that stand in no list with an industry."""
    sure = [not match.hidden for match in matches]
    for order in (range(len(matches)), range(len(matches) - 1, -1, -1)):
        for at in order:
            for beside in (at - 1, at + 1):
                if not sure[at] and 0 <= beside < len(matches) and sure[beside]:
                    first, second = sorted((matches[at], matches[beside]), key=lambda match: match.start)
                    sure[at] = _LISTING.fullmatch(text, first.end, second.start) is not None
    for match, kept in zip(matches, sure, strict=True):
        firm = not heading and match.text.endswith((" Industry", " Industries")) and _FIRM.search(text, 0, match.start)
        if kept and not firm and match.text.casefold() not in _ADJECTIVAL:
            yield match


def _coined(doc: Doc) -> Iterator[Found]:
    """Industries that the vocabulary does not hold: what stands before "industry", "sector" or "manufacturing"."""
    for token in doc:
        if token.lower_ not in {"industry", "industries", "sector", "sectors", "manufacturing"}:
            continue
        words = _modifiers(token)
        firm = bool(words) and token.text[0].isupper() and not in_heading(doc)
        if firm or not words or words[-1].lower_ in _UNSPECIFIC or all(word.lower_ in _UNSPECIFIC for word in words):
            continue
        start, end = words[0].idx, token.idx + len(token)
        label = text_of(doc)[start : words[-1].idx + len(words[-1])].casefold()
        yield Found(start, end, EntityRef(entity_iri("industry", label), label), "industry", 0.6)


def _modifiers(head: Token) -> list[Token]:
    """The unbroken run of nouns and adjectives before the head, unspecific ones at its start cut off."""
    words: list[Token] = []
    at = head.i - 1
    while at >= 0 and len(words) < 4:
        token = head.doc[at]
        hyphen = token.text == "-" and words
        if not hyphen and (token.pos_ not in _MODIFIERS or token.ent_type_ in {"GPE", "NORP"}):
            break
        if token.pos_ == "VERB" and token.tag_ not in {"VBN", "VBG"}:
            break
        if token.dep_ in {"ROOT", "pcomp", "xcomp", "advcl", "csubj", "conj"} and token.pos_ == "VERB":
            break
        words.insert(0, token)
        at -= 1
    while words and (words[0].lower_ in _UNSPECIFIC or words[0].text == "-"):
        words.pop(0)
    return words


class IndustryComponent:
    """Puts the industries of each sentence into ``doc._.industries`` and ``doc.spans["industries"]``."""

    def __init__(self, lexicon: Lexicon) -> None:
        register()
        self._lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its industries set; references and front matter have none."""
        annotate(doc, "industries", named(doc, self._lexicon) if kind_of(doc) in READ else ())
        return doc


def make_industries(nlp: Language, name: str) -> IndustryComponent:  # noqa: ARG001 (spaCy passes both)
    """The component, with the installed vocabularies."""
    return IndustryComponent(shared_lexicon())


Language.factory("policyweave_industries", func=make_industries)
