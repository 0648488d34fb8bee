"""Lists, things, matrix, comparison and neighbourhoods say what the use cases say, and every link on them leads on."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from search_api.answer_text import tidy
from search_api.browse.browser import Browser
from search_api.browse.ids import PLURALS, Kind
from search_api.browse.matrix import wish
from search_api.browse.schemas import ConceptView, EntityView
from search_api.web.crossing import SHADES, shade
from search_api.web.exploring import EACH

KINDS = list(PLURALS.items())


def _links(page: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'href="([^"]+)"', page)]


@pytest.mark.parametrize(("kind", "plural"), KINDS)
def test_a_list_has_the_rows_of_its_use_case_in_order(
    people: TestClient, corpus: Browser, kind: Kind, plural: str
) -> None:
    for page in (1, 2):
        found = corpus.listing(kind, (), 40)
        shown = people.get(f"/{plural}?page={page}").text
        rows = found.items[(page - 1) * 20 : page * 20]
        places = [shown.find(f'href="/{plural}/{html.escape(row.id)}"') for row in rows if ":" not in row.id]
        assert places == sorted(places)
        assert -1 not in places
        assert f'role="status">{found.total}</span>' in shown


@pytest.mark.parametrize(("kind", "plural"), KINDS)
def test_choosing_a_facet_of_a_list_gives_its_count(people: TestClient, kind: Kind, plural: str) -> None:
    page = people.get(f"/{plural}").text
    choices = re.findall(
        rf'href="(/{plural}\?[^"]+)" rel="nofollow"><span class="name">[^<]+</span><span class="count">([\d,]+)', page
    )
    assert choices
    for href, count in choices[::9]:
        shown = re.search(r'role="status">([\d,]+)</span>', people.get(html.unescape(href)).text)
        assert shown
        # The filters on places, branches and actors take in what lies below, which a facet counts by itself.
        if re.search(r"[?&](?:region|industry|actor)=", href):
            assert int(shown[1]) >= int(count)
        else:
            assert shown[1] == count


def test_filters_can_be_taken_away_one_by_one(people: TestClient) -> None:
    page = people.get("/measures?status=implemented&status=planned&region=Zhejiang&page=1").text
    off = re.findall(r'class="off" href="([^"]+)"', page)
    assert [html.unescape(each) for each in off] == [
        "/measures?status=implemented&status=planned",
        "/measures?status=planned&region=Zhejiang",
        "/measures?status=implemented&region=Zhejiang",
    ]
    assert "<b>Zhejiang Province</b>" in page
    assert "Without “" in people.get("/measures?theme=green&region=Zhejiang&status=planned&q=zzz").text


def test_marks_that_others_add_to_an_address_do_no_harm(people: TestClient) -> None:
    assert people.get("/measures?utm_source=letter").status_code == 200
    assert people.get("/search?q=talent&utm_source=letter").status_code == 200


@pytest.mark.parametrize(
    "path", ["/measures?region=Atlantis", "/matrix?rows=colour", "/compare?regions=CN,Atlantis", "/regions?sort=colour"]
)
def test_what_cannot_be_shown_is_said(people: TestClient, path: str) -> None:
    page = people.get(path)
    assert page.status_code == 422
    assert 'role="alert"' in page.text


@pytest.mark.parametrize(("kind", "plural"), KINDS)
def test_a_thing_is_told_with_its_neighbours_and_evidence(
    people: TestClient, corpus: Browser, kind: Kind, plural: str
) -> None:
    row = corpus.listing(kind, (), 1).items[0]
    view, page = corpus.view(kind, row.id), people.get(f"/{plural}/{row.id}").text
    assert page.count("<h1>") == 1
    assert f'id="evidence">Evidence <span class="soft">{view.evidence.total:,}</span>' in page
    if isinstance(view, ConceptView | EntityView):
        for name, held in view.neighbours.items():
            assert f'<h2 id="{name}">' in page
            assert all(tidy(n.label) in html.unescape(page) for n in held.items)
    assert people.get(f"/{plural}/no-such-thing").status_code == 404


def test_evidence_comes_in_pages(people: TestClient, corpus: Browser) -> None:
    view = corpus.view("region", "CN", 100)
    assert view.evidence.total > 40
    second = people.get("/regions/CN?page=2").text
    assert html.escape(view.evidence.items[20].text.split("\n")[0], quote=False)[:40] in html.unescape(second)
    assert "Page 2 of" in second


def test_the_matrix_shows_each_count_and_its_gaps(people: TestClient, corpus: Browser) -> None:
    found, page = corpus.matrix(wish()), people.get("/matrix").text
    for row in found.rows:
        for cell in row.cells.values():
            assert f'href="{html.escape(cell.url.partition("8000")[2])}"' in page
        if row.gaps:
            assert f"/challenges?theme={row.key}&amp;addressed=false" in page
    gap = next(row for row in found.rows if row.gaps)
    listed = people.get(f"/challenges?theme={gap.key}&addressed=false").text
    assert f'role="status">{gap.gaps}</span>' in listed
    assert "▲" in page


def test_shades_grow_with_the_number() -> None:
    shades = [shade(number, 100) for number in range(101)]
    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[100]) == (0, 1, SHADES)


def test_a_comparison_shows_all_sides(people: TestClient, corpus: Browser) -> None:
    found = corpus.compare("region", ["330521", "CN-R-WEST"])
    page = people.get("/compare?regions=330521&regions=CN-R-WEST").text
    assert f"{found.challenges.shared} of {found.challenges.total} shared" in page
    assert all(side.url.partition("8000")[2] in page for side in found.sides)
    assert f"{found.figures.total} shared" in people.get("/compare?regions=330521,CN-R-WEST").text
    alone = people.get("/compare?regions=330521").text
    assert '<option value="330521" selected>' in alone
    assert "In numbers" not in alone


def test_a_neighbourhood_is_its_table(people: TestClient, corpus: Browser) -> None:
    view = corpus.view("challenge", "weak-innovation", EACH)
    assert isinstance(view, ConceptView)
    page = people.get("/explore/challenges/weak-innovation").text
    assert page.count('data-relation="addressed_by"') == min(EACH, view.neighbours["addressed_by"].total)
    only = people.get("/explore/challenges/weak-innovation?relation=regions").text
    assert 'data-relation="addressed_by"' not in only
    assert 'data-relation="regions"' in only
    assert people.get("/explore/statistics/x").status_code == 404
    assert people.get("/explore/novels/x").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/measures?status=implemented",
        "/regions/330521",
        "/matrix",
        "/compare?regions=330521,CN-R-WEST",
        "/search?q=talent&theme=talent",
        "/documents",
        "/ask?q=talent",
    ],
)
def test_what_can_be_taken_along_is_data(people: TestClient, path: str) -> None:
    page = people.get(path).text
    export = page.partition('<ul class="export"')[2].partition("</ul>")[0]
    links = _links(export)
    assert links
    for link in links:
        data = people.get(link)
        assert data.status_code == 200, link
        assert not data.headers["content-type"].startswith("text/html"), link


def test_every_link_leads_somewhere(people: TestClient, path_of: str) -> None:
    # But for those to the page itself in other colours or another language.
    links = {link.partition("#")[0] for link in _links(people.get(path_of).text)}
    elsewhere = {link for link in links if not re.search(r"\?(?:.*&)?(?:lang|colours)=", link)}
    here = sorted(link for link in elsewhere if link.startswith("/") and not link.startswith(("/sparql?", "/queries/")))
    for link in here[:: max(1, len(here) // 25)]:
        assert people.get(link).status_code == 200, link
