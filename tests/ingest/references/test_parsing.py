"""What a reference says, in the styles that papers, laws and reports use; sentences and works are made up."""

from __future__ import annotations

import time

import pytest

from ingest.references.names import names
from ingest.references.parsing import parse

STYLES = {
    "APA": (
        "Okafor, N. (2018). Water prices and the poor. Journal of Utility Studies, 12(3), 44–61. "
        "https://doi.org/10.5555/jus.2018.44",
        (("Okafor, N.",), 2018, "Water prices and the poor", "Journal of Utility Studies", "10.5555/jus.2018.44"),
    ),
    "APA, three authors, book": (
        "Okafor, N., Lindqvist, A. B., & Ruiz Peña, M. (2019a). *Ports without cranes* (2nd ed.). Harbour Press.",
        (("Okafor, N.", "Lindqvist, A. B.", "Ruiz Peña, M."), 2019, "Ports without cranes", None, None),
    ),
    "APA, particles and month": (
        "van der Meer, J., & de la Cruz, P. (2012, May). Reefs of the strait. Coast, 3, 1-2.",
        (("van der Meer, J.", "de la Cruz, P."), 2012, "Reefs of the strait", "Coast", None),
    ),
    "APA, a body": (
        "Ministry of Transport. (2020). National ferry strategy 2020-2030. Government Printer.",
        (("Ministry of Transport",), 2020, "National ferry strategy 2020-2030", "Government Printer", None),
    ),
    "APA, no date": (
        "Okafor, N. (n.d.). Notes on dredging. Retrieved March 3, 2021, from https://example.org/notes",
        (("Okafor, N.",), None, "Notes on dredging", None, None),
    ),
    "Harvard": (
        "Lindqvist, A.B. and Okafor, N. 2017. Dredging small harbours. Coastal Review 8(2): 100-119.",
        (("Lindqvist, A.B.", "Okafor, N."), 2017, "Dredging small harbours", "Coastal Review", None),
    ),
    "Harvard, a body": (
        "World Bank. 2013. World ports report 2013. Washington, DC: World Bank.",
        (("World Bank",), 2013, "World ports report 2013", "World Bank", None),
    ),
    "Vancouver": (
        "Okafor N, Lindqvist AB. Tariffs for rural ferries. Transport Lett. 2016;14(2):33-40.",
        (("Okafor N", "Lindqvist AB"), 2016, "Tariffs for rural ferries", "Transport Lett", None),
    ),
    "Chicago note": (
        "Ngozi Okafor and Anna Lindqvist, “Ferries as Public Goods,” Journal of Island Policy 7, no. 2 (2015): 55–70.",
        (("Ngozi Okafor", "Anna Lindqvist"), 2015, "Ferries as Public Goods", "Journal of Island Policy", None),
    ),
    "Chicago note, book": (
        "Ngozi Okafor, *The Price of Water* (Lagos: Harbour Press, 2014), 45.",
        (("Ngozi Okafor",), 2014, "The Price of Water", "Harbour Press", None),
    ),
    "Chicago bibliography": (
        "Okafor, Ngozi, and Anna Lindqvist. “Ferries as Public Goods.” *Island Policy* 7, no. 2 (2015): 55–70.",
        (("Okafor, Ngozi", "Anna Lindqvist"), 2015, "Ferries as Public Goods", "Island Policy", None),
    ),
    "GB/T 7714": (
        "Zhou Lan, Wu Ping, et al. Rural roads and their upkeep [J]. *Journal of Counties*, 2020, 12(3): 45-52.",
        (("Zhou Lan", "Wu Ping"), 2020, "Rural roads and their upkeep", "Journal of Counties", None),
    ),
    "GB/T 7714, online, seen later": (
        "Zhou Lan Wu, Ping Upkeep of roads [J/OL]. Counties, 2021, (04): 1-8 [March 6, 2025] "
        "<https://doi.org/10.5555/c.2021>.",
        ((), 2021, "Zhou Lan Wu, Ping Upkeep of roads", "Counties", "10.5555/c.2021"),
    ),
    "GB/T 7714, authors that run into the title": (
        "Zhou Lan, Wu Ping Upkeep of rural roads [J]. Counties, 2021, (04): 1-8.",
        (("Zhou Lan", "Wu Ping"), 2021, "Upkeep of rural roads", "Counties", None),
    ),
    "GB/T 7714, stops set apart": (
        "Zhou L ,Wu P .Upkeep of Roads in Hills[J].Journal of Counties,2021,6(11):57-61.",
        (("Zhou L", "Wu P"), 2021, "Upkeep of Roads in Hills", "Journal of Counties", None),
    ),
    "GB/T 7714 in Chinese": (
        "李明, 王芳. 农村道路养护的资金来源研究[J]. 交通经济, 2020, 12(3): 45-52.",
        (("李明", "王芳"), 2020, "农村道路养护的资金来源研究", "交通经济", None),
    ),
    "GB/T 7714, book": (
        "陈静. 港口经济学[M]. 北京: 海洋出版社, 2018: 33-40.",
        (("陈静",), 2018, "港口经济学", "海洋出版社", None),
    ),
    "volume before the year": (
        "Lan Zhou, Ping Wu. Debts of Local Government. *County Studies*. Vol. 37 (2024) No. 01, p. 21-30.",
        (("Lan Zhou", "Ping Wu"), 2024, "Debts of Local Government", "County Studies", None),
    ),
    "law": ("Harbours Act (2009). Government Gazette.", ((), 2009, "Harbours Act", "Government Gazette", None)),
    "regulation": (
        "Regulation (EU) No 99/2013 of the Parliament of 15 January 2013 on ferries (OJ L 39, 9.2.2013, p. 12).",
        (
            (),
            2013,
            "Regulation (EU) No 99/2013 of the Parliament of 15 January 2013 on ferries (OJ L 39, 9.2.2013, p. 12)",
            None,
            None,
        ),
    ),
    "case": ("Smith v Harbour Board [2010] UKSC 12.", ((), 2010, "Smith v Harbour Board", "UKSC", None)),
    "OSCOLA": (
        "Okafor, N. 'Dredging and its discontents' in A. Lindqvist (ed.) Small Ports (Harbour Press, 2011) 33",
        (("Okafor, N",), 2011, "Dredging and its discontents", "Small Ports", None),
    ),
    "newspaper, opening quote lost": (
        'A New Pattern of Ports and their Protection ", Coast Daily, April 24, 2024.',
        ((), 2024, "A New Pattern of Ports and their Protection", "Coast Daily", None),
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    text, expected = STYLES[style]
    work = parse(text)
    assert (work.authors, work.year, work.title, work.venue, work.doi) == expected


@pytest.mark.parametrize("text", ["", "12", "See above.", "https://example.org", "((((", "1999", "*", "“"])
def test_what_is_no_reference_gives_nothing_wrong(text: str) -> None:
    work = parse(text)
    assert work.authors == ()
    assert work.doi is None


@pytest.mark.parametrize(
    "text",
    [
        "Fees of small ports in Norland",
        "The price of water",
        "Lan Zhou, Ping Wu. The Debt of Local Government",
    ],
)
def test_titles_are_no_names(text: str) -> None:
    assert names(text) is None


def test_a_year_in_a_range_of_pages_or_a_number_is_no_year() -> None:
    assert parse("Okafor N. Ferries of the strait. Coast. 12:1999-2010.").year is None
    assert parse("Okafor N. Ferries of the strait. Coast, 2015, 111497167-1497167.").year == 2015


@pytest.mark.parametrize("piece", ["Ab Cd, ", "A. ", "“", "(", "*a", "2001, ", "[2001", "a ."])
def test_what_repeats_without_end_is_read_in_time(piece: str) -> None:
    began = time.perf_counter()
    parse(piece * 20_000)
    assert time.perf_counter() - began < 5
