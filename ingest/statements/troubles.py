"""Seeds of challenges in a parse: phrases that name a problem and clauses that tell one, each with its strength."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from ingest.statements import clauses
from ingest.statements.agency import agentive
from ingest.statements.named_problems import RELIEF, phrases
from ingest.statements.seed import Seed
from ingest.statements.told_problems import idioms, told


def seeds(doc: Doc) -> list[Seed]:
    """All seeds of a sentence, overlapping ones included, in order of place."""
    found = [*phrases(doc), *told(doc), *idioms(doc)]
    return sorted(found, key=lambda seed: (seed.start, -seed.end, seed.kind))


def relief(seed: Seed) -> Token | None:
    """The verb of solving, reducing or avoiding that has the seed for its object."""
    node = seed.head
    for _ in range(3):
        if node.head.lemma_.lower() in RELIEF and node.head.pos_ == "VERB":
            return node.head
        node = node.head
    return None


def by_itself(verb: Token) -> bool:
    """ "Wetlands reduce flooding": no body does it; so things are, whatever is done."""
    subject = clauses.inherited_subject(verb)
    finite = verb.tag_ in {"VBZ", "VBP", "VBD"} and not clauses.auxiliaries(verb)
    return finite and subject is not None and not agentive(subject)
