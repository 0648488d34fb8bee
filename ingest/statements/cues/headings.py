"""Words in section titles that tell what the section is for."""

from __future__ import annotations

import re
from typing import Literal

from ingest.statements.cues import wordings

Setting = Literal["problem", "solution", "review", "practice", "theory", "introduction", "summary", "unknown"]

_PROBLEM = wordings(
    r"""
    challeng|problem|difficult|dilemma|obstacle|barrier|constrain|bottleneck|shortcoming|weakness|issues?\b
    risks?\b|threat|gaps?\b|deficienc|predicament|hurdle|pressures?\b|concerns?\b|limitations?\b
    (?:problem|situation) analysis|\bcauses? of
    """
)

_SOLUTION = wordings(
    r"""
    countermeasure|recommend|suggest|\bpaths?\b|pathway|measures?\b|strateg(?:y|ies)\b|solution|response
    way forward|policy (?:option|action|direction|statement|measure|priorit|intervention|objective|goal)
    actions?\b|reforms?\b|roadmap|what (?:should|must|needs)|optimi[sz]ation|proposals?\b|priorit
    interventions?\b|implementation|initiatives?\b|objectives?\b|goals?\b|instruments?\b|next steps
    approach(?:es)? to|how to|programmes?\b|action plan|thrust|way ahead|obligations?\b|duties\b|provisions\b
    """
)

_PRACTICE = wordings(
    r"""
    effectiveness|achievement|practices?\b|progress|case stud|experience|results?\b
    current (?:situation|state|status)|implemented|existing polic|measures taken|success
    """
)

_THEORY = wordings(
    r"""
    \bmechanism|\blogic|\btheor|\bconnotation|\bconcept|\bdefinition|\bcharacteristics\b|\bessence\b
    """
)

_REVIEW = wordings(
    r"""
    literature|related work|previous (?:research|studies)|data source|methodolog
    research (?:design|method|objective|background|question)|abbreviation|glossary|acronym
    """
)

_INTRODUCTION = wordings(
    r"""
    introduction|background|preamble|foreword|overview|context\b
    """
)

_SUMMARY = wordings(
    r"""
    conclusion|summary|concluding|outlook|abstract
    """
)

#: What a section is for, with the pattern its title matches.
KINDS: tuple[tuple[Setting, re.Pattern[str]], ...] = (
    ("problem", _PROBLEM),
    ("solution", _SOLUTION),
    ("review", _REVIEW),
    ("practice", _PRACTICE),
    ("theory", _THEORY),
    ("introduction", _INTRODUCTION),
    ("summary", _SUMMARY),
)
