"""Statistics: figures about economy and society with indicator, unit, year and region, as the sentence writes them."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from ingest import context
from ingest.figures.figures import Figure, find_figures
from ingest.figures.regions_of_figures import RegionFinder
from ingest.figures.years import year_of
from ingest.text.layout import Layout
from ingest.text.view import View
from kg.identifiers import mint
from kg.records import EntityRef, Mention, Sentence, Statistic


def register() -> None:
    """Make ``doc._.figures`` known to spaCy; calling it again changes nothing."""
    context.register()
    if not Doc.has_extension("figures"):
        Doc.set_extension("figures", default=())


@Language.factory("policyweave_statistics")  # type: ignore[untyped-decorator]
def make_statistics(nlp: Language, name: str) -> Statistics:  # noqa: ARG001
    """Component for ``nlp.add_pipe("policyweave_statistics")``; needs tagger, parser and lemmatizer before it."""
    return Statistics()


class Statistics:
    """Puts figures into ``doc._.figures`` and their spans into ``doc.spans["statistics"]``, in the same order."""

    def __init__(self) -> None:
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one sentence; headings, captions and references state no statistics."""
        figures = find_figures(doc) if doc._.context.kind == "prose" else ()
        doc._.figures = figures
        spans = [doc.char_span(f.start, f.end, label="STATISTIC", alignment_mode="expand") for f in figures]
        doc.spans["statistics"] = [span for span in spans if span is not None]
        return doc


def collect(docs: Sequence[Doc], layout: Layout, mentions: Sequence[Mention], source: str) -> tuple[Statistic, ...]:
    """Statistics of a document in reading order.

    ``docs`` holds one Doc a sentence, in the order of ``layout.sentences``. A year or region that a sentence does not
    name is taken from the statistic of the sentence right before it in the same section.
    """
    regions = RegionFinder(layout, mentions)
    collected: list[Statistic] = []
    before: list[Statistic] = []
    previous: Sentence | None = None
    for doc, sentence in zip(docs, layout.sentences, strict=True):
        view = layout.views[sentence.id]
        inherited = before[-1] if before and previous and previous.section == sentence.section else None
        places = regions.regions_of(sentence, view, context.text_of(doc), doc._.figures)
        before = [
            _statistic(
                figure,
                context.text_of(doc),
                sentence,
                view,
                source,
                place or (inherited.region if inherited else regions.of_paper),
                inherited,
            )
            for figure, place in zip(doc._.figures, places, strict=True)
        ]
        collected += before
        previous = sentence
    return tuple({statistic.id: statistic for statistic in collected}.values())


def _statistic(
    figure: Figure,
    text: str,
    sentence: Sentence,
    view: View,
    source: str,
    region: EntityRef | None,
    before: Statistic | None,
) -> Statistic:
    start, end = view.source_span(figure.start, figure.end)
    at, _ = view.source_span(figure.at, figure.till)
    year = year_of(text, figure.at, figure.till)
    return Statistic(
        id=mint("statistic", sentence.document, start, end, at, figure.value),
        document=sentence.document,
        sentence=sentence.id,
        start=start,
        end=end,
        text=source[start:end],
        indicator=figure.indicator or (before.indicator if before else "") or "figure",
        value=figure.value,
        value_text=figure.value_text,
        unit=figure.unit,
        year=before.year if year is None and before else year,
        region=region,
        conflicts=figure.conflicts,
    )
