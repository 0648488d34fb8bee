"""Search by words: stems, filters, any characters in a query, and no change to the files."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SnapshotError
from kg.index.words import WordIndex, words

ROWS = [
    ("p1", "passage", "Harbours need trained pilots and cafés."),
    ("p2", "passage", "The pilot of a ferry trains others."),
    ("p3", "passage", "Timber exports fell sharply."),
    ("t1", "statement", "Train pilots. The ministry should train harbour pilots."),
    *((f"p9{number:02}", "passage", "Boats rest in winter.") for number in range(30)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("words") / "words"
    WordIndex.build(place, ROWS)
    return place


@pytest.fixture(scope="module")
def index(folder: Path) -> WordIndex:
    return WordIndex.open(folder)


def _ids(index: WordIndex, text: str, k: int = 10, **others: object) -> list[str]:
    return [hit.id for hit in index.search(text, k, **others)]  # type: ignore[arg-type]


def test_stems_accents_and_case_match(index: WordIndex) -> None:
    assert set(_ids(index, "PILOTING", kind="passage")) == {"p1", "p2"}
    assert _ids(index, "cafe") == ["p1"]
    assert _ids(index, "timbers export") == ["p3"]


WRITTEN = [
    ("w1", "passage", "The ministry's high-quality R&D programme cost 1,200 euros in 2021."),
    ("w2", "passage", "GDP per head fell; the WTO's report on São Tomé says why."),
    ("w3", "passage", "A high quality of life, they say: many counties, many children."),
    ("w4", "passage", "Cafe\u0301 owners and ﬁshers met in Ｔｏｋｙｏ."),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    place = tmp_path_factory.mktemp("written") / "words"
    WordIndex.build(place, WRITTEN)
    return WordIndex.open(place)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ministries", {"w1"}),
        ("HIGH QUALITY", {"w1", "w3"}),
        ("quality-high", {"w1", "w3"}),
        ("R&D", {"w1"}),
        ("1,200", {"w1"}),
        ("2021", {"w1"}),
        ("gdp", {"w2"}),
        ("Wto", {"w2"}),
        ("sao tome", {"w2"}),
        ("county child", {"w3"}),
        ("café", {"w4"}),
        ("fisher", {"w4"}),
        ("tokyo", {"w4"}),
    ],
)
def test_a_word_is_found_however_it_is_written(written: WordIndex, query: str, expected: set[str]) -> None:
    assert set(_ids(written, query)) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("high quality", {"w1", "w3"}),
        ("high-quality R&D programmes", {"w1"}),
        ("quality high", set()),
        ("Quality of life", {"w3"}),
        ("quality in life", {"w3"}),
        ("quality life", set()),
        ("the reports", {"w2"}),
        ("absent", set()),
        ("of the", None),
        ("", None),
    ],
)
def test_words_of_a_phrase_follow_each_other(written: WordIndex, phrase: str, expected: set[str] | None) -> None:
    assert written.holding(phrase, "passage") == expected
    assert written.holding(phrase, "concept") == (None if expected is None else frozenset())


def test_more_and_rarer_words_rank_higher(index: WordIndex) -> None:
    assert _ids(index, "harbour pilots", kind="passage") == ["p1", "p2"]
    scores = [hit.score for hit in index.search("harbour pilots", 5)]
    assert scores == sorted(scores, reverse=True)


def test_ties_come_by_id(index: WordIndex) -> None:
    assert _ids(index, "boat", 4) == ["p900", "p901", "p902", "p903"]


def test_kind_and_allowed_filter_before_the_cut(index: WordIndex) -> None:
    assert _ids(index, "pilot", kind="statement") == ["t1"]
    assert _ids(index, "pilot", kind="concept") == []
    assert _ids(index, "boat", 2, allowed=["p920", "p911", "p1", "unknown"]) == ["p911", "p920"]
    assert _ids(index, "boat", 2, allowed=[]) == []


@pytest.mark.parametrize("text", ["", "   ", "the of and", "()", "\\", "🙂", '"'])
def test_nothing_to_look_for_finds_nothing(index: WordIndex, text: str) -> None:
    assert _ids(index, text) == []


def test_operators_are_plain_words(index: WordIndex) -> None:
    assert set(_ids(index, 'text:"pilot" AND NOT (ferry~2 ^ +-harbours*', kind="passage")) == {"p1", "p2"}


@given(text=st.text(max_size=80))
def test_no_query_fails(index: WordIndex, text: str) -> None:
    index.search(text, 5)


def test_chinese_is_indexed_in_pairs_of_characters() -> None:
    assert words("新港口AI pilots 港") == ("ai", "pilot", "新港", "港", "港口")


def test_chinese_is_found_by_words_and_by_phrase(tmp_path: Path) -> None:
    rows = [
        ("z1", "passage", "本县鼓励人才返乡创业。"),
        ("z2", "passage", "创业人才返回乡村。"),
        ("e1", "passage", "boats"),
    ]
    WordIndex.build(tmp_path / "words", rows)
    index = WordIndex.open(tmp_path / "words")
    assert _ids(index, "返乡创业") == ["z1", "z2"]
    assert _ids(index, "港口") == []
    assert set(_ids(index, "乡")) == {"z1", "z2"}
    assert index.holding("人才返乡", "passage") == {"z1"}


def test_opening_and_searching_touch_no_file(folder: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}
    opened = WordIndex.open(folder)
    assert opened.count("passage") == 33
    assert opened.search("boat", 50, "passage")
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")} == before
    assert all(path.stat().st_mode & 0o004 for path in before)


def test_same_rows_give_the_same_answers_in_any_order(tmp_path: Path, index: WordIndex) -> None:
    WordIndex.build(tmp_path / "again", reversed(ROWS))
    again = WordIndex.open(tmp_path / "again")
    for text in ("pilot", "boat", "timber in winter"):
        assert again.search(text, 20) == index.search(text, 20)


def test_a_damaged_index_is_refused(tmp_path: Path) -> None:
    WordIndex.build(tmp_path / "w", ROWS)
    (tmp_path / "w" / "passage" / "meta.json").write_text("{")
    with pytest.raises(SnapshotError, match="policyweave verify"):
        WordIndex.open(tmp_path / "w")


def test_opening_often_and_at_once_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    WordIndex.build(tmp_path / "words", [("p1", "passage", "water pipes"), ("s1", "sentence", "water")])
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: WordIndex.open(tmp_path / "words").search("pipes", 1), range(200)))
    assert all([hit.id for hit in hits] == ["p1"] for hits in found)
    assert list(scratch.iterdir()) == []
