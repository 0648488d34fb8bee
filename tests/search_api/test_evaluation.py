"""Scores of answers: by hand on a few questions, and equal to the scorer's in ``../shared`` where it is there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import MisuseError
from kg.records import DocumentRecords
from kg.settings import Settings
from search_api.evaluation import Mean, read_questions, score_answers
from search_api.service import Service

SCORER = Path(__file__).resolve().parents[3] / "shared" / "eval" / "score_answers.py"
SCHOOL = "The ministry should found a school that keeps skilled fishermen in the villages."
KILNS = "Municipalities in Finland should lend drying kilns to small sawmills."
STORES = "Peru has already built two cold stores for the catch in its harbours."
LEAVING = "Skilled fishermen leave the coastal villages of Peru for the big cities."
PILOTS = "In 2019 the ports of Peru employed 412 pilots."
Plain = dict[str, Any]


@pytest.fixture
def questions(tmp_path: Path, documents: list[DocumentRecords]) -> Path:
    def place(text: str) -> Plain:
        record = next(record for record in documents if text in record.text)
        start = record.text.index(text)
        return {"source": record.document.source, "start": start, "end": start + len(text)}

    def question(name: str, kind: str, text: str, *required: str, **more: Any) -> Plain:
        proofs = [[place(fact)] for fact in required]
        empty = {"acceptable": [], "wrong": []}
        return {"id": name, "type": kind, "question": text, "required": proofs, **empty, **more}

    rows = [
        question(
            "a", "measures", "How can skilled fishermen be kept in the villages?", SCHOOL, acceptable=[place(STORES)]
        ),
        question(
            "b", "measures", "What should municipalities lend to sawmills?", KILNS, LEAVING, wrong=[place(SCHOOL)]
        ),
        question("c", "statistics", "How many pilots do the ports employ?", PILOTS, answer_values=[{"value": 412}]),
        question("d", "passages", "Who guides large ships through narrow waters?", PILOTS, acceptable=[place(KILNS)]),
        question("e", "unanswerable", "How are volcanoes on Jupiter's moons insured against solar flares?"),
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def scored(questions: Path, service: Service) -> tuple[dict[str, Mean], list[str]]:
    means, errors = score_answers(read_questions(questions), service.ask, 10)
    return {mean.measure: mean for mean in means}, errors


def test_scores_of_known_questions(questions: Path, service: Service) -> None:
    means, errors = scored(questions, service)
    assert means["items recall@10"].mean == pytest.approx((1 + 0.5 + 1) / 3, abs=1e-3)
    assert means["statistic values found"].mean == 1.0
    assert means["verbatim quotes"].mean == 1.0
    assert means["abstains on unanswerable"].n == 1
    assert means["passages nDCG@10"].n == 4
    assert len(errors) == 1
    assert errors[0].startswith("b missed fishing [")


def test_same_numbers_as_the_shared_scorer(questions: Path, service: Service, tmp_path: Path) -> None:
    if not SCORER.exists():
        pytest.skip("the scorer is not there: put it into ../shared/eval to run this test")
    given = tmp_path / "answers.jsonl"
    with given.open("w", encoding="utf-8") as stream:
        for question in read_questions(questions):
            answer = service.ask(question.text).model_dump(mode="json")
            stream.write(json.dumps({"id": question.id, "answer": answer}) + "\n")
    command = [sys.executable, str(SCORER), str(questions), "--answers", str(given), "--json"]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    means, _ = scored(questions, service)
    assert {name: (row.mean, row.n) for name, row in means.items()} == {
        name: (pytest.approx(row["mean"], abs=6e-4), row["n"]) for name, row in said.items()
    }


def test_a_question_without_its_places_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "a", "type": "measures", "question": "?"}\n', encoding="utf-8")
    with pytest.raises(MisuseError, match="line 1 lacks 'required'"):
        read_questions(path)


def evaluate(settings: Settings, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "policyweave"), "--data", str(settings.data), "eval"]
    given = [str(argument) for argument in arguments]
    return subprocess.run([*command, *given], capture_output=True, text=True, check=False)


@pytest.fixture
def gold(tmp_path: Path, documents: list[DocumentRecords]) -> Path:
    text = documents[1].text
    start = text.index(KILNS)
    places = {"start": start, "end": start + len(KILNS)}
    lines = [
        {"kind": "unit", "id": "timber-001", "heading": False, "meta": False, **places},
        {"kind": "sentence", "role": "measure", "required": True, **places},
    ]
    path = tmp_path / "timber.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_command_scores_the_live_snapshot(served: Settings, gold: Path) -> None:
    done = evaluate(served, gold)
    assert done.returncode == 0, done.stderr
    row = next(line for line in done.stdout.splitlines() if line.startswith("sentence.measure"))
    assert row.split()[1:4] == ["1.000", "1.000", "1.000"]
    assert row.split()[-1] == "0.97"


def test_command_scores_an_export_and_gives_json(served: Settings, gold: Path, tmp_path: Path, questions: Path) -> None:
    export = tmp_path / "export.jsonl"
    policyweave = Path(sys.executable).parent / "policyweave"
    subprocess.run([policyweave, "--data", served.data, "export", "records", "-o", export], check=True)
    done = evaluate(served, gold, "--records", export, "--questions", questions, "--json")
    said = json.loads(done.stdout)
    assert {row["measure"]: row["tp"] for row in said["extraction"]}["sentence.measure"] == 1
    assert said["answers"]["verbatim quotes"]["mean"] == 1.0


def test_command_without_gold_is_misuse(served: Settings) -> None:
    done = evaluate(served)
    assert done.returncode == 2
    assert "nothing to score against" in done.stderr
