"""Whole documents of several styles taken apart: sections, sentences, passages and what every layout must keep to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.text.layout import Layout
from ingest.text.wording import word_count

LayOut = Callable[[str], Layout]

REGULATION = """OFFICIAL GAZETTE OF THE UNION

REGULATION (EU) No 900/2031 OF THE ASSEMBLY

of 4 March 2031

on the support of rural workshops

Having regard to the Treaty, and in particular Article 12 thereof,

Whereas:

(1) Small workshops have lost every fifth job since 2020; they need support.

CHAPTER I
Common provisions

Article 1
Subject matter

This Regulation sets up the Workshop Fund.

Article 2

Definitions

For the purposes of this Regulation:

(a) 'workshop' means a firm with fewer than ten workers;

(b) 'operator' means any person, e.g. a cooperative, that runs one.

Article 3

Scope of support

1. The Fund shall support:

(a) machines;

(b) training of apprentices.

2. Member States shall report each year.

CHAPTER II
Final provisions

Article 4
Entry into force

This Regulation shall enter into force on the day after its publication.

ANNEX I

Common indicators

Number of workshops supported.
"""

POLICY = """GOVERNMENT OF THE REPUBLIC OF LUMARA

NATIONAL WATER POLICY

June 2027

TABLE OF CONTENTS

CHAPTER 1: INTRODUCTION .......... 1
CHAPTER 2: OBJECTIVES .......... 4

FOREWORD

Water is life. This policy is for all who live in Lumara.

CHAPTER 1: INTRODUCTION

1.1 Background

Only 48.5 per cent of rural homes have safe water. Pumps fail within
two years because spare parts are missing, and the water point com-
mittees have no funds.

1.2 Problem Statement

The main problems are:

\u2022 low coverage in the north;
\u2022 weak control of private drillers; and
\u2022 rivers spoiled by mines.

CHAPTER 2: OBJECTIVES

2.1 Specific Objectives

i) To repair 4,000 boreholes.
ii) To train pump mechanics.

Policy Statements

The Government shall:

a) waive import duty on spare parts;
b) bring in a fair tariff.

INSTITUTIONAL ARRANGEMENTS

The Ministry shall lead. Figure 3 shows the offices.

Figure 3: Offices of the water sector

REFERENCES

Banda, K. (2019). Wells of Lumara. Water Journal, 4(2), 11-20.
Phiri, M. (2020). Pumps. Lumara Press.
"""

MEMO = """                                              12 January 2029

           Memorandum on Broadband in Remote Districts

1. Introduction

   This memorandum says how the agency brings broad-
   band to remote districts.  It takes account of the views
   of the U.S. carriers.  See Fig. 2.

Okafor                                             [Page 1]

Memo 77             Remote Broadband           January 2029


2. Measures

2.1. Duct sharing

   Owners of ducts must open them at cost-
   oriented prices.

   o  small operators pay nothing;
   o  large operators pay a deposit.

Okafor                                             [Page 2]

Memo 77             Remote Broadband           January 2029


   The agency pays grants of up to 40 percent.

Okafor                                             [Page 3]

Memo 77             Remote Broadband           January 2029

3. References

   [1]  Ministry of Links, "Digital Plan", 2025.
   [2]  Regulator, "Duct
        prices", 2027.
"""

MARKDOWN = """---
title: "Housing for Ageing Towns"
authors:
  - Ada Lindqvist
  - Bo Chen
year: 2030
venue: Town Notes
doi: 10.5555/tn.2030.7
licence: CC BY 4.0
language: en
---

# Housing for Ageing Towns

## 1. Background

