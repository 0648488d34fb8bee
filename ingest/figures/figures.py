"""Figures in one parsed sentence: which quantities state something about economy and society, and what they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from ingest.context import text_of
from ingest.figures.conflicts import find_conflicts
from ingest.figures.indicators import Indicator, counted_noun, indicator_of, of_total
from ingest.figures.quantities import Quantity, find_quantities, joins, qualified_start
from ingest.figures.ranks import find_ranks
from ingest.figures.units import PER, UnitKind
from kg.units import base_unit

# A "sentence" with more figures is a table whose lines were run together.
_PROSE_HOLDS = 40
_MULTIPLYING = {"double": 2.0, "triple": 3.0, "treble": 3.0, "quadruple": 4.0, "halve": 0.5}
_NOT_MULTIPLIED = frozenset({"effort", "down", "burden", "role", "edge", "purpose", "challenge", "standard", "threat"})
# Parts that a text is organised by, not things in the world: "three aspects", "18 measures", "the four zones".
_LAPSES = frozenset(
    {"year", "month", "week", "day", "hour", "minute", "decade", "century", "quarter", "season", "time"}
)
_PARTS_OF_A_TEXT = re.compile(
    r"aspect|level|dimension|way|part|point|principle|pillar|category|type|kind|sort|stage|phase|step|"
    r"factor|question|objective|goal|chapter|section|article|measure|policy|theme|direction|"
    r"perspective|mechanism|path|pathway|form|element|component|criterion|condition|issue|problem|"
    r"challenge|concern|risk|gap|consideration|proposal|commitment|reason|method|approach|strategy|priority|task|target|recommendation|option|scenario|"
    r"round|side|end|group|example|case|hypothesis|variable|model|column|row|time|paper|study|"
    r"document|guideline|regulation|provision|area|field|sphere|domain|feature|characteristic|idea|"
    r"concept|view|word|thing|link|layer|tier|class|major|key|indicator|index|service|function|"
    r"line-up|plan|programme|initiative|action|instrument|tool|role|chapter|term|pair|set|list|"
    r"session|dividend",
    re.IGNORECASE,
)
_INDEX_BEFORE = re.compile(
    r"\b(?:of|to|at|from|was|is|were|are|be|been|reach(?:ed|es|ing)?|hit|averag(?:ed|es|ing)"
    r"|exceed(?:ed|s|ing)?|only|about|"
    r"around|over|nearly|just|stands?|scored?|scoring|approximately|almost|below|above|than"
    r"|equals?|totall?(?:ed|ing|s))\s$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_PART_BEFORE = re.compile(
    r"\b(?:by|to|than|over|nearly|almost|about|around|only|roughly|least|under|some|exceed\w*|approximately)\s$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"\s(?:of|share|less|more|lower|higher|fewer|smaller|larger|is|are|was|were|has|have|had|do|did)\b"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic in one sentence, in characters of the Doc's text; ``start:end`` is what proves it, ``at:till``
    number and unit.
    """

    start: int
    end: int
    at: int
    till: int
    value: float
    value_text: str
    unit: str
    kind: UnitKind
    indicator: str
    conflicts: str | None


def find_figures(doc: Doc) -> tuple[Figure, ...]:
    """All statistics of a parsed sentence from left to right."""
    quantities = find_quantities(text_of(doc))
    if len(quantities) > _PROSE_HOLDS or _is_table_row(doc, len(quantities)):
        return ()
    spans = [doc.char_span(quantity.start, quantity.end, alignment_mode="expand") for quantity in quantities]
    taken = frozenset(token.i for span in spans if span is not None for token in span)
    read = (_figure(span, quantity, quantities, taken) for span, quantity in zip(spans, quantities, strict=True))
    figures = [figure for figure in read if figure is not None]
    figures += [figure for token in doc if (figure := _multiplied(token)) is not None]
    figures += [_rank(*found) for found in find_ranks(doc)]
    figures = _carried_on(sorted(figures, key=lambda figure: (figure.at, figure.till)), doc)
    texts = find_conflicts(text_of(doc), figures)
    return tuple(replace(figure, conflicts=text) for figure, text in zip(figures, texts, strict=True))


