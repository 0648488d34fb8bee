"""What kind of thing a question asks for, and whether only what is already done counts: general English patterns."""

from __future__ import annotations

import re
from typing import Final

from search_api.schemas import Wants

_NO_VERB = r"(?:(?!should|can|could|is|are|was|were|do|does|did|must|will|would|has|have|had|may|might)[\w'’-]+ ){0,3}"
_WHICH = r"\b(?:which|what|whose|name|list|in which|for which)\b(?: are| is)?(?: the| all| of the)? "
_AMOUNT = r"many|much|deep|large|big|high|low|fast|old|long|far|often|strong|quickly|steep|wide|rapidly|expensive"
_QUANTITY = (
    r"share|percentage|percent|proportion|number|amount|rate|fraction|ratio|size|volume|total|figure|value|growth rate"
    r"|quota"
)
_MEASURE = (
    r"measures?|polic(?:y|ies)|steps?|actions?|instruments?|reforms?|programmes?|programs?|recommendations?|proposals?"
    r"|incentives?|subsid(?:y|ies)|initiatives?|interventions?|solutions?|remed(?:y|ies)|strateg(?:y|ies)|suggestions?"
    r"|support schemes?|schemes?|training|trainings"
)
_PLACE = (
    r"places?|regions?|provinces?|cit(?:y|ies)|count(?:y|ies)|villages?|towns?|areas?|countr(?:y|ies)|districts?"
    r"|municipalit(?:y|ies)|states?|localit(?:y|ies)|prefectures?|communities|locations?"
)
_SECTOR = r"sectors?|industr(?:y|ies)|branch(?:es)?|technolog(?:y|ies)|lines of business|trades|businesses"
_TROUBLE = (
    r"problems?|obstacles?|difficult(?:y|ies)|challenges?|barriers?|shortcomings?|bottlenecks?|constraints?|weakness(?:es)?"
    r"|deficienc(?:y|ies)|risks?|threats?|hurdles?|drawbacks?|hardships?|inequalit(?:y|ies)|gaps?|dilemmas?|shortages?"
    r"|pitfalls?|concerns?|dangers?|failures?|hindrances?|impediments?|contradictions?|disparit(?:y|ies)|imbalances?"
)
_ADVISE = r"recommend|suggest|propos|advis|call(?:s|ed)? for|advocat|urge|envisag"
_AGAINST = (
    r"lag|fail|behind|slow|weak|not|n't|n’t|poor|struggl|low|difficult|hard|unable|lack|suffer|scarce|short|decline|fall"
    r"|leav|risk|backward|insufficient|uneven|unequal|so few|so little|stagnat|worse|expensive|reluctan|hesitat|rare"
)
_HINDER = (
    r"hinder|prevent|hold|hamper|limit|imped|threaten|slow|stand|stop|restrict|obstruct|discourag|constrain|block|deter"
)
_EFFECT = r"pay off|pay|benefit|contribute|lead|affect|influence|matter|relate|interact|work|arise|emerge|differ"
_DONE = (
    r"introduc|implement|adopt|launch|establish|set up|put in|roll|enact|built|building|created|founded|start|taken"
    r"|undertaken|done|achiev|provid|invest"
)

