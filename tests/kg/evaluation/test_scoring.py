"""Scores of extraction: by hand on a small gold file, and equal to those of ``../shared`` where it is there."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.errors import MisuseError
from kg.evaluation.gold import read_gold
from kg.evaluation.predictions import by_source
from kg.evaluation.report import Row, errors, report
from kg.evaluation.scoring import score
from kg.evaluation.tally import Tally

SCORER = Path(__file__).resolve().parents[4] / "shared" / "eval" / "score_extraction.py"
THEMES = ("talent", "green", "digital")
Plain = dict[str, Any]


def place(start: int, end: int, **more: Any) -> Plain:
    return {"start": start, "end": end, **more}


def unit(name: str, start: int, end: int, heading: bool = False) -> Plain:
    return place(start, end, kind="unit", id=name, heading=heading, meta=False)


GOLD: list[Plain] = [
    unit("bay-001", 0, 20, heading=True),
    unit("bay-002", 20, 120),
    unit("bay-003", 120, 220),
    unit("bay-004", 220, 320),
    unit("bay-005", 320, 420),
    place(20, 120, kind="sentence", role="measure", required=True),
    place(120, 220, kind="sentence", role="challenge", required=True),
    place(220, 320, kind="sentence", role="measure", required=False),
    place(320, 420, kind="sentence", role="measure", required=True),
    place(30, 70, kind="measure", id="bay-002#0", text="dredge", theme=["green"], status=["planned"], required=True),
    place(80, 110, kind="measure", id="bay-002#1", text="pump", theme=["green"], status=["planned"], required=True),
    place(330, 400, kind="measure", id="bay-005#0", text="drain", theme=["digital"], status=["planned"], required=True),
    place(130, 200, kind="challenge", id="bay-003#0", text="silt", theme=["green"], required=True),
    place(25, 29, kind="region", text="Lima", labels=["Lima City"], required=True),
    place(125, 129, kind="actor", text="port", labels=["port"], required=True),
    place(140, 150, kind="statistic", text="12 metres", value=12, year=2020, required=True),
    {"kind": "addresses", "measure": "bay-002#0", "challenge": "bay-003#0", "required": True},
]
FOUND: list[Plain] = [
    {"kind": "document", "id": "d", "source": "bay.txt"},
    place(20, 120, kind="sentence", document="d", roles=["measure"]),
    place(120, 220, kind="sentence", document="d", roles=["challenge", "measure"]),
    place(220, 320, kind="sentence", document="d", roles=["measure"]),
    place(320, 420, kind="sentence", document="d", roles=["background"]),
    place(32, 70, kind="statement", document="d", type="measure", id="m1", text="a", theme="green", status="proposed"),
    place(215, 219, kind="statement", document="d", type="measure", id="m2", text="b", theme="green", status="planned"),
    place(190, 210, kind="statement", document="d", type="challenge", id="c1", text="c", theme="urban", status=None),
    place(25, 29, kind="mention", document="d", type="region", text="Lima", label="Lima"),
    place(300, 305, kind="mention", document="d", type="actor", text="ports", label="port"),
    place(140, 150, kind="statistic", document="d", text="12 metres", value=12.0, year=2021),
    {"kind": "relation", "type": "addresses", "document": "d", "measure": "m1", "challenge": "c1"},
]


def write(path: Path, lines: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def tally_of(folder: Path, gold: list[Plain], found: list[Plain]) -> Tally:
    return score(by_source(found), [read_gold(write(folder / "bay.jsonl", gold))])


def rows(tally: Tally) -> dict[str, Row]:
    return {row.measure: row for row in report(tally)}


def test_counts_by_hand(tmp_path: Path) -> None:
    table = rows(tally_of(tmp_path, GOLD, FOUND))
    counts = {name: (row.tp, row.fp, row.fn) for name, row in table.items()}
    assert counts == {
        "sentence.measure": (1, 1, 1),
        "sentence.challenge": (1, 0, 0),
        "span.measure": (1, 1, 2),
        "span50.measure": (1, 1, 2),
        "theme.measure": (1, 0, 0),
        "status.measure": (0, 1, 1),
        "span.challenge": (1, 0, 0),
        "span50.challenge": (0, 1, 1),
        "theme.challenge": (0, 1, 1),
        "mention.region": (1, 0, 0),
        "link.region": (1, 0, 0),
        "mention.actor": (0, 1, 1),
        "statistic": (1, 0, 0),
        "statistic.year": (0, 1, 1),
        "addresses": (1, 0, 0),
        "addresses.recall_of_agreed": (1, 0, 0),
    }
    assert (table["sentence.measure"].precision, table["sentence.measure"].f1) == (0.5, 0.5)
    assert table["sentence.measure"].annotators == 0.97
    assert table["statistic.year"].annotators is None


def test_interval_holds_the_score_and_repeats(tmp_path: Path) -> None:
    tally = tally_of(tmp_path, GOLD, FOUND)
    first, second = report(tally), report(tally)
    assert first == second
    assert all(row.low <= row.f1 <= row.high for row in first)
    assert {row.measure: row for row in first}["sentence.measure"].high > 0.5


def test_more_sentences_make_the_interval_narrower(tmp_path: Path) -> None:
    def width(copies: int) -> float:
        gold, found = [], [FOUND[0]]
        for copy in range(copies):
            shift = 1000 * copy
            for line in GOLD[:9]:
                name = {"id": f"bay-{copy}-{line['id'][-1]}"} if "id" in line else {}
                gold.append({**line, **name, "start": line["start"] + shift, "end": line["end"] + shift})
            found += [{**said, "start": said["start"] + shift, "end": said["end"] + shift} for said in FOUND[1:5]]
        row = rows(tally_of(tmp_path, gold, found))["sentence.measure"]
        assert row.f1 == 0.5
        return row.high - row.low

    assert width(40) < width(10)


def test_errors_are_listed_up_to_the_number_asked_for(tmp_path: Path) -> None:
    lines = list(errors(tally_of(tmp_path, GOLD, FOUND), 1))
    assert [line for line in lines if line.startswith("span.measure")] == ["span.measure: wrong bay bay-003 'b'"]


def test_partial_gold_judges_statements_only_where_they_were_marked(tmp_path: Path) -> None:
    spans = {"bay-002": ["measure"]}
    gold = [{**line, "spans": spans.get(line["id"], [])} if line["kind"] == "unit" else line for line in GOLD[:11]]
    counts = {name: (row.tp, row.fp, row.fn) for name, row in rows(tally_of(tmp_path, gold, FOUND)).items()}
    assert counts["span.measure"] == (1, 0, 1)
    assert "mention.actor" not in counts
    assert counts["sentence.measure"] == (1, 1, 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1 is not JSON"),
        ("[]", "line 1 is not a JSON object"),
        ('{"kind": "unit", "start": 0}', "line 1 lacks 'end'"),
        ('{"kind": "statistic", "start": 0, "end": 2, "text": "x", "value": "many"}', "line 1 has a field"),
    ],
)
def test_wrong_gold_files_are_named_with_the_line(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "bay.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(MisuseError, match=said):
        read_gold(path)


def test_gold_of_a_document_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=r"no document is named bay\.\*"):
        tally_of(tmp_path, GOLD, [{"kind": "document", "id": "d", "source": "lagoon.txt"}])


def test_an_export_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="lacks 'roles'"):
        tally_of(tmp_path, GOLD, [FOUND[0], place(0, 5, kind="sentence", document="d")])
    with pytest.raises(MisuseError, match="of no document"):
        tally_of(tmp_path, GOLD, FOUND[1:])


def drawn(seed: int) -> tuple[list[Plain], list[Plain]]:
    """Gold and export with places, values and pairs drawn by chance."""
    draw = random.Random(seed)
    gold = [unit(f"bay-{n}", 50 * n, 50 * n + 45, heading=draw.random() < 0.1) for n in range(30)]

    def extent() -> Plain:
        start = draw.randrange(1450)
        return place(start, start + draw.randrange(1, 60))

    found: list[Plain] = [{"kind": "document", "id": "d", "source": "bay.txt"}]
    for line in list(gold):
        for role in ("measure", "challenge"):
            if draw.random() < 0.4:
                gold.append({**line, "kind": "sentence", "role": role, "required": draw.random() < 0.7})
        roles = [role for role in ("measure", "challenge") if draw.random() < 0.4]
        found.append(place(line["start"], line["end"], kind="sentence", document="d", roles=roles))
    ids: dict[str, list[str]] = {"measure": [], "challenge": [], "m": [], "c": []}
    for kind in ("measure", "challenge"):
        for n in range(25):
            where = extent()
            name = f"bay-{where['start'] // 50}#{kind[0]}{n}"
            ids[kind].append(name)
            marks = {"theme": draw.sample(THEMES, 2), "status": ["proposed"], "required": draw.random() < 0.7}
            gold.append({**where, "kind": kind, "id": name, "text": "x", **marks})
            ids[kind[0]].append(f"{kind[0]}{n}")
            said = {"theme": draw.choice(THEMES), "status": draw.choice(["proposed", "planned"]), "text": "y"}
            found.append(
                {**extent(), "kind": "statement", "document": "d", "type": kind, "id": ids[kind[0]][-1], **said}
            )
    for kind in ("region", "industry", "actor"):
        for _ in range(20):
            labels = [draw.choice(["Arequipa Province", "Ica", "the Lima Region"])]
            gold.append({**extent(), "kind": kind, "text": "x", "labels": labels, "required": draw.random() < 0.7})
            label = draw.choice(["Arequipa", "Ica City", "Lima"])
            found.append({**extent(), "kind": "mention", "document": "d", "type": kind, "text": "y", "label": label})
    for _ in range(60):
        figure = {"value": float(draw.randrange(3)), "year": draw.choice([None, 2020, 2021])}
        gold.append({**extent(), "kind": "statistic", "text": "x", "required": draw.random() < 0.7, **figure})
        figure = {"value": float(draw.randrange(3)), "year": draw.choice([None, 2020, 2021])}
        found.append({**extent(), "kind": "statistic", "document": "d", "text": "y", **figure})
        pair = {"measure": draw.choice(ids["measure"]), "challenge": draw.choice(ids["challenge"])}
        gold.append({"kind": "addresses", **pair, "required": draw.random() < 0.7})
        relation = {"measure": draw.choice(ids["m"]), "challenge": draw.choice(ids["c"])}
        found.append({"kind": "relation", "type": "addresses", "document": "d", **relation})
    return gold, found


@pytest.mark.parametrize("seed", range(5))
def test_same_numbers_as_the_shared_scorer(tmp_path: Path, seed: int) -> None:
    if not SCORER.exists():
        pytest.skip("the scorer is not there: put it into ../shared/eval to run this test")
    gold, found = drawn(seed)
    table = rows(tally_of(tmp_path, gold, found))
    export = write(tmp_path / "export.jsonl", found)
    command = [sys.executable, str(SCORER), str(export), str(tmp_path / "bay.jsonl"), "--json"]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert said.keys() == table.keys()
    for name, numbers in said.items():
        row = table[name]
        assert (row.tp, row.fp, row.fn) == (numbers["tp"], numbers["fp"], numbers["fn"]), name
        assert (row.precision, row.recall, row.f1) == (numbers["precision"], numbers["recall"], numbers["f1"]), name
