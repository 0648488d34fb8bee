"""Everything that the program makes of one sentence, gathered from the published index and from a parse of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from ingest import context
from ingest.entities import mentions
from ingest.pipeline import language_model
from ingest.readers import read
from ingest.statements import role_head, second_look
from ingest.text.layout import Layout, lay_out
from ingest.text.view import View
from kg.graph.build import facts
from kg.graph.terms import GENERATED_BY, PREFIXES
from kg.identifiers import iri
from kg.index.embedder import open_embedder
from kg.lexicon import Lexicon
from kg.records import Concept, DocumentRecords, Mention, Relation, Role, Section, Sentence, Source, Statement
from kg.resources import corpus_folder, ontology_folder
from kg.settings import Settings
from kg.snapshot import Snapshot, open_snapshot

SOURCE: Final = "001_deqing-county-economy.md"
WORDS: Final = "should plan early for emerging and future industries"
"""Words of the sentence that is followed; it is our own, as all of the corpus."""
NEAREST: Final = 3


@dataclass(frozen=True, slots=True)
class Trace:
    """One sentence at every stage. ``rules`` and ``head`` hold roles with the confidence that each side gives them."""

    source: Source
    section: Section
    sentence: Sentence
    view: View
    doc: Doc
    rules: Mapping[Role, float]
    head: Mapping[Role, float]
    roles: Mapping[Role, float]
    mentions: Sequence[Mention]
    statements: Sequence[Statement]
    relations: Sequence[tuple[Relation, Statement]]
    concepts: Sequence[tuple[Concept, tuple[tuple[str, Statement], ...]]]
    triples: Sequence[str]
    vector: Sequence[float]
    nearest: Sequence[tuple[float, str, str]]


def trace(settings: Settings) -> Trace:
    """Follow the sentence. Raises SnapshotError where the index is missing, LookupError where it lacks the sentence."""
    snapshot = open_snapshot(settings.data)
    records = next(one for one in snapshot.documents.values() if one.document.source == SOURCE)
    sentence = next(one for one in records.sentences if WORDS in one.text)
    source = read(corpus_folder() / SOURCE, settings.max_file_bytes)
    nlp = language_model(settings.spacy_model)
    layout = lay_out(source, nlp)
    doc = nlp.make_doc(sentence.text)
    doc._.context = _place(layout, sentence)
    doc._.setting = mentions.setting_of(layout.sentences, Lexicon.load(ontology_folder()))
    doc = nlp(doc)
    rules = dict(doc._.roles)
    embedder = open_embedder(settings)
    head = role_head.load(embedder.fingerprint)
    judged = second_look.judge([doc], head, embedder.embed)[0][1] if head else {}
    labelling = next(one for one in records.labellings if one.sentence == sentence.id)
    statements = [one for one in records.statements if one.sentence == sentence.id]
    index = snapshot.vectors("sentences")
    vector = index.vector(sentence.id)
    return Trace(
        source=source,
        section=next(one for one in records.sections if one.id == sentence.section),
        sentence=sentence,
        view=layout.views[sentence.id],
        doc=doc,
        rules=rules,
        head=judged,
        roles=dict(zip(labelling.roles, labelling.scores, strict=True)),
        mentions=[one for one in records.mentions if one.sentence == sentence.id],
        statements=statements,
        relations=_relations(records, statements),
        concepts=_concepts(snapshot, statements),
        triples=_triples(snapshot, statements, settings),
        vector=[float(value) for value in vector],
        nearest=_nearest(snapshot, sentence.id, [(hit.id, hit.score) for hit in index.search(vector, NEAREST + 1)]),
    )


def _place(layout: Layout, sentence: Sentence) -> context.SentenceContext:
    pairs = zip(layout.sentences, context.places(layout), strict=True)
    return next(place for one, place in pairs if one.id == sentence.id)


def _relations(records: DocumentRecords, statements: Sequence[Statement]) -> list[tuple[Relation, Statement]]:
    known = {one.id: one for one in records.statements}
    ours = {one.id for one in statements}
    return [(one, known[one.object]) for one in records.relations if one.subject in ours]


def _concepts(
    snapshot: Snapshot, statements: Sequence[Statement]
) -> list[tuple[Concept, tuple[tuple[str, Statement], ...]]]:
    places = {s.id: (d.document.source, s) for d in snapshot.documents.values() for s in d.statements}
    ours = {one.id for one in statements}
    held = [concept for concept in snapshot.concepts if ours & set(concept.members)]
    return [(concept, tuple(sorted((places[m] for m in concept.members), key=_by_place))) for concept in held]


def _by_place(member: tuple[str, Statement]) -> tuple[str, int]:
    return member[0], member[1].start


def _triples(snapshot: Snapshot, statements: Sequence[Statement], settings: Settings) -> list[str]:
    """What the graph says about the first statement and its concept, in Turtle's short form."""
    node = iri(settings.base_iri, "statement", statements[0].id)
    concept = next(one.iri for one in snapshot.concepts if statements[0].id in one.members)
    lines = {
        " ".join(short(str(term), settings.base_iri) for term in (triple.subject, triple.predicate, triple.object))
        for triple in facts(list(snapshot.documents.values()), snapshot.concepts, settings)
        # Which run made it changes with every version of the program: the page would too.
        if getattr(triple.subject, "value", "") in {node, concept} and triple.predicate != GENERATED_BY
    }
    return sorted(lines)


def short(term: str, base: str) -> str:
    """An IRI with its prefix; a literal or an unknown IRI as it is."""
    for prefix, start in sorted([("", base), *PREFIXES.items()], key=lambda pair: -len(pair[1])):
        if term.startswith(f"<{start}"):
            return f"{prefix}:{term[len(start) + 1 : -1]}" if prefix else f"<{term[len(start) + 1 : -1]}>"
    return term


def _nearest(snapshot: Snapshot, own: str, hits: Sequence[tuple[str, float]]) -> list[tuple[float, str, str]]:
    texts = {s.id: (d.document.source, s.text) for d in snapshot.documents.values() for s in d.sentences}
    return [(score, *texts[identifier]) for identifier, score in hits if identifier != own][:NEAREST]
