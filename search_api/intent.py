"""What kind of thing a question asks for, and whether only what is already done counts: general English patterns."""

from __future__ import annotations

import re
from typing import Final

from kg.records import MeasureStatus
from search_api.schemas import Wants

# Words of a noun phrase: neither verbs nor prepositions, so that its last word is what is asked for.
_PHRASE = (
    r"(?:(?!(?:should|can|could|is|are|was|were|do|does|did|must|will|would|has|have|had|may|might|of|in|for|to"
    r"|with|on|at|by|from|against|between|about|that|and|or|there)\b)[\w'’-]+ ){0,3}"
)
_ASKED = (
    r"(?:which|what|whose|name|list|show|give(?: me)?|tell me|find|any|examples? of|in which|for which|are there"
    r"|is there)"
)
_WHICH = rf"\b{_ASKED}(?: are| is)?(?: me| us)?(?: there)?(?: any| some| the| all| of the| a few)* "
_AMOUNT = (
    r"many|much|deep|large|big|high|low|fast|old|long|far|often|strong|quickly|steep|wide|rapidly|expensive|rich|poor"
    r"|wealthy|numerous|heavy|tall|little|few"
)
_QUANTITY = (
    r"share|percentage|percent|proportion|number|numbers|amount|rate|fraction|ratio|size|volume|total|figures?|value"
    r"|growth rate|quota|statistics|data|sum|price|cost|level|index"
)
_MEASURE = (
    r"measures?|polic(?:y|ies)|steps?|actions?|instruments?|reforms?|programmes?|programs?|recommendations?"
    r"|proposals?"
    r"|incentives?|subsid\w*|initiatives?|interventions?|solutions?|remed(?:y|ies)|strateg(?:y|ies)|suggestions?"
    r"|support schemes?|schemes?|training|trainings|projects?|advice|countermeasures?|tools|ideas|options|levers"
    r"|tips|cures?|answers?|responses?|help|assistance|benefits|grants?|funds|services|ways|means|plans?|efforts?"
    r"|attempts?|approach(?:es)?|demands?"
)
_PLACE = (
    r"places?|regions?|provinces?|cit(?:y|ies)|count(?:y|ies)|villages?|towns?|areas?|countr(?:y|ies)|districts?"
    r"|municipalit(?:y|ies)|states?|localit(?:y|ies)|prefectures?|communities|locations?|nations?|metropolis(?:es)?"
    r"|(?:provincial|county|city|municipal|regional|state|town) (?:governments?|authorities|administrations?"
    r"|capitals?)"
)
_SECTOR = (
    r"sectors?|industr(?:y|ies)|branch(?:es)?|technolog(?:y|ies)|lines of business|trades|businesses"
    r"|fields of technology"
    r"|kinds? of (?:firms|companies|business)|goods|products|crops|commodities"
)
_TROUBLE = (
    r"problems?|obstacles?|difficult(?:y|ies)|challenges?|barriers?|shortcomings?|bottlenecks?|constraints?"
    r"|weakness(?:es)?"
    r"|deficienc(?:y|ies)|risks?|threats?|hurdles?|drawbacks?|hardships?|inequalit(?:y|ies)|gaps?|dilemmas?"
    r"|shortages?"
    r"|pitfalls?|concerns?|dangers?|failures?|hindrances?|impediments?|contradictions?|disparit(?:y|ies)|imbalances?"
    r"|troubles?|worries|crisis|crises|backwardness|deficits|disadvantages?|issues|trouble|flaws?|defects?|handicaps?"
)
_ADVISE = r"recommend|suggest|propos|advis|call(?:s|ed)? for|advocat|urge|envisag"
_AGAINST = (
    r"lag|fail|behind|slow|weak|not|n't|n’t|poor|struggl|low|difficult|hard|unable|lack|suffer|scarce|short"
    r"|decline|fall"
    r"|leav|risk|backward|insufficient|uneven|unequal|so few|so little|stagnat|worse|expensive|reluctan|hesitat|rare"
    r"|avoid|shun|refus|object|quit|flee|los[et]|shrink|unattractive|move away|go away|hurt|problem"
)
_HINDER = (
    r"hinder|prevent|hold|hamper|limit|imped|threaten|slow|stand|stop|restrict|obstruct|discourag|constrain"
    r"|block|deter"
    r"|endanger|worr|goes against|gets in|make[s]? it (?:hard|difficult)|drag|keeps"
)
_EFFECT = r"pay off|pay|benefit|contribute|lead|affect|influence|matter|relate|interact|work|arise|emerge|differ|help"
_DONE = (
    r"introduc|implement|adopt|launch|establish|set up|put in|roll|enact|built|building|created|founded|start|taken"
    r"|undertaken|done|achiev|provid|invest"
)
_INTEND = (
    r"intend|plan|aim|pledge|promise|try|trying|attempt|tackl|respond|react|deal|cope|fight|address|combat|counter"
    r"|support|promot|encourag|attract|retain|protect|improv|reduc|prevent|strengthen|want"
)

