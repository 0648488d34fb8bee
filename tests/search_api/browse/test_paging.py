"""Pages: together they are the whole list, whatever the size, and a cursor continues its own list only."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import MisuseError
from kg.index.embedder import Embedder
from kg.publishing import publish
from kg.records import Concept, DocumentRecords
from kg.settings import Settings
from search_api.browse.asked import SORTS
from search_api.browse.browser import MOST, Browser
from search_api.browse.ids import PLURALS, Kind
from search_api.browse.paging import cursor, offset_of
from search_api.service import Service

shared = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sorted_by(kind: Kind) -> st.SearchStrategy[str]:
    name = st.sampled_from([sign + name for name in SORTS[kind] for sign in ("", "-")])
    return st.lists(name, min_size=1, max_size=2).map(",".join)


@pytest.mark.parametrize("kind", PLURALS)
@shared
@given(data=st.data())
def test_all_pages_are_the_whole_list(corpus: Browser, kind: Kind, data: st.DataObject) -> None:
    filters = [("sort", data.draw(sorted_by(kind)))]
    whole = [item.iri for item in corpus.listing(kind, filters, k=MOST).items]
    pages: list[str] = []
    after: str | None = None
    while True:
        page = corpus.listing(kind, filters, k=data.draw(st.integers(5, 60)), cursor=after)
        pages += [item.iri for item in page.items]
        after = page.next
        if after is None:
            break
    assert pages == whole
    assert len(set(whole)) == len(whole) == page.total


@pytest.mark.parametrize("kind", PLURALS)
@pytest.mark.parametrize("sign", ["", "-"])
def test_rows_without_a_value_come_last(corpus: Browser, kind: Kind, sign: str) -> None:
    fields = {"year": "year", "value": "value", "region": "region", "papers": "papers", "type": "level"}
    for name in SORTS[kind]:
        if name in fields:
            rows = corpus.listing(kind, [("sort", sign + name)], k=MOST).items
            values = [getattr(row, fields[name]) for row in rows]
            known = [getattr(value, "label", value) for value in values if value is not None]
            known = [value.casefold() if isinstance(value, str) else value for value in known]
            assert values[len(known) :] == [None] * (len(values) - len(known))
            assert known == sorted(known, reverse=bool(sign))


@given(st.integers(0, 10**9 - 1), st.text(), st.text())
def test_a_cursor_comes_back(offset: int, snapshot: str, question: str) -> None:
    assert offset_of(cursor(offset, snapshot, question), snapshot, question) == offset


@given(st.text())
def test_any_other_text_is_refused(given_: str) -> None:
    with pytest.raises(MisuseError, match="not a cursor"):
        offset_of(given_, "snapshot", "question")


def test_a_cursor_of_another_list_is_refused(corpus: Browser) -> None:
    after = corpus.listing("measure", [("theme", "talent")], k=1).next
    assert after is not None
    for filters in ([], [("theme", "finance")], [("theme", "talent"), ("sort", "label")]):
        with pytest.raises(MisuseError, match="another list"):
            corpus.listing("measure", filters, k=1, cursor=after)
    assert corpus.listing("measure", [("theme", "talent")], k=5, cursor=after).items


def test_the_order_of_filters_does_not_matter_to_a_cursor(corpus: Browser) -> None:
    after = corpus.listing("measure", [("theme", "talent"), ("region", "CN"), ("theme", "finance")], k=1).next
    assert corpus.listing("measure", [("theme", "finance"), ("theme", "talent"), ("region", "CN")], k=1, cursor=after)


def test_a_tampered_offset_shows_no_more_than_there_is(corpus: Browser) -> None:
    after = corpus.listing("actor", [], k=1).next
    assert after is not None
    marks = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode().split(".", 1)[1]
    moved = base64.urlsafe_b64encode(f"99999.{marks}".encode()).decode()
    page = corpus.listing("actor", [], k=5, cursor=moved)
    assert (page.items, page.next) == ([], None)


def test_a_new_snapshot_ends_a_list(
    tmp_path: Path,
    exported_models: Path,
    embedder: Embedder,
    documents: list[DocumentRecords],
    concepts_of: Callable[[Sequence[DocumentRecords]], list[Concept]],
) -> None:
    (tmp_path / "models").symlink_to(exported_models)
    made = Settings(data=tmp_path)
    publish(made, documents[:1], concepts_of(documents[:1]), embedder, {})
    browser = Browser(Service(made))
    before = browser.listing("measure", [], k=1)
    publish(made, documents, concepts_of(documents), embedder, {})
    with pytest.raises(MisuseError, match="has changed"):
        browser.listing("measure", [], k=1, cursor=before.next)
    assert browser.listing("measure", [], k=1).total > before.total
