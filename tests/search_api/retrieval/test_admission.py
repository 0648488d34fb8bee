"""What a client filters for is searched for by itself: it is found though much else is nearer."""

from __future__ import annotations

import pytest

from search_api.question import understand
from search_api.retrieval import candidates, dense
from search_api.retrieval.admission import admitted
from search_api.retrieval.constraints import Fit
from search_api.schemas import Filters
from search_api.service import Service

FAR = "Skilled fishermen leave the villages of Peru"


def _fit(service: Service, filters: Filters) -> Fit:
    catalog = service.world().catalog
    return Fit.of(catalog, understand(FAR, filters, service.lexicon, catalog).scope)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(document="timber.txt"),
        Filters(region="Finland"),
        Filters(status="implemented"),
        Filters(region_type="village", document="fishing.txt"),
    ],
)
def test_the_admitted_are_found_beyond_the_depth(service: Service, filters: Filters) -> None:
    world = service.world()
    fit = _fit(service, filters)
    among = admitted(fit)
    assert among is not None
    assert 0 < len(among["sentences"]) < len(world.catalog.sentences)
    vector = service.embedder.embed([FAR])[0]
    depth = len(world.snapshot.vectors("sentences"))
    everything = dense.nearest(world.snapshot, vector, depth, {}, {})
    near = dense.nearest(world.snapshot, vector, 1, {}, {}, among)
    for name in ("passages", "statements"):
        found, whole = getattr(near, name), getattr(everything, name)
        best = [max(whole, key=lambda i: (whole[i], i)), max(set(among[name]) & whole.keys(), key=lambda i: whole[i])]
        assert found == {identifier: whole[identifier] for identifier in best}


def test_a_sentence_scores_the_same_with_a_filter_and_without(service: Service) -> None:
    world = service.world()
    text = "the harbours and sawmills lack storage"
    vector = service.embedder.embed([text])[0]
    among = admitted(_fit(service, Filters(document="timber.txt")))
    assert among is not None
    whole = candidates.sentences(world.snapshot, text, vector, 100)
    best, second = candidates.sentences(world.snapshot, text, vector, 1, among["sentences"])
    assert best == whole[0]
    assert second == next(hit for hit in whole if hit.id in among["sentences"])
    assert candidates.sentences(world.snapshot, text, vector, 1, [best.id]) == [best]


def test_without_filters_nothing_is_restricted(service: Service) -> None:
    assert admitted(_fit(service, Filters())) is None


def test_a_sentence_meets_a_filter_on_statements_by_one_of_its_own(service: Service) -> None:
    fit = _fit(service, Filters(status="implemented"))
    catalog = service.world().catalog
    held = {
        identifier
        for identifier in catalog.sentences
        if any(s.type == "challenge" or s.status == "implemented" for s in catalog.statements_in.get(identifier, ()))
    }
    assert {identifier for identifier in catalog.sentences if fit.admits(identifier)} == held
