"""Fit the weights of ``ingest/links/relation_weights.json`` and tell how well they carry over: leave-one-paper-out.

    python benchmarks/fit_relations.py [--write]

Needs the optional folder ../shared (papers and gold annotations) beside the checkout. The texts in ``relations.jsonl``,
invented for this project, take no part in fitting: they are scored. Candidates are pairs of statements as the pipeline
finds them; one is true if any annotator drew a relation between the same two sentences. The weights of each
kind of clue are fitted by logistic regression; no text of the papers is kept. Precision counts pairs of sentences, as
the scorer in ../shared/eval does, and against us each relation with an end that no annotator marked.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from ingest.links.candidates import BASIS, FEATURES, Candidate, Kind
from ingest.links.relation_model import WEIGHTS, RelationModel
from ingest.links.relations import drawable
from ingest.pipeline import Analysis, Extractor, language_model
from ingest.readers import read
from ingest.statements import role_head
from kg.identifiers import sha256
from kg.index.embedder import open_embedder
from kg.lexicon import Lexicon
from kg.records import Sentence, Source, Statement
from kg.resources import ontology_folder
from kg.settings import Settings

SHARED = Path(__file__).resolve().parents[2] / "shared"
INVENTED = Path(__file__).resolve().parent / "relations.jsonl"
STRENGTH = 2.0
"""Inverse of the L2 penalty."""
LEAST = 0.4
"""Probability from which a relation is told."""
SCAN = (0.3, 0.35, 0.4, 0.45, 0.5)
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """Candidates of a paper; ``pairs`` are the gold sentences that each stands for, none where an end is loose.

    ``drawn`` maps the annotators' pairs of sentences to whether both drew them.
    """

    name: str
    candidates: Sequence[Candidate]
    pairs: Sequence[frozenset[Pair]]
    drawn: Mapping[Pair, bool]

    def true(self, index: int) -> bool:
        """Whether an annotator drew the candidate."""
        return bool(self.pairs[index] & self.drawn.keys())


def main() -> None:
    """Extract, fit, report, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="replace the weights in the package")
    arguments = parser.parse_args()
    if not (SHARED / "eval" / "gold").is_dir():
        sys.exit(f"needs the gold annotations in {SHARED}/eval/gold")
    papers, invented = _papers()
    held = [_fit([other for other in papers if other is not paper]) for paper in papers]
    fitted = _fit(papers)
    _report("papers, each left out in turn", papers, held)
    _report("papers, fitted on all", papers, [fitted] * len(papers))
    _report("invented texts, fitted on the papers", invented, [fitted] * len(invented))
    if arguments.write:
        WEIGHTS.write_text(json.dumps(_plain(fitted), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _papers() -> tuple[list[Paper], list[Paper]]:
    """The annotated papers and the invented texts."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(data=Path(scratch))
        embedder = open_embedder(settings)
        nlp = language_model(settings.spacy_model)
        head = role_head.load(embedder.fingerprint)
        extractor = Extractor(nlp, Lexicon.load(ontology_folder()), embedder.embed, head)
        gold = sorted((SHARED / "eval" / "gold").glob("*.jsonl"))
        papers = [_paper(path, extractor, settings.max_file_bytes) for path in gold]
        lines = INVENTED.read_text(encoding="utf-8").splitlines()
        return papers, [_invented(json.loads(line), extractor) for line in lines]


def _paper(path: Path, extractor: Extractor, most: int) -> Paper:
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    source = read(SHARED / "papers" / f"{path.stem}.txt", most)
    analysis = extractor.analyse(source)
    return _of(path.stem, extractor, analysis, lambda statement: _sentences(statement, gold), _drawn(gold))


def _invented(line: Mapping[str, Any], extractor: Extractor) -> Paper:
    data = line["text"].encode()
    source = Source(f"{line['name']}.md", "text/markdown", sha256(data), line["text"])
    drawn = dict.fromkeys(map(tuple, line["addresses"]), True)
    ends = {end for pair in drawn for end in pair}

    def place(sentence: Sentence, number: str | None) -> set[str]:
        """What the pairs call the sentence: the words it begins with, or the number of the heading."""
        named = {end for end in ends if end == number or sentence.text.startswith(end)}
        return named or {sentence.id}

    analysis = extractor.analyse(source)
    numbers = {section.id: section.number for section in analysis.layout.sections}
    sentences = {s.id: place(s, numbers[s.section] if s.kind == "heading" else None) for s in analysis.layout.sentences}
    return _of(line["name"], extractor, analysis, lambda statement: sentences[statement.sentence], drawn)


def _of(
    name: str,
    extractor: Extractor,
    analysis: Analysis,
    place: Callable[[Statement], set[str]],
    drawn: Mapping[Pair, bool],
) -> Paper:
    """The candidates of a document; ``place`` names the annotated sentences in which a statement stands."""
    originals = [s for s in analysis.statements if s.duplicate_of is None]
    measures, challenges, found = drawable(originals, analysis.layout, extractor.embed)
    ours, theirs = [place(s) for s in measures], [place(s) for s in challenges]
    pairs = [frozenset((m, c) for m in ours[one.measure] for c in theirs[one.challenge]) for one in found]
    return Paper(name, found, pairs, drawn)


def _drawn(gold: Sequence[Mapping[str, Any]]) -> Mapping[Pair, bool]:
    drawn: dict[Pair, bool] = {}
    for line in gold:
        if line["kind"] == "addresses":
            pair = line["measure"].split("#")[0], line["challenge"].split("#")[0]
            drawn[pair] = drawn.get(pair, False) or line["required"]
    return drawn


def _sentences(statement: Statement, gold: Sequence[Mapping[str, Any]]) -> set[str]:
    """Gold sentences in which a statement like this one was marked: the one shared most, and any shared by half."""
    shared = [
        (min(statement.end, line["end"]) - max(statement.start, line["start"]), line)
        for line in gold
        if line["kind"] == statement.type
    ]
    most = max((size for size, _ in shared), default=0)
    return {
        str(line["id"].split("#")[0])
        for size, line in shared
        if size > 0 and (size == most or size > 0.5 * min(statement.end - statement.start, line["end"] - line["start"]))
    }


def _fit(papers: Sequence[Paper]) -> RelationModel:
    weights: dict[Kind, tuple[float, ...]] = {}
    bias: dict[Kind, float] = {}
    for kind, names in FEATURES.items():
        chosen = [(p, i) for p in papers for i, one in enumerate(p.candidates) if one.kind == kind]
        truth = np.array([p.true(i) for p, i in chosen])
        if names and 0 < truth.sum() < len(truth):
            model = LogisticRegression(C=STRENGTH, max_iter=5000)
            model.fit(np.array([p.candidates[i].features for p, i in chosen]), truth)
            weights[kind], bias[kind] = tuple(model.coef_[0]), float(model.intercept_[0])
        else:
            weights[kind] = (0.0,) * len(names)
            bias[kind] = math.log((truth.sum() + 1) / (len(truth) - truth.sum() + 1))
    return RelationModel(weights, bias, LEAST)


def _report(title: str, papers: Sequence[Paper], models: Sequence[RelationModel]) -> None:
    """Precision and recall from several probabilities, then how right the probabilities are."""
    both = list(zip(papers, models, strict=True))
    say(title)
    for least in sorted({*SCAN, LEAST}):
        scores = [_scores(paper, model, least) for paper, model in both]
        right, told, found, agreed = (sum(column) for column in zip(*scores, strict=True))
        each = "  ".join(f"{p.name[:3]} {s[0]}/{s[1]} {s[2]}/{s[3]}" for p, s in zip(papers, scores, strict=True))
        say(
            f"  from {least:.2f}: precision {right / max(1, told):.3f}  recall of agreed {found / agreed:.3f}  ({each})"
        )
    judged = [
        (one.kind, model.probability(one), paper.true(index))
        for paper, model in both
        for index, one in enumerate(paper.candidates)
    ]
    for kind in FEATURES:
        _reliability(kind, [(p, true) for other, p, true in judged if other == kind and p >= LEAST])
    for basis in sorted(set(BASIS.values())):
        _reliability(basis, [(p, true) for kind, p, true in judged if BASIS[kind] == basis and p >= LEAST])
    for low, high in itertools.pairwise(BINS):
        _reliability(f"{low:.1f}-{min(high, 1):.1f}", [(p, true) for _, p, true in judged if low <= p < high])
    rate = np.mean([true for _, _, true in judged])
    brier = np.mean([(p - true) ** 2 for _, p, true in judged])
    say(f"  Brier score {brier:.3f} ({rate * (1 - rate):.3f} for the mean rate)")


def _reliability(name: str, judged: Sequence[tuple[float, bool]]) -> None:
    if judged:
        said, was = np.mean(judged, axis=0)
        say(f"  {name:13} {len(judged):4} relations, mean confidence {said:.2f}, right {was:.2f}")


def say(line: str) -> None:
    """One line on standard output."""
    sys.stdout.write(line + "\n")


def _scores(paper: Paper, model: RelationModel, least: float) -> tuple[int, int, int, int]:
    """Right pairs, told pairs, agreed pairs found, agreed pairs."""
    told: set[Pair] = set()
    loose = 0
    for one, pairs in zip(paper.candidates, paper.pairs, strict=True):
        if model.probability(one) >= least:
            told |= (pairs & paper.drawn.keys()) or set(sorted(pairs)[:1])
            loose += not pairs
    agreed = {pair for pair, both in paper.drawn.items() if both}
    return len(told & paper.drawn.keys()), len(told) + loose, len(told & agreed), len(agreed)


def _plain(model: RelationModel) -> dict[str, Any]:
    return {
        "least": model.least,
        "kinds": {
            kind: {
                "bias": round(model.bias[kind], 3),
                "weights": {name: round(w, 3) for name, w in zip(names, model.weights[kind], strict=True)},
            }
            for kind, names in FEATURES.items()
        },
    }


if __name__ == "__main__":
    main()
