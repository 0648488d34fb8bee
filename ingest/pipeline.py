"""All stages from a source to its records, in order, on one screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from ingest import context, references
from ingest.entities import actors, chinese, industries, mentions, regions
from ingest.figures import statistics
from ingest.links import relations, scope
from ingest.statements import challenges, drafting, measures, roles, second_look
from ingest.statements.role_head import RoleHead
from ingest.text.layout import Layout, lay_out
from kg.errors import ModelError
from kg.lexicon import Lexicon
from kg.lexicon.folding import is_mainly_chinese
from kg.records import DocumentRecords, Labelling, Mention, Source, Statement

# Importing these registers their components with spaCy.
REGISTERED = (regions, industries, actors, statistics, measures, challenges, roles)
COMPONENTS = (
    "policyweave_regions",
    "policyweave_industries",
    "policyweave_actors",
    "policyweave_statistics",
    "policyweave_measures",
    "policyweave_challenges",
    "policyweave_roles",
)
# Characters. Nobody writes longer sentences: what looks like one is a table or a list, and costs its length squared.
LONGEST = 8_000
Embed = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document taken apart, with one analysed Doc a sentence, and what was found in its sentences."""

    layout: Layout
    docs: Sequence[Doc]
    labellings: tuple[Labelling, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Extractor:
    """What the stages need: a spaCy pipeline with our components, the lexicon, sentence vectors and the role head.

    ``head`` is None for an embedder that it was not trained with; then the rules stand alone.
    """

    nlp: Language
    lexicon: Lexicon
    embed: Embed
    head: RoleHead | None

    def extract(self, source: Source) -> DocumentRecords:
        """All records of one source. Deterministic: the same source gives equal records."""
        found = self.analyse(source)
        layout = found.layout
        return DocumentRecords(
            document=layout.document,
            text=source.text,
            sections=layout.sections,
            passages=layout.passages,
            sentences=layout.sentences,
            labellings=found.labellings,
            mentions=found.mentions,
            statements=found.statements,
            statistics=statistics.collect(found.docs, layout, found.mentions, source.text),
            relations=relations.collect(found.statements, layout, self.embed),
            pages=source.pages,
            boxes=source.boxes,
            blocks=source.blocks,
            facts=source.facts,
            notes=source.notes,
            given=source.given,
            references=references.collect(layout, source.text),
        )

    def analyse(self, source: Source) -> Analysis:
        """What the sentences of a source say one by one, before statements are related."""
        layout = lay_out(source, self.nlp)
        docs = self.parse(layout)
        if self.head is not None:
            second_look.look(docs, self.head, self.embed)
        found_mentions = mentions.collect(docs, layout, source.text)
        labellings, drafts = drafting.collect(docs, layout, source.text)
        statements = scope.complete(drafts, layout, found_mentions, self.lexicon)
        return Analysis(layout, docs, labellings, found_mentions, statements)

    def parse(self, layout: Layout) -> list[Doc]:
        """One Doc a sentence, in order, with its context and setting set before any component sees it."""
        setting = mentions.setting_of(layout.sentences, self.lexicon)
        docs = []
        for sentence, place in zip(layout.sentences, context.places(layout), strict=True):
            doc = self.nlp.make_doc(sentence.text if len(sentence.text) <= LONGEST else "")
            doc._.context, doc._.setting = place, setting
            docs.append(doc)
        parsed = iter(self.nlp.pipe(doc for doc in docs if not is_mainly_chinese(doc.text)))
        return [self._named(doc) if is_mainly_chinese(doc.text) else next(parsed) for doc in docs]

    def _named(self, doc: Doc) -> Doc:
        """A Chinese sentence with the entities in it: the parser and the rules on its parse know English only."""
        doc = chinese.find_entities(doc, self.lexicon)
        doc._.roles = roles.judge(doc)
        return doc


def language_model(name: str) -> Language:
    """The spaCy pipeline ``name`` with our components behind its own. Raises ModelError if it is not installed."""
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(
            f"spaCy pipeline '{name}' is not installed: install its package, "
            "or name another with POLICYWEAVE_SPACY_MODEL"
        ) from error
    missing = {"tagger", "parser", "lemmatizer"} - set(nlp.pipe_names)
    if missing:
        raise ModelError(f"spaCy pipeline '{name}' lacks {', '.join(sorted(missing))}: name a pipeline that has them")
    context.register()
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp
