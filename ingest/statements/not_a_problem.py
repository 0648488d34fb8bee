"""Where a noun of trouble tells of none: the trouble is over, only supposed, only looked into, or only defined."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.statements import clauses
from ingest.statements.cues import words

#: What troubles do when they get less; of good things the same verbs tell a problem.
FALLING = words(
    """
    decline decrease fall drop shrink diminish dwindle slow weaken deteriorate stagnate contract plunge
    """
)
_EASED = FALLING - words("deteriorate stagnate slow") | words(
    "ease recede narrow subside abate vanish disappear lessen cease halve improve"
)
_LOOKED_INTO = words(
    """
    assess monitor study map measure record survey estimate evaluate predict forecast report define describe denote
    """
)
_NAMING = words("define understand describe mean denote refer conceive")
_SUPPOSED = words("case event")


def told_otherwise(noun: Token) -> bool:
    """Whether the sentence tells that the trouble a noun names is over, or does not tell that there is any."""
    return _eased(noun) or _supposed(noun) or _looked_into(noun) or _defined(noun)


def _eased(noun: Token) -> bool:
    """ "Deaths from malaria have fallen", "the gap was narrowed": the trouble is getting less."""
    subject = _outermost(noun)
    verb = subject.head
    if subject.dep_ not in {"nsubj", "nsubjpass"} or verb.pos_ != "VERB" or clauses.negated(verb):
        return False
    return verb.lemma_.lower() in _EASED and not clauses.auxiliaries(verb) & {"should", "must", "shall", "to"}


def _supposed(noun: Token) -> bool:
    """ "In case of failure", "in the event of a dispute": a rule for what may never happen."""
    of = noun.head
    return noun.dep_ == "pobj" and of.lower_ == "of" and of.head.lower_ in _SUPPOSED and of.head.head.lower_ == "in"


def _looked_into(noun: Token) -> bool:
    """ "Assess the risk of landslides": what is asked for is knowledge."""
    return noun.dep_ == "dobj" and noun.head.pos_ == "VERB" and noun.head.lemma_.lower() in _LOOKED_INTO


def _defined(noun: Token) -> bool:
    """ "Water stress is defined as …"."""
    return noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.pos_ == "VERB" and noun.head.lemma_.lower() in _NAMING


def _outermost(noun: Token) -> Token:
    """ "The number of accidents": the noun that the verb has for its subject."""
    while noun.dep_ == "pobj" and noun.head.lower_ in {"of", "in"} and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
    return noun
