"""Signs that a sentence speaks about the text itself, or that what it asks for is too vague to act on."""

from __future__ import annotations

from spacy.tokens import Doc

from ingest.context import text_of
from ingest.statements.cues import wordings, words

_SELF = wordings(
    r"""
    \b(?:this|the|our|present|current) (?:present |current )?(?:paper|study|article|thesis|essay|chapter|
    section) (?:also |further |thus |then |will |aims?\b|seeks?\b|analy|examin|explor|investigat|discuss|review|
    clarif|conduct|uses?\b|adopts?\b|puts? forward|proposes?\b|presents?\b|provides?\b|offers?\b|contributes?\b|
    shows?\b|finds?\b|is (?:organi|structur|divided)|focus|takes?\b|attempts?\b|intends?\b|constructs?\b|studies\b|
    deeply|systematically|mainly|first|summari|draws?\b|argues?\b|considers?\b|sets out|describes?\b|comes\b|was\b|
    employs?\b)
    \bin this (?:paper|study|article|section|chapter)\b
    \b(?:we|i|the authors?) (?:analy[sz]|examin|investigat|study|review|survey|interview|estimat|test|find|found|
    discuss|collect|regress|measure the|define)
    \b(?:figure|table|fig\.)\s*\d* (?:shows?|presents?|depicts?|illustrates?|lists?|reports?)
    \bexisting (?:research|literature|studies)\b
    \b(?:is|are|has|have|of) (?:of )?(?:great|important|far-reaching|profound|practical|theoretical) (?:practical |
    theoretical )?significance\b
    ^(?:summari[sz]ing|exploring|clarifying|studying|understanding|analy[sz]ing|examining|investigating)\b.*\bis\b
    \bputs? forward the following\b
    \bthe following (?:\w+ ){0,4}(?:suggestions?|recommendations?|sections?|measures|aspects)\b
    """
)

#: "This paper recommends that …" speaks about itself and still proposes something.
_RECOMMENDS = wordings(
    r"\b(?:recommends?|suggests?|urges?|calls? (?:for|on))\b.*\b(?:that|should|to|for)\b|\bproposes? that\b"
)

_ABSTRACT = words(
    """
    the a an of and in to for with by on as our its their this that these new high quality high-quality
    development growth progress modernization modernisation task goal primary theory concept strategy idea
    philosophy spirit principle situation time era direction prosperity society economy economic social future
    national country nation construction requirement way vigorously firmly actively unswervingly comprehensively
    further always continuously better according conditions local opportunity chance problem difficulty
    challenge issue it them everything role advantage vigorous mission journey vision sustainable momentum
    force driving mode joint synergy practical actual banner chapter courage window
    """
)


def metadiscourse(doc: Doc) -> bool:
    """Whether the sentence tells what the text does or why it matters, and recommends nothing.

    >>> import spacy
    >>> metadiscourse(spacy.blank("en")("This paper examines school meals in Kenya."))
    True
    """
    return bool(_SELF.search(text_of(doc))) and not _RECOMMENDS.search(text_of(doc))


def vague_object(doc: Doc, start: int, end: int, title: str) -> bool:
    """Whether the tokens ``start:end`` (at least one) are all abstract, or merely the document's own subject again."""
    topic = {word.strip(".,:;()\"'“”").rstrip("s") for word in title.casefold().split()}
    words = [token for token in doc[start:end] if token.is_alpha and not token.is_stop]
    return end > start and all(word.lower_.rstrip("s") in topic or word.lemma_.lower() in _ABSTRACT for word in words)