Ageing towns lose **young families**; see [the census](https://example.org/c).[^1] Empty flats
cost the towns 2.5 million a year.

- Towns *buy* empty flats.
- Owners get a tax credit of \\$500.

### 1.1 Costs

| item | cost |
|------|------|
| lift | 40   |

Costs fall when lifts are shared.

Conclusions
-----------

Act early.

[^1]: Census office, 2029.
"""

ALL = [REGULATION, POLICY, MEMO, MARKDOWN]


def texts(layout: Layout, kind: str) -> list[str]:
    return [sentence.text for sentence in layout.sentences if sentence.kind == kind]


def outline(layout: Layout) -> list[tuple[int, str | None, str]]:
    return [(section.level, section.number, section.title) for section in layout.sections]


def check(layout: Layout, text: str) -> None:
    """What holds for every layout of every text."""
    records = [*layout.sections, *layout.passages, *layout.sentences]
    assert len({record.id for record in records}) == len(records)
    assert all(0 <= record.start <= record.end <= len(text) for record in records)
    assert layout.sections[0].start == min(section.start for section in layout.sections)
    by_id = {section.id: section for section in layout.sections}
    for section in layout.sections:
        if section.parent:
            parent = by_id[section.parent]
            assert parent.start <= section.start
            assert section.end <= parent.end
            assert parent.level < section.level
    for before, after in zip(layout.passages, layout.passages[1:], strict=False):
        assert before.end <= after.start
    homes = {passage.id: passage for passage in layout.passages}
    assert all(passage.text == text[passage.start : passage.end] != "" for passage in layout.passages)
    for sentence in layout.sentences:
        view = layout.views[sentence.id]
        assert view.text == sentence.text != ""
        assert view.source_span(0, len(view.text)) == (sentence.start, sentence.end)
        assert by_id[sentence.section].start <= sentence.start
        if sentence.passage:
            assert homes[sentence.passage].start <= sentence.start
            assert sentence.end <= homes[sentence.passage].end
            assert homes[sentence.passage].section == sentence.section
        assert (sentence.passage is not None) == (sentence.kind in {"prose", "caption", "table", "note"})


@pytest.mark.parametrize("text", ALL)
def test_layout_keeps_its_promises(text: str, laid: LayOut) -> None:
    check(laid(text), text)
    assert laid(text) == laid(text)


def test_layout_of_a_regulation(laid: LayOut) -> None:
    layout = laid(REGULATION)
    assert layout.document.title.startswith("REGULATION (EU) No 900/2031")
    assert layout.document.title.endswith("rural workshops")
    assert outline(layout)[2:] == [
        (2, "CHAPTER I", "Common provisions"),
        (3, "Article 1", "Subject matter"),
        (3, "Article 2", "Definitions"),
        (3, "Article 3", "Scope of support"),
        (2, "CHAPTER II", "Final provisions"),
        (3, "Article 4", "Entry into force"),
        (1, "ANNEX I", "Common indicators"),
    ]
    prose = texts(layout, "prose")
    assert "'operator' means any person, e.g. a cooperative, that runs one." in prose
    assert prose[prose.index("machines;") - 1 :][:2] == ["The Fund shall support:", "machines;"]


def test_layout_of_a_national_policy(laid: LayOut) -> None:
    layout = laid(POLICY)
    assert (layout.document.title, layout.document.year) == ("NATIONAL WATER POLICY", 2027)
    assert (2, "1.2", "Problem Statement") in outline(layout)
    assert (1, "CHAPTER 2", "OBJECTIVES") in outline(layout)
    prose = texts(layout, "prose")
    assert "weak control of private drillers; and" in prose
    assert "To train pump mechanics." in prose
    assert any(text.endswith("the water point committees have no funds.") for text in prose)
    assert texts(layout, "caption") == ["Figure 3: Offices of the water sector"]
    assert len(texts(layout, "reference")) == 2


def test_layout_of_a_wrapped_memorandum(laid: LayOut) -> None:
    layout = laid(MEMO)
    assert layout.document.title == "Memorandum on Broadband in Remote Districts"
    prose = texts(layout, "prose")
    assert prose[0] == "This memorandum says how the agency brings broadband to remote districts."
    assert "Owners of ducts must open them at cost-oriented prices." in prose
    assert "small operators pay nothing;" in prose
    assert not any("Okafor" in text or "Memo 77" in text for text in prose)
    assert texts(layout, "reference")[1] == '[2] Regulator, "Duct prices", 2027.'


def test_layout_of_markdown(laid: LayOut) -> None:
    layout = laid(MARKDOWN)
    document = layout.document
    assert (document.title, document.authors) == ("Housing for Ageing Towns", ("Ada Lindqvist", "Bo Chen"))
    assert (document.year, document.venue, document.doi) == (2030, "Town Notes", "10.5555/tn.2030.7")
    assert (document.licence, document.language) == ("CC BY 4.0", "en")
    prose = texts(layout, "prose")
    assert prose[:2] == [
        "Ageing towns lose young families; see the census.",
        "Empty flats cost the towns 2.5 million a year.",
    ]
    assert "Owners get a tax credit of $500." in prose
    assert layout.sections[-1].kind == "conclusion"
    assert texts(layout, "reference") == ["Census office, 2029."]


def test_layout_names_the_earlier_twin_of_a_repeated_paragraph(laid: LayOut) -> None:
    first = "Ports need cranes that lift more.\n\nCrews need\n\ntraining in all of the ports.\n\n"
    layout = laid("# Ports\n\n" + first + first.replace("\n\ntraining", " training"))
    prose = [sentence for sentence in layout.sentences if sentence.kind == "prose"]
    assert [sentence.duplicate_of for sentence in prose] == [None, None, prose[0].id, prose[1].id]


def test_layout_shares_a_long_section_out_over_passages(laid: LayOut) -> None:
    text = "# Ports\n\n" + " ".join(
        f"Port {number} has a pier and pays the crew of its crane each week." for number in range(80)
    )
    sizes = [word_count(passage.text) for passage in laid(text).passages]
    assert len(sizes) > 5
    assert all(80 <= size <= 180 for size in sizes)


ODD = {
    "headings only": "# A\n\n## B\n\n## C\n",
    "no full stop": "word " * 40_000,
    "one paragraph": "The pier is old. " * 12_000,
    "one word": "a" * 200_000,
    "openers": "[" * 50_000 + "<!--" * 50_000,
    "broken front matter": "---\ntitle: [broken\n---\n\nText.",
    "almost nothing": "\ufeff\n\n\x0c\n.",
    "references only": "References\n",
    "numbers": "1.\n2.\n3.\n",
    "surrogate": "x \ud800 y",
}


@pytest.mark.parametrize("name", sorted(ODD))
def test_layout_of_odd_input(name: str, laid: LayOut) -> None:
    check(laid(ODD[name]), ODD[name])


MIXTURE = """# Aims|1. Aims|2.1 Fees and Fines|CHAPTER I|Article 2|Abstract|References|Keywords: a; b|- item
(a) thing;|Figure 1. Map|The board sets the|fees of all boats. It may|wait [1].|12|---|/ a / b /|```|||\x0c|Funding
> quote|A. Ito, B. Mar|Conclusions|=====|\u3002|\u0422\u043e"""
LINES = st.sampled_from(MIXTURE.replace("\n", "|").split("|"))


@settings(deadline=None, max_examples=120)
@given(lines=st.lists(LINES, max_size=30))
def test_layout_of_any_mixture_keeps_its_promises(lines: list[str], laid: LayOut) -> None:
    text = "\n".join(lines).replace("/", "|")
    check(laid(text), text)


def test_numbered_paragraphs_lose_their_numbers_and_stay_apart(laid: LayOut) -> None:
    text = """2. State of the harbours

2.1 Most piers date from the time of the railway, and
few of them can carry a crane. Repairs are rare.
2.2 Ice plants stand idle for want of parts which
nobody in the country makes.
2.2.1 Each port should keep a store of spare parts,
shared with its neighbours.
2.2.2 Fees should pay for it.
"""
    prose = [sentence.text for sentence in laid(text).sentences if sentence.kind == "prose"]
    assert prose == [
        "Most piers date from the time of the railway, and few of them can carry a crane.",
        "Repairs are rare.",
        "Ice plants stand idle for want of parts which nobody in the country makes.",
        "Each port should keep a store of spare parts, shared with its neighbours.",
        "Fees should pay for it.",
    ]
