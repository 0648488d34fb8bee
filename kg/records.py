"""Every record that crosses a border between parts, in pipeline order. Read this file first.

All offsets count **Unicode code points of the decoded source text** (``source_text[start:end]``), half open.
Records are immutable and complete when made: nothing is filled in later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["measure", "challenge", "outcome", "mechanism", "statistic", "background", "heading", "meta"]
SectionKind = Literal["front_matter", "abstract", "body", "conclusion", "references", "back_matter"]
SentenceKind = Literal["prose", "heading", "caption", "table", "note", "reference", "meta"]
TextBlockKind = Literal["heading", "paragraph", "item", "caption", "footnote", "reference", "meta", "table", "code"]
MentionType = Literal["region", "industry", "actor"]
IndustryKind = Literal["industry", "group", "technology"]
StatementType = Literal["measure", "challenge"]
MeasureStatus = Literal["proposed", "implemented", "planned"]
ScopeLevel = Literal["sentence", "section", "paper"]
RelationType = Literal["addresses", "causes"]
RelationBasis = Literal["stated", "section", "inferred"]
MergeReason = Literal["label", "synonym", "vocabulary", "embedding", "duplicate", "override"]
Theme = Literal[
    "talent",
    "industry-upgrading",
    "innovation",
    "digital",
    "green",
    "finance",
    "opening-up",
    "regional-coordination",
    "governance",
    "education",
    "infrastructure",
    "agriculture-rural",
    "urban",
    "other",
]
RegionType = Literal[
    "county",
    "city",
    "mega-city",
    "urban",
    "rural",
    "province",
    "western",
    "eastern",
    "village",
    "urban-agglomeration",
    "old-industrial-base",
]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """What a format says of a stretch of its text: a heading of ``level`` (1 is the highest; 0 else), a list item, …

    ``meta`` is page furniture (running heads, page numbers) and whatever else is no prose.
    """

    kind: TextBlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page: ``number`` counts from 1, ``label`` is what is printed on it where that differs; size in points."""

    number: int
    label: str | None
    start: int
    end: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TextBox:
    """Where a line of the text stands on its page: points from the page's top left corner, as it is displayed."""

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Fact:
    """What somebody wrote down for a file: a field of ``Document``, its value as text and the place of it.

    Authors are separated by semicolons. ``place`` says where it stands, such as "paper.yaml, line 3".
    """

    field: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read: its name, the hash of its bytes and the text that all offsets point into.

    For plain text and Markdown ``text`` is exactly the decoded file (no newline translation, a byte order mark kept).
    A format with a structure of its own gives the text that its reader wrote, with stand-off records over it, sorted by
    start: ``blocks`` (empty: to be found from the text), ``pages``, ``boxes`` of lines. ``facts`` are what the format
    says of the paper (``title``, ``authors`` separated by semicolons, ``year``, ``doi``, ``language`` …), ``notes`` are
    what a user should know of the reading ("pages 3 to 5 hold no text and need OCR"), ``given`` is what files beside it
    say of the paper, most trusted first.
    """

    name: str
    media_type: str
    sha256: str
    text: str
    blocks: tuple[TextBlock, ...] = ()
    pages: tuple[Page, ...] = ()
    boxes: tuple[TextBox, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    given: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a bibliographic fact of a document comes from."""

    field: str
    place: str


