"""What the role head's thresholds are worth on a paper that took no part in choosing them.

    python -m benchmarks.leave_one_out ../shared TEXTS DATA

For each paper with public annotations the thresholds are chosen on the other papers, on the training sentences (judged
by heads that have not seen them) and on the sentences of other documents in ``labels/tuning``, and scored on the paper
left out. The last rows choose on all of them: these thresholds are in use. TEXTS is the folder that
``convert_documents.py`` wrote, DATA a folder for the exported embedder.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Final

from spacy.tokens import Doc

from ingest.context import SentenceContext
from ingest.pipeline import Extractor, language_model
from ingest.readers import read
from ingest.statements import drafting, role_head, second_look
from ingest.statements.second_look import CHOSEN, Thresholds
from ingest.text.layout import Layout, lay_out
from ingest.training import train
from kg.evaluation.gold import Gold, read_gold
from kg.evaluation.predictions import Found, FoundSentence, FoundStatement
from kg.evaluation.scoring import score
from kg.evaluation.tally import precision_recall_f1
from kg.index.embedder import open_embedder
from kg.lexicon import Lexicon
from kg.records import Role
from kg.resources import ontology_folder
from kg.settings import Settings

GRID: Final = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
Worth = Mapping[tuple[Role, int], list[float]]
TUNING: Final = Path(__file__).with_name("labels") / "tuning"
JUDGED: Final[tuple[Role, ...]] = ("measure", "challenge")
_KEPT: Final = ("roles", "measures", "challenges")


@dataclass(frozen=True, slots=True)
class Judged:
    """A parsed sentence as the rules left it, and what the head says about it."""

    doc: Doc
    rules: dict[str, object]
    head: dict[Role, float]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with its gold annotations."""

    gold: Gold
    layout: Layout
    text: str
    docs: list[Doc]
    judged: list[Judged]

    def found(self, thresholds: Thresholds) -> Found:
        """What is extracted with these thresholds."""
        _apply(self.judged, thresholds)
        labellings, drafts = drafting.collect(self.docs, self.layout, self.text)
        places = {sentence.id: (sentence.start, sentence.end) for sentence in self.layout.sentences}
        return Found(
            sentences=[FoundSentence(*places[one.sentence], frozenset(one.roles)) for one in labellings],
            statements=[FoundStatement(d.start, d.end, d.id, d.type, d.text, d.theme, d.status) for d in drafts],
        )


@dataclass(frozen=True, slots=True)
class Texts:
    """One paper, or several documents scored together because each has too few challenges to be scored alone."""

    title: str
    papers: list[Paper]

    def f1(self, thresholds: Thresholds) -> dict[str, float]:
        """F1 of each measure with these thresholds."""
        golds = [paper.gold for paper in self.papers]
        tally = score({paper.gold.name: paper.found(thresholds) for paper in self.papers}, golds)
        return {name: precision_recall_f1(tally.total(name))[2] for name in tally.counts}


@dataclass(frozen=True, slots=True)
class Own:
    """The training sentences, each judged by heads that have not seen it."""

    roles: list[frozenset[str]]
    judged: list[Judged]
    title: str = "own"

    def f1(self, thresholds: Thresholds) -> dict[str, float]:
        """F1 of rules and head together on whole sentences."""
        _apply(self.judged, thresholds)
        made = {}
        for role in JUDGED:
            pairs = [
                (role in truth, role in one.doc._.roles) for truth, one in zip(self.roles, self.judged, strict=True)
            ]
            right, wrong = pairs.count((True, True)), pairs.count((True, False)) + pairs.count((False, True))
            made[f"sentence.{role}"] = 2 * right / (2 * right + wrong)
        return made


