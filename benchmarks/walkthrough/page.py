"""The page in Markdown: what each stage gives for the sentence, with a word on how the stage works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.walkthrough.trace import Trace
from kg.records import EntityRef, Role, Statement

_OPENING = """# How extraction works: one sentence, stage by stage

This page follows one sentence of the built-in corpus from the characters of its file to triples and vectors.
Everything below the headings in code and tables is output of the program: `python -m benchmarks.walkthrough
DATA` writes this page and its picture, and a test fails when they no longer say what the program does.
[architecture.md](architecture.md) explains how the parts fit together, [quality.md](quality.md) how often each
is right.

![The sentence with its parse, its mentions and its statements](how-extraction-works.svg)
"""


def page(followed: Trace) -> str:
    """The whole page."""
    parts = (_source, _view, _sentence, _parse, _mentions, _roles, _statements, _relations, _concepts, _graph, _vectors)
    return _OPENING + "".join(f"\n{part(followed)}" for part in parts)


def _source(t: Trace) -> str:
    start, end = t.sentence.start, t.sentence.end
    return f"""## 1 Characters of the source

A reader decodes the file once; every offset from here to the answer counts code points of this text.
`{t.source.name}[{start}:{end}]` is

{_block(t.source.text[start:end])}"""


def _view(t: Trace) -> str:
    pairs = [(len(word.text), word.idx, t.view.source_span(word.idx, word.idx + len(word.text))) for word in t.doc]
    _, at, (first, last) = max(pairs)
    longest = t.view.text[at : at + last - first]
    return f"""## 2 The view

Analysis reads a *view*: markup and citation marks left out, broken lines joined, and for each character the
offset it came from. In this view the longest word, "{longest}", stands at {at}; the view says that it came from
`[{first}:{last}]`, and `source[{first}:{last}]` is "{t.source.text[first:last]}". Spans go back this way, so
that a quote is always the source's own characters.
"""


def _sentence(t: Trace) -> str:
    s = t.sentence
    return f"""## 3 The sentence and its place

| field | value |
|---|---|
| id (from content) | `{s.id}` |
| kind | {s.kind} |
| number in the document | {s.ordinal} |
| section | {t.section.name} |
| headings above it | {" › ".join(t.doc._.context.headings)} |
"""


def _parse(t: Trace) -> str:
    rows = [(w.text, w.lemma_, w.tag_, w.dep_, w.head.text if w.head.i != w.i else "") for w in t.doc if not w.is_punct]
    return f"""## 4 The parse

spaCy's small English model tags the words and finds what depends on what. The rules of the next stages ask this tree.

{_table(("word", "lemma", "tag", "relation", "depends on"), rows)}"""


def _mentions(t: Trace) -> str:
    rows = [(m.text, f"[{m.start}:{m.end}]", m.type, m.entity.label, f"{m.score:.2f}") for m in t.mentions]
    return f"""## 5 Mentions

Labels of the vocabularies in `ontology/` are looked up in the words, the longest first, and each hit is linked
to its concept.

{_table(("text", "characters", "type", "concept", "score"), rows)}"""


def _roles(t: Trace) -> str:
    names: list[Role] = sorted({*t.rules, *t.head, *t.roles})
    rows = [(name, _score(t.rules, name), _score(t.head, name), _score(t.roles, name)) for name in names]
    return f"""## 6 Roles

Rules over the parse name a role only where they have a construction for it, with the confidence of the
construction. A small trained head (logistic regression over the sentence's vector, its heading's vector and
grammatical features) gives every role a probability and adds roles that it is sure of and the rules have nothing
for. What is left is recorded.

{_table(("role", "rules", "head", "recorded"), rows)}"""


def _statements(t: Trace) -> str:
    parts = [_statement(number, statement) for number, statement in enumerate(t.statements, 1)]
    return f"""## 7 Statements

Each separate action becomes a measure of its own, each separate problem a challenge: from its verb or noun to
the end of what it governs. Who acts and in which industry is read beside it; where it applies is taken from the
sentence, else the section, else the paper.

{"".join(parts)}"""


def _statement(number: int, s: Statement) -> str:
    rows = [
        ("characters", f"[{s.start}:{s.end}]"),
        ("text", s.text),
        ("label", s.label),
        ("theme", s.theme),
        ("status", s.status or ""),
        ("actors", _labels(s.actors)),
        ("industries", _labels(s.industries)),
        ("regions", f"{_labels(s.regions)} (from the {s.scope})" if s.regions else ""),
        ("region types", ", ".join(s.region_types)),
        ("confidence", f"{s.confidence:.2f}"),
    ]
    return _table((f"{s.type} {number}", ""), rows) + "\n"


def _relations(t: Trace) -> str:
    labels = {s.id: s.label for s in t.statements}
    rows = [
        (labels[r.subject], r.type, other.label, f"[{other.start}:{other.end}]", r.basis, f"{r.confidence:.2f}")
        for r, other in t.relations
    ]
    heads = ("measure", "relation", "challenge", "characters", "basis", "confidence")
    return f"""## 8 Relations

A measure addresses a challenge because the text says so (*stated*), because a section of solutions answers a
section of problems (*section*), or because they mean the same thing (*inferred*); the basis and a confidence
are kept with the pair.

{_table(heads, rows)}"""


def _concepts(t: Trace) -> str:
    rows = [
        (concept.label, s.label, f"`{source}`", f"[{s.start}:{s.end}]")
        for concept, held in t.concepts
        for source, s in held
    ]
    return f"""## 9 Concepts

Statements that mean the same, in this document or another, share a concept.

{_table(("concept", "its statements", "in", "characters"), rows)}"""


def _graph(t: Trace) -> str:
    return f"""## 10 Triples

The graph is a function of the records. This is what it says about the first statement and its concept (IRIs
shortened); each edge stands once more as a claim with its evidence.

{_block(chr(10).join(t.triples), "turtle")}"""


def _vectors(t: Trace) -> str:
    shown = ", ".join(f"{value:.2f}" for value in t.vector[:6])
    rows = [(f"{score:.2f}", text, f"`{source}`") for score, source, text in t.nearest]
    return f"""## 11 Vectors

The sentence is embedded in {len(t.vector)} dimensions, [{shown}, …], of length 1. Nearest to it in the corpus,
by cosine:

{_table(("cosine", "sentence", "in"), rows)}"""


def _score(scores: Mapping[Role, float], role: Role) -> str:
    return f"{scores[role]:.2f}" if role in scores else ""


def _labels(entities: Iterable[EntityRef]) -> str:
    return ", ".join(entity.label for entity in entities)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _block(text: str, language: str = "text") -> str:
    return f"```{language}\n{text}\n```\n"