def _figure(
    span: Span | None, quantity: Quantity, quantities: Sequence[Quantity], taken: frozenset[int]
) -> Figure | None:
    """The figure of one quantity; ``taken`` holds the tokens of all quantities."""
    if span is None or _is_name(span, quantity) or not _is_part(text_of(span.doc), quantity):
        return None
    if quantity.kind == "count" and not quantity.unit.startswith(("per ", "out of")):
        return _count(span, quantity, quantities, taken)
    indicator = indicator_of(span, quantity.kind, taken)
    return _make(quantity, *_proof(quantity, indicator, quantities, text_of(span.doc)), quantity.unit, indicator.name)


def _count(span: Span, quantity: Quantity, quantities: Sequence[Quantity], taken: frozenset[int]) -> Figure | None:
    text = text_of(span.doc)
    noun, begins = counted_noun(span), span.end
    if noun is None:
        noun, begins = _shared_noun(span, quantity, quantities)
    if noun is None or (quantity.end < noun.idx and re.match(r"\s?[,;:)]", text[quantity.end :])):
        return _index(span, quantity, quantities, taken)
    if not quantity.unit and _organises(span, noun, quantity):
        return None
    per = PER.match(text, noun.idx + len(noun))
    rate = per.group() if per is not None and per.group().startswith((" per ", "/")) else ""
    unit = f"{quantity.unit} {noun.text}{rate}".strip()
    if total := of_total(span, noun, taken):
        start, end = _proof(quantity, total, quantities, text)
        return _make(quantity, start, max(end, noun.idx + len(noun)), unit, total.name)
    start = qualified_start(text, quantity.start)
    return _make(quantity, start, noun.idx + len(noun), unit, span.doc[begins : noun.i + 1].text)


def _shared_noun(span: Span, quantity: Quantity, quantities: Sequence[Quantity]) -> tuple[Token | None, int]:
    """ "3,000 to 4,000 workers", "30 of 150 seats": the noun behind the second number counts for the first too. Also
    the token at which its words begin.
    """
    text = text_of(span.doc)
    after = next((other for other in quantities if other.start >= quantity.end), None)
    if after is None or after.kind != "count" or not joins(text, quantity, after):
        return None, span.end
    behind = span.doc.char_span(after.start, after.end, alignment_mode="expand")
    return (counted_noun(behind), behind.end) if behind is not None else (None, span.end)


def _index(span: Span, quantity: Quantity, quantities: Sequence[Quantity], taken: frozenset[int]) -> Figure | None:
    """A number without unit or noun is a figure only where a sentence says that something is, reaches or falls to
    it.
    """
    text = text_of(span.doc)
    if quantity.words and not quantity.unit:
        return None
    if not quantity.unit and not _INDEX_BEFORE.search(text, 0, quantity.start):
        return None
    indicator = indicator_of(span, "count", taken)
    if not indicator.name:
        return None
    return _make(quantity, *_proof(quantity, indicator, quantities, text), quantity.unit, indicator.name)


def _make(quantity: Quantity, start: int, end: int, unit: str, indicator: str) -> Figure:
    return Figure(
        start,
        max(end, quantity.end),
        quantity.start,
        quantity.end,
        quantity.value,
        quantity.value_text,
        unit,
        quantity.kind,
        indicator,
        None,
    )


def _proof(quantity: Quantity, indicator: Indicator, quantities: Sequence[Quantity], text: str) -> tuple[int, int]:
    """From the words that name the indicator to the unit, unless another figure stands between; else the figure
    alone.
    """
    start = qualified_start(text, quantity.start)
    if 0 <= indicator.start < start and not any(indicator.start <= q.start < start for q in quantities):
        start = indicator.start
    end = max(quantity.end, indicator.end if indicator.end - quantity.end < 60 else 0)
    return start, end if not any(quantity.end <= q.start < end for q in quantities) else quantity.end


def _organises(span: Span, noun: Token, quantity: Quantity) -> bool:
    if not quantity.integral or quantity.value >= 100:
        return False
    definite = any(
        t.lower_ in {"the", "these", "those", "this", "our", "its", "their", "all"}
        for t in noun.lefts
        if t.i < span.start
    )
    before = span.doc[span.start - 1].lower_ if span.start else ""
    definite = definite or before in {"the", "these", "those", "all", "our", "its", "their", "following", "above"}
    part = _PARTS_OF_A_TEXT.fullmatch(noun.lemma_) is not None or noun.lemma_.lower() in _LAPSES
    return part or (definite and quantity.value <= 20) or quantity.value == 1


