"""Reading: the list of papers, and a paper with what was found in it marked in its own text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.records import DocumentRecords, Sentence
from search_api.catalog import Catalog
from search_api.web.address import Links
from search_api.web.annotating import Annotated, annotated, span_of
from search_api.web.site import Site, whole_number
from search_api.web.sketching import sketches

# Sentences on one page: some 150 kB of a page, which a browser lays out at once.
PART: Final = 400
# Characters of lines about the document beyond which they are folded up.
FOLDED: Final = 300
_LISTED: Final = 12


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption or reference: consecutive sentences, and the section that begins with it, if any.

    ``number`` is the section's where the heading's sentence does not hold it.
    """

    kind: str
    level: int
    section: str | None
    number: str | None
    sentences: tuple[Annotated, ...]

    @property
    def folded(self) -> bool:
        """Whether it is machine-readable front matter or the like, to be opened by who wants it."""
        size = self.sentences[-1].end - self.sentences[0].start
        return self.kind == "meta" and size > FOLDED and not any(sentence.cited for sentence in self.sentences)


def listed(site: Site, request: Request) -> Response:
    """All papers."""
    return site.page(request, "documents.html", {"papers": site.service.documents()})


def show(site: Site, request: Request) -> Response:
    """A paper; ``cite=START-END`` marks these characters and opens the part that they stand in."""
    catalog, identifier = site.service.world().catalog, request.path_params["identifier"]
    record, cited = catalog.document(identifier), span_of(request.query_params.get("cite"))
    layout = Layout(catalog, site.renderer.links, record, cited)
    part = layout.part_of(cited[0]) if cited else whole_number(request, "part", 1, layout.parts)
    values = {
        "paper": site.service.document(identifier),
        "blocks": list(layout.blocks(layout.held(part))),
        "sections": [(section, layout.part_of(section.start)) for section in record.sections if section.title],
        "side": list(_side(catalog, record, site.renderer.links)),
        "part": part,
        "parts_total": layout.parts,
        "cited": cited,
        "sketches": list(sketches(record, cited)),
    }
    return site.page(request, "document.html", values)


def passage(site: Site, request: Request) -> Response:
    """A passage with its neighbours; an API citation's address (``#char=START,END``) leads to its sentence."""
    catalog = site.service.world().catalog
    found = catalog.passage(request.path_params["identifier"])
    record = catalog.documents[found.document]
    held = [s for s in record.sentences if s.passage == found.id]
    values = {
        "passage": site.service.passage(found.id),
        "paper": record.document,
        "blocks": list(Layout(catalog, site.renderer.links, record, None).blocks(held)),
    }
    return site.page(request, "passage.html", values)


@dataclass(frozen=True, slots=True)
class Layout:
    """Lays sentences of one document out as paragraphs, as far apart as they stand in the source."""

    catalog: Catalog
    links: Links
    record: DocumentRecords
    cited: tuple[int, int] | None

    def order(self) -> list[Sentence]:
        """All sentences in reading order, one that holds another before it."""
        return sorted(self.record.sentences, key=lambda s: (s.start, -s.end))

    @property
    def parts(self) -> int:
        """How many pages the document takes."""
        return max(1, -(-len(self.record.sentences) // PART))

    def held(self, part: int) -> list[Sentence]:
        """The sentences of a part, counted from 1."""
        return self.order()[(part - 1) * PART : part * PART]

    def part_of(self, start: int) -> int:
        """The part in which what begins at ``start`` stands."""
        before = sum(sentence.start <= start for sentence in self.record.sentences)
        return max(0, before - 1) // PART + 1

    def blocks(self, sentences: Iterable[Sentence]) -> Iterator[Block]:
        """Blocks in reading order, a new one at each heading, blank line, or change of kind.

        A sentence that lies inside another one (a caption that interrupts it) is shown with that one.
        """
        row: list[Sentence] = []
        for sentence in sorted(sentences, key=lambda s: (s.start, -s.end)):
            if row and sentence.end <= row[-1].end:
                continue
            if row and self._parted(row[-1], sentence):
                yield self._block(row)
                row = []
            row.append(sentence)
        if row:
            yield self._block(row)

    def _parted(self, last: Sentence, following: Sentence) -> bool:
        gap = self.record.text[last.end : following.start]
        return following.kind != last.kind or following.kind != "prose" or gap.count("\n") > 1

    def _block(self, row: Sequence[Sentence]) -> Block:
        section = self.catalog.sections.get(row[0].section) if row[0].kind == "heading" else None
        heading = self.record.text[row[0].start : row[-1].end]
        begins = section if section and section.title and section.title.split()[-1] in heading else None
        number = begins.number if begins and begins.number and not heading.startswith(begins.number) else None
        made = (annotated(self.catalog, self.links, self.record, sentence, self.cited) for sentence in row)
        return Block(row[0].kind, section.level if section else 2, begins.id if begins else None, number, tuple(made))


def _side(
    catalog: Catalog, record: DocumentRecords, links: Links
) -> Iterator[tuple[str, list[tuple[str, str, int]], int]]:
    """What the paper speaks of by kind: label, address and number of places, the most frequent first."""
    concepts = (catalog.concept_of[s.id] for s in record.statements if s.id in catalog.concept_of)
    named = ((m.type, m.entity.iri, m.entity.label) for m in record.mentions)
    counts = Counter([*((c.type, c.iri, c.label) for c in concepts), *named])
    for kind in ("region", "industry", "actor", "challenge", "measure"):
        of_kind = [(label, links.thing(iri), n) for (k, iri, label), n in counts.items() if k == kind]
        if found := sorted(of_kind, key=lambda row: (-row[2], row[0])):
            yield kind, found[:_LISTED], len(found)