# A question that begins with one of these names what it wants by it; tools, services or benefits might be its topic.
_BY_NAME = (
    r"measures?|polic(?:y|ies)|steps|actions|instruments|reforms|recommendations?|proposals?|incentives|subsid\w*"
    r"|initiatives|interventions|solutions?|remed(?:y|ies)|strateg(?:y|ies)|suggestions?|advice|countermeasures?|ways"
    r"|options|ideas|plans"
)

_PATTERNS: Final[tuple[tuple[Wants, str], ...]] = (
    ("measure", rf"^(?:any |some |the )?(?:{_BY_NAME}) (?:for|against|to|on|by|that|which)\b"),
    (
        "statistic",
        rf"\bhow (?:{_AMOUNT})\b(?! should| can| must)|{_WHICH}{_PHRASE}(?:{_QUANTITY}) (?:of|do|does|did|is"
        rf"|are|was|were)\b",
    ),
    (
        "statistic",
        rf"\bwhat (?:is|was|are|were) (?:the )?(?:[\w'’-]+ ){{0,3}}(?:{_QUANTITY}|population|salary|growth"
        rf"|income) (?:of|in|for|at|among)\b",
    ),
    (
        "statistic",
        rf"^(?:the |any )?(?:{_QUANTITY}) (?:of|on|for)\b|\b(?:growth rate|percentage|how many|how much)\b",
    ),
    (
        "region",
        rf"{_WHICH}{_PHRASE}(?:{_PLACE})\b(?![-'’]| (?:{_MEASURE}|{_TROUBLE}|support|funding)\b)|(?:^"
        rf"|[-–—,;:.?] *)(?:and )?where\b",
    ),
    (
        "industry",
        rf"{_WHICH}{_PHRASE}(?:{_SECTOR})\b(?![-'’]| (?:{_MEASURE}|{_TROUBLE}|support|funding)\b)"
        rf"|\bwith (?:which|what) (?:{_SECTOR})"
        r"|\bin (?:which|what) (?:other )?fields\b"
        r"|\bwhat (?:is|are) .{1,60}\b(?:strong (?:in|at)|good at|known for|famous for|specialis\w+ in"
        r"|specializ\w+ in|made in|produced in)",
    ),
    ("measure", rf"{_WHICH}{_PHRASE}(?:{_MEASURE})\b(?! of (?:productivity|growth|output))"),
    (
        "measure",
        r"\bwhich [\w ,'’-]{1,60}\b(?:is|are|was|were) (?:suggested|recommended|proposed|advised|called for|planned)"
        rf"|\b(?:what|which) (?:(?!(?:{_TROUBLE})\b)[\w,'’-]+ ){{1,6}}(?:is|are) (?:there|available|on offer|offered"
        r"|provided|foreseen|envisaged)\b",
    ),
    (
        "challenge",
        rf"{_WHICH}{_PHRASE}(?:{_TROUBLE})\b|\bwhat(?: is|'s|’s| are)? (?:goes|go|going|went|wrong|missing"
        rf"|lacking|bad)\b",
    ),
    (
        "challenge",
        r"\bwhat (?:do|does|did) .{1,60}\black\b(?! of)|"
        rf"\bwhat (?:\w+ ){{0,2}}(?:{_HINDER})\w*\b|\bwhat (?:is|are) [\w ]{{1,40}}(?:lacking|missing|short of)\b"
        rf"|^(?:is|are|does|do|will) .{{1,80}}\b(?:an? )?(?:{_TROUBLE})\b",
    ),
    ("measure", r"\bwhat (?:is|was|has been|can be|could be|gets) (?:being )?done\b"),
    (
        "passage",
        r"\bwhat\b[\w ,'’]{0,20}\b(?:meant by|meaning|definition|defined|understood by)"
        r"|^(?:define|explain|describe|definition|meaning)\b|\bdefinition of\b|^what (?:does .{1,60} mean)\b"
        r"|\b(?:features?|characteristics?|traits|hallmarks|properties|attributes) of\b|\bmechanisms?\b",
    ),
    (
        "passage",
        r"\bcompare\b|\bcomparison\b|\b(?:differences?|relationship|link|connection|relation) (?:between|of)\b"
        r"|\bcompared (?:with|to)\b|\bdiffers? from\b|\bwhat (?:role|part)\b|\bunderstand(?:s)? by\b",
    ),
    (
        "measure",
        rf"\b(?:{_ADVISE})\w*|\bways? (?:to|of|out|for)\b|\bhow (?:can|could|might|should|may) .{{1,90}}\bbe \w+",
    ),
    (
        "measure",
        r"\bhow (?:is|are|was|were|does|do|did|has|have) .{1,60}\b(?:tackl|respond|react|deal|cop(?:e|ing)\b"
        r"|fight|combat|counter|try|attempt)\w*"
        r"|\bhow (?:is|are) .{1,40}\b(?:support|promot|encourag|address|protect)(?:ing|ed)\b",
    ),
    ("passage", r"\bhow (?:can|could|may|might|do|does|did|is|are) (?!spending|building)\w+ing\b"),
    ("passage", rf"\bhow (?:can|could|may|might|do|does|did) .{{1,60}}\b(?:{_EFFECT})\b"),
    (
        "measure",
        r"\bhow (?:can|could|should|might|must|to|ought|do we|shall|would|will)\b|\bwho (?:should|must|can"
        r"|could|ought|will|has to|needs to)\b",
    ),
    (
        "measure",
        r"\bwhat (?:else )?(?:should|can|could|must|might|ought|needs?|has|have|shall)\b.{1,90}\b(?:do|done|to)\b",
    ),
    ("measure", r"\bwhat (?:should|can|could|must|might|ought|would) \b|\bwhat (?:to do|would help|helps?|works)\b"),
    (
        "measure",
        rf"\bwhat (?:has|have|had|did|does|do|is|are|was|were) .{{1,60}}\b(?:(?:doing|do|done)\b|(?:{_DONE}"
        rf"|{_INTEND})\w*)",
    ),
    ("challenge", rf"\bwhy\b.{{1,90}}\b(?:so |too )?(?:{_AGAINST})"),
    (
        "passage",
        r"\bhow (?:do|does|did|is|are|was|were|has|have)\b|\b(?:effects?|impacts?|role|influence"
        r"|importance) of\b",
    ),
    (
        "passage",
        r"^what (?:is|are) (?!(?:said|written|reported|known|there|the (?:main |chief )?(?:causes|reasons"
        r"|roots))\b)[\w' -]{3,60}(?:\?|$|,? and )|^when\b|^who\b",
    ),
    (
        "measure",
        rf"^(?:is|are|does|do|did|has|have|will|can)\b.*\b(?:offer|provid|plan|subsidi|fund|support|{_DONE})\w*",
    ),
    (
        "region",
        rf"^(?:(?!for\b|of\b|in\b|to\b|against\b|on\b|from\b)[\w-]+ ){{0,2}}(?:{_PLACE})"
        r" (?:with|where|that|which|known)\b",
    ),
    ("industry", rf"^(?:[\w-]+ ){{0,2}}(?:{_SECTOR}) (?:that|which|where|(?:the|a) \w+ could)\b"),
    ("challenge", r"\btoo (?:much|many|few|little|heavily|strongly)\b"),
    ("challenge", rf"\b(?:{_TROUBLE}|downsides?|(?:lack|scarcity|loss) of|complain\w*)\b"),
    ("industry", rf"\b(?:{_SECTOR})\s*\??$"),
    ("measure", rf"\b(?:{_MEASURE}|support|grants?|promotion of|promoting)\b"),
)
_COMPILED: Final = tuple((wants, re.compile(pattern)) for wants, pattern in _PATTERNS)
_IMPLEMENTED: Final = re.compile(
    rf"\balready\b|\bso far\b|\bto date\b|\buntil now\b|\bput in(?:to)? (?:place|practice|effect)\b|\bin force\b"
    rf"|\bnot (?:just|only|merely) (?:proposed|planned|suggested)|\b(?:has|have) (?:\w+ ){{1,6}}(?:{_DONE})\w*"
    r"|\bactually (?:introduced|done|implemented)"
)
_NEGATED: Final = re.compile(r"\bnot (?:yet|already)\b|\bn[o']t yet\b")
_UNDONE: Final = re.compile(
    r"\b(?:not|n[o'’]t) yet (?:been )?\w+"
    r"|\b(?:only|merely|still) (?:been )?(?:proposed|suggested|on paper)\b"
)
_PLANNED: Final = re.compile(
    rf"\b(?:{_MEASURE}) (?:that )?(?:is|are|has been|have been) (?:being )?planned\b"
    rf"|\bplanned (?:{_MEASURE})\b|\bplan(?:s|ned|ning)? to (?:build|introduce|set up|create|establish|do)\b"
)
_MONEY: Final = re.compile(
    r"\b(?:money|cost|costs|spend|spent|fund|funds|funding|paid|invest\w*|debt|revenue|budget|worth)\b"
)
_SHARE: Final = re.compile(r"\b(?:share|percent\w*|proportion|rate|fraction|ratio|fast|quickly|rapidly|growth)\b")
_COUNT: Final = re.compile(r"\bhow many\b|\bnumber of\b")
_QUANTITATIVE: Final = re.compile(
    r"\b(?:share|percent\w*|proportion|rate|fraction|ratio|index|growth|forecast|deficit|surplus|gdp|income"
    r"|incomes|output"
    r"|revenue|turnover|debt|spending|expenditure|investment|amount|total|number|figures?|statistics|quota"
    r"|value|volume|intensity|density"
    r"|per (?:head|capita|person)|price|cost|salary|wages?|area|population|exports?|imports?|trade|budget"
    r"|19\d\d|20\d\d)\b"
)