_PATTERNS: Final[tuple[tuple[Wants, str], ...]] = (
    ("statistic", rf"\bhow (?:{_AMOUNT})\b(?! should| can| must)|{_WHICH}{_NO_VERB}(?:{_QUANTITY})\b"),
    ("statistic", rf"^(?:the )?(?:{_QUANTITY}) of\b|\b(?:growth rate|percentage|how many|how much)\b"),
    ("measure", rf"{_WHICH}{_NO_VERB}(?:{_MEASURE})\b"),
    (
        "measure",
        r"\bwhich [\w ,'’-]{1,60}\b(?:is|are|was|were) (?:suggested|recommended|proposed|advised|called for|planned)",
    ),
    ("region", rf"{_WHICH}{_NO_VERB}(?:{_PLACE})\b(?! (?:{_MEASURE}|{_TROUBLE})\b)|(?:^|[-–—,;:.?] *)(?:and )?where\b"),
    (
        "industry",
        rf"{_WHICH}{_NO_VERB}(?:{_SECTOR})\b(?! (?:{_MEASURE}|{_TROUBLE})\b)|\bwith (?:which|what) (?:{_SECTOR})",
    ),
    (
        "challenge",
        rf"{_WHICH}{_NO_VERB}(?:{_TROUBLE})\b|\bwhat(?: is| are)? (?:goes|go|going|went|wrong|missing|lacking)\b",
    ),
    (
        "challenge",
        rf"\bwhat (?:\w+ ){{0,2}}(?:{_HINDER})\w*\b|\bwhat (?:is|are) [\w ]{{1,40}}(?:lacking|missing|short of)\b",
    ),
    (
        "passage",
        r"\bwhat\b[\w ,'’]{0,20}\b(?:meant by|meaning|definition|defined|understood by)|^(?:define|explain|describe)\b",
    ),
    (
        "passage",
        r"\bcompare\b|\b(?:difference|differences|relationship|link|connection) between\b|\bcompared (?:with|to)\b",
    ),
    ("measure", rf"\b(?:{_ADVISE})\w*|\bways? (?:to|of|out)\b|\bhow (?:can|could|might|should|may) .{{1,90}}\bbe \w+"),
    ("passage", r"\bhow (?:can|could|may|might|do|does|did|is|are) (?!spending|building)\w+ing\b"),
    ("passage", rf"\bhow (?:can|could|may|might|do|does|did) .{{1,60}}\b(?:{_EFFECT})\b"),
    ("measure", r"\bhow (?:can|could|should|might|must|to|ought|do we|shall|would|will)\b"),
    (
        "measure",
        r"\bwhat (?:else )?(?:should|can|could|must|might|ought|needs?|has|have|shall)\b.{1,90}\b(?:do|done|to)\b",
    ),
    ("measure", r"\bwhat (?:should|can|could|must|might|ought) \b|\bwhat (?:to do|would help|helps?)\b"),
    ("measure", rf"\bwhat (?:has|have|had|did|does|is|are|was|were) .{{1,60}}\b(?:doing|do|done|{_DONE})\w*"),
    ("challenge", rf"\bwhy\b.{{1,90}}(?:{_AGAINST})"),
    (
        "passage",
        r"\bhow (?:do|does|did|is|are|was|were|has|have)\b|\bwhy\b|\b(?:effects?|impacts?|role|influence) of\b",
    ),
    ("passage", r"^what (?:is|are|was|were)\b|^who\b|^when\b"),
    ("measure", rf"^(?:is|are|does|do|did|has|have|will)\b.*\b(?:offer|provid|plan|subsidi|fund|support|{_DONE})\w*"),
    ("challenge", rf"\b(?:{_TROUBLE})\b"),
    ("industry", rf"\b(?:{_SECTOR})\s*\??$"),
    ("measure", rf"\b(?:{_MEASURE}|support|funding|investment|grants?|plans?|action)\b"),
)
_COMPILED: Final = tuple((wants, re.compile(pattern)) for wants, pattern in _PATTERNS)
_IMPLEMENTED: Final = re.compile(
    rf"\balready\b|\bso far\b|\bto date\b|\buntil now\b|\bput in(?:to)? (?:place|practice|effect)\b|\bin force\b"
    rf"|\bnot (?:just|only|merely) (?:proposed|planned|suggested)|\b(?:has|have) (?:\w+ ){{1,6}}(?:{_DONE})\w*"
    r"|\bactually (?:introduced|done|implemented)"
)
_NEGATED: Final = re.compile(r"\bnot (?:yet|already)\b|\bn[o']t yet\b")
_MONEY: Final = re.compile(
    r"\b(?:money|cost|costs|spend|spent|fund|funds|funding|paid|invest\w*|debt|revenue|budget|worth)\b"
)
_SHARE: Final = re.compile(r"\b(?:share|percent\w*|proportion|rate|fraction|ratio|fast|quickly|rapidly|growth)\b")
_COUNT: Final = re.compile(r"\bhow many\b|\bnumber of\b")


def wanted(question: str) -> Wants:
    """What the question asks for, by the first pattern that fits; passages where none does.

    >>> wanted("Which obstacles do harbours meet?"), wanted("How can ferries be made cleaner?")
    ('challenge', 'measure')
    """
    folded = " ".join(question.casefold().split())
    return next((wants for wants, pattern in _COMPILED if pattern.search(folded)), "passage")


def only_implemented(question: str) -> bool:
    """Whether the question asks for what was done, not for what was proposed."""
    folded = question.casefold()
    return bool(_IMPLEMENTED.search(folded)) and not _NEGATED.search(folded)


def wanted_units(question: str) -> frozenset[str]:
    """Families of units that a question about figures points at: money, share, count."""
    folded = question.casefold()
    families = {"money": _MONEY, "share": _SHARE, "count": _COUNT}
    return frozenset(name for name, pattern in families.items() if pattern.search(folded))
