"""What questions ask for, on questions about things that no paper here is about."""

from __future__ import annotations

import pytest

from search_api.intent import names_quantity, only_implemented, wanted, wanted_statuses, wanted_units

QUESTIONS = {
    "measure": (
        "How should ports deal with silt?",
        "How can ferries be made cleaner?",
        "What can be done about empty shops?",
        "What do the writers recommend for night trains?",
        "Which steps help beekeepers?",
        "Bakers cannot find apprentices - which support is suggested?",
        "What has Lisbon already done to calm traffic?",
        "What is Ghana doing about coastal erosion?",
        "how could small museums attract visitors",
        "ways to cut food waste",
        "subsidies for organic farms",
        "Is there support for first-time buyers?",
        "What should schools do about bullying?",
        "tell me about plans for cleaner harbours",
        "Give me ideas for livelier squares",
        "any grants for bakers?",
        "examples of reforms in schooling",
        "Who ought to repair the dikes?",
        "What works against loneliness?",
        "What housing is there for sailors?",
        "What does Oslo intend to build?",
        "How is Oslo tackling congestion?",
        "remedies for towns that flood",
        "What is done against smog?",
    ),
    "challenge": (
        "What dangers are there for swimmers?",
        "What problems do beekeepers meet?",
        "Which obstacles keep women out of forestry?",
        "Why is the south falling behind in rail freight?",
        "What hinders the spread of heat pumps?",
        "What goes wrong when bridges are inspected?",
        "Why do young doctors leave the islands?",
        "risks of cheap imported solar panels",
        "What are the main bottlenecks in container shipping?",
        "What are the problems of old harbour towns?",
        "any weaknesses of night trains?",
        "Is the silt in the canal a danger?",
        "lack of nurses in the north",
        "Why do families avoid the islands?",
        "What do the islands lack?",
    ),
    "region": (
        "Where are wind farms being built?",
        "Which towns have trams?",
        "In which provinces did cholera return?",
        "Which coastal villages sell oysters?",
        "tidal power - where is it tested?",
        "Which provincial governments announced plans for trams?",
        "Which foreign nations buy oysters?",
        "list coastal places with shipyards",
    ),
    "industry": (
        "Which sectors employ most apprentices?",
        "What industries does Oman want to grow?",
        "For which branches is lithium essential?",
        "lagos main industries",
        "What is Ghent known for?",
        "examples of new technologies in farming",
        "In which fields does Ghent lead?",
    ),
    "statistic": (
        "How many ferries cross each day?",
        "What share of homes has a heat pump?",
        "How much did rents rise in 2021?",
        "What percentage of pupils walks to school?",
        "How high is the water level?",
        "bergen harbour how many ships",
        "What is the population of Ghent?",
        "figures on rail freight",
    ),
    "passage": (
        "What is meant by circular economy?",
        "How do hedges protect fields from wind?",
        "Compare trams and buses",
        "How can planting hedges raise harvests?",
        "What is the difference between a canal and a river?",
        "effect of night trains on air travel",
        "definition of a tidal barrage",
        "What are the features of a good harbour?",
        "What role do ferries play?",
        "Who invented the tram?",
    ),
}


@pytest.mark.parametrize(("wants", "question"), [(w, q) for w, group in QUESTIONS.items() for q in group])
def test_wanted(wants: str, question: str) -> None:
    assert wanted(question) == wants


@pytest.mark.parametrize(
    "question", ["sailors and shipyards in the north", "harbour pilots Peru", "Is there anything on silt?"]
)
def test_open_questions_stay_open(question: str) -> None:
    assert wanted(question) is None


def test_names_quantity() -> None:
    assert names_quantity("timber exports of Finland")
    assert not names_quantity("kilns for sawmills")


def test_only_implemented() -> None:
    assert only_implemented("What has Oslo already put in place against smog?")
    assert only_implemented("Which schemes have so far been launched?")
    assert not only_implemented("What should Oslo do against smog?")
    assert not only_implemented("Which schemes are not yet running?")


@pytest.mark.parametrize(
    ("question", "statuses"),
    [
        ("Which trams has Oslo already built?", ("implemented",)),
        ("Which tram projects are planned?", ("planned",)),
        ("Which schemes are not yet running?", ("proposed", "planned")),
        ("What should Oslo do?", ()),
    ],
)
def test_statuses(question: str, statuses: tuple[str, ...]) -> None:
    assert wanted_statuses(question) == statuses


def test_units() -> None:
    assert wanted_units("How many ships and how much money?") == {"count", "money"}
    assert wanted_units("What percentage walks?") == {"share"}
