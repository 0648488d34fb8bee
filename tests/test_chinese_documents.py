"""A Chinese paper among English ones: a Chinese query finds it by its words, and filters by region hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.progress import silent
from ingest.run import run
from kg.settings import Settings
from search_api.searching.schemas import SearchFilters
from search_api.service import Service

CHINESE = """浙江省山区县教育计划

杭州市淳安县教师短缺，山区学校招不到教师。为此设立乡村教师补贴。

丽水市修建寄宿学校，接送学生的校车由财政支付。
"""
ENGLISH = """# Teachers in mountain counties

Mountain schools in Lishui lack teachers. The county should pay a bonus to rural teachers.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, exported_models: Path) -> Service:
    folder = tmp_path_factory.mktemp("chinese")
    (folder / "plan.txt").write_text(CHINESE, encoding="gb18030")
    (folder / "paper.md").write_text(ENGLISH)
    data = folder / "data"
    data.mkdir()
    (data / "models").symlink_to(exported_models)
    settings = Settings(data=data)
    report = run([folder / "plan.txt", folder / "paper.md"], settings, silent)
    assert not report.failures
    return Service(settings)


@pytest.mark.parametrize("query", ["寄宿学校", "校车由财政支付", "学生"])
def test_a_chinese_query_finds_sentences_by_their_words(service: Service, query: str) -> None:
    found = service.search(query, 3)
    first = found.hits[0]
    assert first.reason == "words"
    assert query in first.citation.quote
    assert CHINESE[first.citation.start : first.citation.end] == first.citation.quote


def test_vectors_that_say_nothing_are_not_counted(service: Service) -> None:
    assert service.search("寄宿学校", 5).total == 2
    assert service.search("地铁", 5).total == 0


def test_a_filter_by_region_holds_for_both_languages(service: Service) -> None:
    found = service.search("教师", 10, filters=SearchFilters(region=["Lishui City"]))
    quotes = [hit.citation.quote for hit in found.hits]
    assert quotes
    assert all("丽水" in quote or "Lishui" in quote for quote in quotes)


def test_the_words_of_a_query_are_highlighted(service: Service) -> None:
    hits = service.search("乡村教师补贴", 5).hits
    hit = next(one for one in hits if one.citation.source == "plan.txt")
    assert [hit.citation.quote[one.start : one.end] for one in hit.highlights] == ["乡村教师补贴"]