def main() -> None:
    """Print for each paper what was chosen without it and what it scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("data", type=Path)
    arguments = parser.parse_args()
    settings = Settings(data=arguments.data)
    extractor = _extractor(settings)
    golds = sorted((arguments.shared / "eval" / "gold").glob("*.jsonl"))
    papers = [
        Texts(gold.stem.split("_")[0], [_paper(extractor, gold, arguments.shared / "papers", settings)])
        for gold in golds
    ]
    own = _own(extractor, settings)
    labels = sorted(TUNING.glob("*.jsonl"))
    others = Texts("other documents", [_paper(extractor, one, arguments.texts, settings) for one in labels])
    worth = {(role, id(one)): _worth(one, role) for role in JUDGED for one in [*papers, own, others]}
    for left_out in [*papers, None]:
        thresholds = choose([*(paper for paper in papers if paper is not left_out), own, others], worth)
        print(f"left out: {left_out.title if left_out else 'nothing'}")
        print("  thresholds: " + ", ".join(f"{role} {thresholds[role]}" for role in JUDGED))
        for tested in [left_out] if left_out else [*papers, own, others]:
            scores = sorted(tested.f1(thresholds).items())
            print(f"  {tested.title}  " + "  ".join(f"{key} {value:.3f}" for key, value in scores))


def choose(on: Sequence[Texts | Own], worth: Worth) -> Thresholds:
    """The thresholds of the grid with the best mean F1 of sentences and statements over ``on``, each role by itself."""
    chosen = dict(CHOSEN)
    for role in JUDGED:
        means = [fmean(worth[role, id(one)][index] for one in on) for index in range(len(GRID))]
        chosen[role] = GRID[means.index(max(means))]
    return chosen


def _worth(one: Texts | Own, role: Role) -> list[float]:
    """Mean F1 of one role's sentences and statements for each threshold of the grid; roles do not touch each other."""
    scores = (one.f1({**CHOSEN, role: threshold}) for threshold in GRID)
    names = (f"sentence.{role}", f"span.{role}")
    return [round(fmean([f1[name] for name in names if name in f1] or [0.0]), 4) for f1 in scores]


def _apply(judged: Sequence[Judged], thresholds: Thresholds) -> None:
    for one in judged:
        for name, value in one.rules.items():
            setattr(one.doc._, name, value)
        second_look.apply(one.doc, one.head, thresholds)


def _extractor(settings: Settings) -> Extractor:
    embedder = open_embedder(settings)
    lexicon = Lexicon.load(ontology_folder())
    head = role_head.load(embedder.fingerprint)
    return Extractor(language_model(settings.spacy_model), lexicon, embedder.embed, head)


def _paper(extractor: Extractor, gold: Path, papers: Path, settings: Settings) -> Paper:
    source = read(papers / f"{gold.stem}.txt", settings.max_file_bytes)
    layout = lay_out(source, extractor.nlp)
    docs = extractor.parse(layout)
    assert extractor.head is not None
    judged = [_judged(doc, head) for doc, head in second_look.judge(docs, extractor.head, extractor.embed)]
    read_all = read_gold(gold)
    statements_only = Gold(read_all.name, read_all.units, read_all.roles, read_all.statements)
    return Paper(statements_only, layout, source.text, docs, judged)


def _judged(doc: Doc, head: dict[Role, float]) -> Judged:
    return Judged(doc, {name: getattr(doc._, name) for name in _KEPT}, head)


def _own(extractor: Extractor, settings: Settings) -> Own:
    examples = train.read(train.SENTENCES)
    _, matrix = train.table(examples, open_embedder(settings), settings.spacy_model)
    columns = {role: train.unseen(matrix, train.truth(examples, role)) for role in train.ROLES}
    docs = extractor.nlp.pipe(_placed(extractor, examples))
    judged = [
        _judged(doc, {role: float(column[index]) for role, column in columns.items()}) for index, doc in enumerate(docs)
    ]
    return Own([example.roles for example in examples], judged)


def _placed(extractor: Extractor, examples: Sequence[train.Example]) -> Iterator[Doc]:
    for example in examples:
        doc = extractor.nlp.make_doc(example.text)
        headings = (example.heading,) if example.heading else ()
        doc._.context = SentenceContext("prose", "body", headings, 0, "", "", "")
        yield doc


if __name__ == "__main__":
    main()
