"""Records survive JSON unchanged, and JSON that is not exactly records is refused with the place."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SnapshotError
from kg.records import Concept, DocumentRecords
from kg.serialization import concepts_from_json, concepts_to_json, document_from_json, document_to_json, dump


def _through_json(records: DocumentRecords) -> DocumentRecords:
    return document_from_json(json.loads(dump(document_to_json(records))), records.text)


def test_documents_and_concepts_come_back_equal(
    two_documents: list[DocumentRecords], make_concepts: Callable[[Sequence[DocumentRecords]], list[Concept]]
) -> None:
    for records in two_documents:
        assert all(getattr(records, name) for name in document_to_json(records))
        assert _through_json(records) == records
        assert dump(document_to_json(_through_json(records))) == dump(document_to_json(records))
    concepts = make_concepts(two_documents)
    assert concepts_from_json(json.loads(dump(concepts_to_json(concepts)))) == tuple(concepts)


@given(text=st.text(max_size=40), value=st.floats(allow_nan=False, allow_infinity=False))
def test_any_text_and_number_comes_back_equal(two_documents: list[DocumentRecords], text: str, value: float) -> None:
    records = two_documents[0]
    statistic = replace(records.statistics[0], text=text, value=value, unit=text, year=None)
    changed = replace(records, statistics=(statistic,), document=replace(records.document, title=text, authors=(text,)))
    try:
        dump(document_to_json(changed))
    except UnicodeEncodeError:
        return  # a lone surrogate, which no decoded file holds
    assert _through_json(changed) == changed


def test_an_integral_number_stays_a_float(two_documents: list[DocumentRecords]) -> None:
    statistic = replace(two_documents[0].statistics[0], value=7)
    back = _through_json(replace(two_documents[0], statistics=(statistic,))).statistics[0].value
    assert isinstance(back, float)


def _set(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(data: Any) -> None:
        *steps, last = path.split("/")
        for step in steps:
            data = data[int(step) if step.isdigit() else step]
        data[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("statements/1/theme", "magic"), r"statements\[1\]\.theme: 'magic'"),
        (_set("statements/0/confidence", True), r"statements\[0\]\.confidence: True"),
        (_set("passages/0/start", "3"), r"passages\[0\]\.start: '3' is not int"),
        (_set("passages/0/start", 3.0), r"passages\[0\]\.start"),
        (_set("mentions/0/entity", {"iri": "x"}), r"mentions\[0\]\.entity: field 'label' is missing"),
        (_set("mentions/0/entity/more", 1), r"mentions\[0\]\.entity: field 'more' is unknown"),
        (_set("document/authors", "Ada"), r"document\.authors"),
        (_set("document/year", "2021"), r"document\.year"),
        (_set("sections", None), "sections"),
        (_set("text", "again"), "without its text"),
        (lambda data: data.pop("relations"), "field 'relations' is missing"),
    ],
)
def test_a_misfit_is_named(
    two_documents: list[DocumentRecords], change: Callable[[dict[str, Any]], None], message: str
) -> None:
    data = copy.deepcopy(document_to_json(two_documents[0]))
    change(data)
    with pytest.raises(SnapshotError, match=message):
        document_from_json(data, two_documents[0].text)


@pytest.mark.parametrize("data", [None, [], "x", 1])
def test_other_json_is_refused(data: object) -> None:
    with pytest.raises(SnapshotError):
        document_from_json(data, "")
    if data != []:
        with pytest.raises(SnapshotError):
            concepts_from_json(data)


def test_infinity_is_not_written(two_documents: list[DocumentRecords]) -> None:
    statistic = replace(two_documents[0].statistics[0], value=float("inf"))
    with pytest.raises(ValueError, match="JSON"):
        dump(document_to_json(replace(two_documents[0], statistics=(statistic,))))


def test_reading_is_fast(two_documents: list[DocumentRecords]) -> None:
    records = replace(two_documents[0], mentions=two_documents[0].mentions * 10_000)
    data = json.loads(dump(document_to_json(records)))
    # The least of three, as a neighbour on the same core makes any one of them slower.
    assert min(_seconds(data, records.text) for _ in range(3)) < 0.5


def _seconds(data: object, text: str) -> float:
    started = time.process_time()
    document_from_json(data, text)
    return time.process_time() - started