def wanted(question: str) -> Wants | None:
    """What the question says it asks for, by the first pattern that fits; None where its words leave it open.

    >>> wanted("Which obstacles do harbours meet?"), wanted("How can ferries be made cleaner?"), wanted("cold harbours")
    ('challenge', 'measure', None)
    """
    folded = " ".join(question.casefold().split())
    return next((wants for wants, pattern in _COMPILED if pattern.search(folded)), None)


def names_quantity(question: str) -> bool:
    """Whether a word of the question names something that is counted or measured."""
    return bool(_QUANTITATIVE.search(question.casefold()))


def only_implemented(question: str) -> bool:
    """Whether the question asks for what was done, not for what was proposed."""
    folded = question.casefold()
    return bool(_IMPLEMENTED.search(folded)) and not _NEGATED.search(folded)


def wanted_statuses(question: str) -> tuple[MeasureStatus, ...]:
    """Statuses of measures that the question restricts itself to, none where it does not say.

    >>> wanted_statuses("Which schemes are already running?"), wanted_statuses("Which projects are planned in Oslo?")
    (('implemented',), ('planned',))
    >>> wanted_statuses("Which laws are not yet in force?")
    ('proposed', 'planned')
    """
    folded = question.casefold()
    if _UNDONE.search(folded):
        return ("proposed", "planned")
    if only_implemented(question):
        return ("implemented",)
    return ("planned",) if _PLANNED.search(folded) else ()


def wanted_units(question: str) -> frozenset[str]:
    """Families of units that a question about figures points at: money, share, count."""
    folded = question.casefold()
    families = {"money": _MONEY, "share": _SHARE, "count": _COUNT}
    return frozenset(name for name, pattern in families.items() if pattern.search(folded))