@dataclass(frozen=True, slots=True)
class Document:
    """A paper with its bibliographic facts. ``sha256`` is that of the file's bytes.

    ``origins`` has, for each fact that is known, the field and where it was found: a file beside the paper with its
    line, "metadata" (the format's own), "front matter" or "text".
    """

    id: str
    source: str
    media_type: str
    sha256: str
    length: int
    title: str
    authors: tuple[str, ...]
    year: int | None
    venue: str | None
    doi: str | None
    licence: str | None
    language: str
    publisher: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    url: str | None = None
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document from its heading (included) to the next heading of the same or a higher level."""

    id: str
    document: str
    ordinal: int
    parent: str | None
    kind: SectionKind
    level: int
    number: str | None
    title: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """Number and title as a reader would cite them."""
        bare = self.number is None or self.number == self.title
        return self.title if bare else f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieval unit: consecutive whole sentences of one section, short enough for the embedder's 256 tokens."""

    id: str
    document: str
    section: str
    ordinal: int
    start: int
    end: int
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or heading, caption, row of a table, footnote, reference entry, meta line) in source coordinates.

    ``text`` is the readable, normalised view of ``source_text[start:end]`` (broken lines joined, markers dropped);
    it is for analysis and display, never for quoting. ``duplicate_of`` names the earlier twin of a repeated sentence.
    ``passage`` is None for what is not retrieved (references, meta lines).
    """

    id: str
    document: str
    section: str
    passage: str | None
    ordinal: int
    kind: SentenceKind
    start: int
    end: int
    text: str
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class EntityRef:
    """A concept of a vocabulary (or one minted from the text) with its preferred label."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names a region, an industry (or group, or technology) or an actor."""

    id: str
    type: MentionType
    document: str
    sentence: str
    start: int
    end: int
    text: str
    entity: EntityRef
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Labelling:
    """The roles of one sentence with the confidence of each, in the same order."""

    sentence: str
    roles: tuple[Role, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A measure or a challenge as one place in one paper says it. ``text == source_text[start:end]``.

    ``scope`` says where ``regions`` and ``region_types`` were taken from. ``duplicate_of`` names the earlier twin of a
    statement in a repeated paragraph; twins are evidence for the same concept and are counted once.
    """

    id: str
    type: StatementType
    document: str
    section: str
    sentence: str
    start: int
    end: int
    text: str
    label: str
    theme: Theme
    status: MeasureStatus | None
    actors: tuple[EntityRef, ...]
    industries: tuple[EntityRef, ...]
    regions: tuple[EntityRef, ...]
    region_types: tuple[RegionType, ...]
    scope: ScopeLevel
    confidence: float
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class Statistic:
    """An indicator's value as written. ``value`` is in ``unit``; ``conflicts`` explains a contradiction, if any."""

    id: str
    document: str
    sentence: str
    start: int
    end: int
    text: str
    indicator: str
    value: float
    value_text: str
    unit: str
    year: int | None
    region: EntityRef | None
    conflicts: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """``subject`` (a measure) addresses ``object`` (a challenge), or one statement causes another."""

    id: str
    type: RelationType
    document: str
    subject: str
    object: str
    basis: RelationBasis
    confidence: float


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a document's list of references. ``text == source_text[start:end]``; what is not certain is None.

    ``mark`` is the number or name that the text cites it by, as printed ("[3]"). Authors are as written, in order;
    ``venue`` is the journal, book or publisher that carries it.
    """

    id: str
    document: str
    section: str
    ordinal: int
    start: int
    end: int
    text: str
    mark: str | None
    authors: tuple[str, ...]
    year: int | None
    title: str | None
    venue: str | None
    doi: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class DocumentRecords:
    """All that was extracted from one document: the unit that is reused, replaced or removed as a whole.

    ``pages`` to ``notes`` are what its reader said, so that it can be extracted again without its file.
    """

    document: Document
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    labellings: tuple[Labelling, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    statistics: tuple[Statistic, ...]
    relations: tuple[Relation, ...]
    pages: tuple[Page, ...] = ()
    boxes: tuple[TextBox, ...] = ()
    blocks: tuple[TextBlock, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    given: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Why a statement is a member of its concept.

    ``reason``: ``label`` (it says the concept's label), ``synonym`` (another name in the thesaurus), ``vocabulary``
    (such a name stands in what it says), ``embedding`` (it means the same), ``duplicate`` (the twin of a member),
    ``override`` (a line of the user's file). ``matched`` is the label that its own was found to equal, ``score`` the
    cosine of the two for ``embedding`` and 1 otherwise.
    """

    statement: str
    reason: MergeReason
    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class Concept:
    """What several statements of one type share, within and across papers. Members are sorted statement ids.

    ``merges`` has one record a member, in their order; it is empty where a single statement stands alone under its own
    name. ``related`` holds the IRIs of near concepts of the same type, sorted; ``instrument`` is the kind of policy
    instrument of a measure, where it is certain.
    """

    iri: str
    type: StatementType
    label: str
    alt_labels: tuple[str, ...]
    theme: Theme
    members: tuple[str, ...]
    merges: tuple[Merge, ...] = ()
    related: tuple[str, ...] = ()
    instrument: EntityRef | None = None
