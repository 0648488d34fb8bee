"""Sentences of law that bind nobody to act: when a rule applies, what a word means, what a notice counts as."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.statements import clauses
from ingest.statements.cues import words

_CONSTRUED = words("construe deem understand interpret cite mean prevail lapse expire cease")
_FORCE = words("force effect operation")


def legal_effect(verb: Token) -> bool:
    """Whether a verb after *shall* only settles the force, scope or wording of a rule.

    "The order shall enter into force", "it shall take effect", "shall be construed as", "shall not apply".
    """
    lemma = verb.lemma_.lower()
    if lemma in _CONSTRUED:
        return True
    if lemma == "apply":
        return not clauses.passive(verb) and not any(child.dep_ == "dobj" for child in verb.children)
    return lemma in {"enter", "come", "take", "have"} and bool(
        _FORCE & {thing.lower_ for thing in clauses.objects(verb)}
    )
