"""How well labels are put together: pairs of labels, labels of problems, instruments of measures, all written for this.

    python benchmarks/concepts.py DATA

DATA is a folder that has the embedder or gets it. ``concept_pairs.csv`` says for each pair whether it is the same,
related or different. Words and thresholds were chosen on its development and validation sets; the test set was written
afterwards and decided nothing. ``docs/concepts.md`` quotes the output.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ingest.links import recognition, thesaurus
from ingest.links.likeness import RELATED, SAME_MEANING, SAME_WORDS, needed
from ingest.links.recognition import INSTRUMENTS, PROBLEMS, Recogniser
from kg.index.embedder import Embedder, open_embedder
from kg.index.kept import embed_kept
from kg.resources import ontology_folder
from kg.settings import Settings

HERE = Path(__file__).parent
Row = dict[str, str]


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    settings = Settings(data=parser.parse_args().data)
    embedder = open_embedder(settings)
    for name in ("development", "validation", "test"):
        _pairs(name, [row for row in _read("concept_pairs.csv") if row["set"] == name], embedder)
    models = settings.data / "models"
    for kind, file, rules in (
        ("challenge", "challenge_labels.csv", PROBLEMS),
        ("instrument", "measure_instruments.csv", INSTRUMENTS),
    ):
        known = thesaurus.load(ontology_folder(), kind)
        recogniser = Recogniser(known, lambda texts: embed_kept(texts, embedder, models), rules)
        for name in ("development", "test"):
            _labels(f"{kind}s, {name}", [row for row in _read(file) if row["set"] == name], recogniser, embedder)


def _read(name: str) -> list[Row]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _pairs(name: str, rows: Sequence[Row], embedder: Embedder) -> None:
    """Precision and recall of "same" by threshold, with vectors alone and with words; then of "related"."""
    left, right = (embedder.embed([row[side] for row in rows]) for side in ("left", "right"))
    cosines = (left * right).sum(axis=1)
    needs = np.array([needed(*sorted((row["left"], row["right"]))) for row in rows])
    same, related = (np.array([row["relation"] == one for row in rows]) for one in ("same", "related"))
    print(
        f"\npairs, {name}: {same.sum()} same, {related.sum()} related, {len(rows) - (same | related).sum()} different"
    )
    print(f"{'cosine':>8} {'vectors alone':>16} {'with words':>16}")
    for cut in (0.66, 0.70, 0.74, 0.78, SAME_MEANING, 0.82, 0.86):
        words = cosines >= np.where(needs == SAME_MEANING, cut, needs)
        mark = "  in use" if cut == SAME_MEANING else ""
        print(f"{cut:8.2f} {_scores(cosines >= cut, same):>16} {_scores(words, same):>16}{mark}")
    merged = cosines >= needs
    print(f"{'cosine':>8} {'related':>16}")
    for cut in (0.48, 0.52, RELATED, 0.60, SAME_WORDS):
        mark = "  in use" if cut == RELATED else ""
        print(f"{cut:8.2f} {_scores((cosines >= cut) & ~merged & ~same, related):>16}{mark}")


def _scores(found: np.ndarray, right: np.ndarray) -> str:  # type: ignore[type-arg]
    hits = (found & right).sum()
    return f"P {hits / max(1, found.sum()):.3f} R {hits / max(1, right.sum()):.3f}"


def _labels(name: str, rows: Sequence[Row], recogniser: Recogniser, embedder: Embedder) -> None:
    """Precision and recall of recognition in a thesaurus; a row may name several concepts that are right, or none."""
    _, label, concept = rows[0]
    vectors = embedder.embed([row[label] for row in rows])
    print(f"\n{name}: {len(rows)} labels, {sum(not row[concept] for row in rows)} of them name none")
    print(f"{'likely':>8} {'ahead':>6}")
    for likely, ahead in _settings():
        found = [recogniser.recognise(row[label], vector) for row, vector in zip(rows, vectors, strict=True)]
        named = [one.known.iri.rpartition("/")[2] if one else "" for one in found]
        hits = sum(bool(name) and name in row[concept].split("|") for name, row in zip(named, rows, strict=True))
        precision = hits / max(1, sum(map(bool, named)))
        recall = hits / sum(bool(row[concept]) for row in rows)
        print(f"{likely:8.2f} {ahead:6.2f}  P {precision:.3f} R {recall:.3f}")


def _settings() -> Iterator[tuple[float, float]]:
    """The thresholds in use, then others; each pair is in force while it is looked at."""
    used = (recognition.LIKELY, recognition.AHEAD)
    others = [(likely, ahead) for likely in (0.55, 0.60, 0.65, 0.70) for ahead in (0.05, 0.10, 0.15)]
    for pair in [used, *others]:
        recognition.LIKELY, recognition.AHEAD = pair  # type: ignore[misc]
        yield pair
    recognition.LIKELY, recognition.AHEAD = used  # type: ignore[misc]


if __name__ == "__main__":
    main()