def _carried_on(figures: Sequence[Figure], doc: Doc) -> list[Figure]:
    """ "A invested 3 million euros, B and C 2 million": the later amounts are of the first one's indicator, not of
    B.
    """
    named: list[Figure] = []
    for figure in figures:
        before = next(
            (f for f in reversed(named) if figure.kind == "money" and base_unit(f.unit) == base_unit(figure.unit)), None
        )
        elliptic = not figure.indicator or (
            text_of(doc).find(figure.indicator) >= 0 and _is_proper(doc, figure.indicator)
        )
        named.append(replace(figure, indicator=before.indicator) if before and elliptic else figure)
    return named


def _is_proper(doc: Doc, name: str) -> bool:
    start = text_of(doc).find(name)
    span = doc.char_span(start, start + len(name), alignment_mode="expand")
    return span is not None and all(token.pos_ in {"PROPN", "CCONJ"} for token in span)


def _is_name(span: Span, quantity: Quantity) -> bool:
    """Numbers in capitals inside names: "Two Sessions", "Project 985"."""
    if not quantity.words or quantity.unit:
        before = span.doc[span.start - 1] if span.start else None
        labelled = before is not None and before.pos_ == "PROPN" and before.text[:1].isupper()
        return bool(labelled and quantity.integral and not quantity.unit and counted_noun(span) is None)
    following = span.doc[span.end] if span.end < len(span.doc) else None
    return quantity.value_text[:1].isupper() and (
        span.start > 0 or (following is not None and following.text[:1].isupper())
    )


def _is_part(text: str, quantity: Quantity) -> bool:
    """Fractions in words are figures when something is divided: "a third of", "by half"; not "a third party"."""
    if quantity.kind != "percent" or not re.search(
        r"half|third|quarter|fourth|fifth|sixth|tenth|eighth", quantity.value_text, re.IGNORECASE
    ):
        return True
    return bool(_PART_AFTER.match(text, quantity.end) or _PART_BEFORE.search(text, 0, quantity.start))


def _is_table_row(doc: Doc, figures: int) -> bool:
    numbers = sum(token.like_num for token in doc)
    return figures > 3 and numbers > 0.4 * len(doc) and not any(token.pos_ in {"VERB", "AUX"} for token in doc)


def _rank(word: Token, ordinal: Token, ranked: Token | None, value: float) -> Figure:
    """A rank; the words from what is ranked prove it, other figures between them included."""
    first = ranked.left_edge if ranked is not None and ranked.i < word.i else word
    start, end = min(first.idx, word.idx), max(word.idx + len(word), ordinal.idx + len(ordinal))
    name = text_of(word.doc)[ranked.left_edge.idx : ranked.idx + len(ranked)] if ranked is not None else ""
    indicator = f"rank of {_ARTICLE.sub('', name)}" if name else "rank"
    return Figure(
        start, end, ordinal.idx, ordinal.idx + len(ordinal), value, ordinal.text, "rank", "count", indicator, None
    )


def _multiplied(token: Token) -> Figure | None:
    """ "Output has doubled", "to double farm incomes": a figure in a verb."""
    if token.pos_ != "VERB" or token.lemma_.lower() not in _MULTIPLYING:
        return None
    objects = [
        child for child in token.children if child.dep_ in {"dobj", "nsubj", "nsubjpass"} and child.pos_ == "NOUN"
    ]
    things = [child for child in objects if child.dep_ != "nsubj"] or objects
    if not things or any(child.lemma_.lower() in _NOT_MULTIPLIED for child in token.children):
        return None
    thing = things[0]
    edge = thing.left_edge.idx if thing.i < token.i else token.idx
    end = max(token.idx + len(token), thing.idx + len(thing))
    name = token.doc[thing.left_edge.i : thing.i + 1].text
    value = _MULTIPLYING[token.lemma_.lower()]
    return Figure(
        edge, end, token.idx, token.idx + len(token), value, token.text, "times", "times", f"multiple of {name}", None
    )
