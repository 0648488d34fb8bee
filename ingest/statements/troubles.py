"""Seeds of challenges in a parse: phrases that name a problem and clauses that tell one, each with its strength."""

from __future__ import annotations

from spacy.tokens import Doc

from ingest.statements.named_problems import RELIEF, phrases
from ingest.statements.seed import Seed
from ingest.statements.told_problems import idioms, told


def seeds(doc: Doc) -> list[Seed]:
    """All seeds of a sentence, overlapping ones included, in order of place."""
    found = [*phrases(doc), *told(doc), *idioms(doc)]
    return sorted(found, key=lambda seed: (seed.start, -seed.end, seed.kind))


def relieved(seed: Seed) -> bool:
    """Whether the seed is the object of solving, reducing or avoiding."""
    node = seed.head
    for _ in range(3):
        if node.head.lemma_.lower() in RELIEF and node.head.pos_ == "VERB":
            return True
        node = node.head
    return False
