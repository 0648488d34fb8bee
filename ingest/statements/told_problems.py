"""Clauses that tell a problem: what is weak, is not achieved, falls behind, does harm or needs to be improved."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.context import text_of
from ingest.statements import clauses
from ingest.statements.agency import agentive
from ingest.statements.cues import problems, words
from ingest.statements.named_problems import RISING
from ingest.statements.not_a_problem import FALLING
from ingest.statements.seed import Seed

_LINKING = frozenset({"be", "remain", "become", "seem", "appear", "stay", "prove", "look", "grow"})
_ASKING = words("whether how if what who when why which")
_WANTED = words(
    """
    improvement optimization optimisation strengthening enhancement upgrading attention
    """
)
_GOOD = words(
    """
    strong sound good perfect well high enough conducive sufficient adequate clear complete smooth obvious
    evident ideal able ready reliable effective uniform developed mature available affordable accessible equal
    consistent sustainable optimistic satisfactory fair transparent
    """
)


def told(doc: Doc) -> Iterator[Seed]:
    """Every clause that tells a problem by its verb and predicate."""
    for verb in doc:
        if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"aux", "auxpass", "amod"}:
            continue
        strength = _clause_strength(verb)
        if strength:
            start, end = clause_bounds(_outermost(verb))
            if end - start < 2:
                continue
            yield Seed(start, end, verb, "harm" if verb.lemma_.lower() in problems.HARM_VERBS else "clause", strength)


def _outermost(verb: Token) -> Token:
    """ "Has continued to decline": the clause is that of the outer verb."""
    return verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ in {"continue", "begin", "start", "tend"} else verb


def _clause_strength(verb: Token) -> float:
    lemma = verb.lemma_.lower()
    subject = clauses.inherited_subject(verb)
    checks = (
        lemma in _LINKING and subject is not None and _bad_predicate(verb, subject),
        subject is not None and clauses.negated(verb) and _unachieved(verb),
        lemma in problems.SUFFER_VERBS and subject is not None and not clauses.negated(verb),
        subject is not None and _moving(lemma, subject, verb),
        _in_plight(verb),
        lemma in problems.HARM_VERBS
        and not clauses.negated(verb)
        and not clauses.passive(verb)
        and verb.head.lower_ != "without"
        and bool(clauses.objects(verb)),
        subject is not None and _wanting(verb, subject),
        lemma in {"exist", "persist", "remain", "occur"}
        and subject is not None
        and subject.lemma_.lower() in problems.PROBLEM_NOUNS,
    )
    weights = (0.76, 0.68, 0.68, 0.64, 0.62, 0.64, 0.62, 0.72)
    return max((weight for check, weight in zip(checks, weights, strict=True) if check), default=0.0)


def _in_plight(verb: Token) -> bool:
    """Passive of harm, unless it is a rule that is laid down ("shall be limited to …")."""
    ruled = clauses.auxiliaries(verb) & {"should", "must", "shall", "will", "may", "to"}
    return clauses.passive(verb) and verb.lower_ in problems.PLIGHT and not clauses.negated(verb) and not ruled


def _bad_predicate(verb: Token, subject: Token) -> bool:
    denied = clauses.negated(verb)
    for child in verb.children:
        if child.dep_ not in {"acomp", "oprd", "attr"} or child.pos_ not in {"ADJ", "VERB"}:
            continue
        words = [child, *(token for token in child.children if token.dep_ == "conj")]
        for word in words:
            if denied and word.lemma_.lower() in _GOOD and subject.lower_ != "it":
                return True
            if not denied and _bad_word(word, subject):
                return True
    return False


def _bad_word(word: Token, subject: Token) -> bool:
    names = {word.lemma_.lower(), word.lower_, clauses.hyphenated(word)}
    if not names & problems.PROBLEM_ADJECTIVES or any(
        child.lower_ in {"less", "least", "no", "not"} for child in word.children
    ):
        return False
    if not names & problems.RELATIVE:
        return True
    heavy = any(child.lower_ in problems.DEGREES for child in word.children)
    heavy = (
        heavy or any(child.lower_ in problems.DEGREES for child in word.head.children) or word.head.lemma_ == "remain"
    )
    return (
        heavy
        or subject.lemma_.lower() in problems.QUALITIES
        or word.lower_ in {"difficult", "scarce", "severe", "serious", "expensive", "limited"}
    )


def _unachieved(verb: Token) -> bool:
    """ "Has not been fully built", "does not meet demand": something wanted is missing."""
    around = {child.lower_ for child in verb.children}
    if around & {
        "yet",
        "fully",
        "enough",
        "sufficiently",
        "adequately",
        "properly",
        "effectively",
        "well",
        "always",
        "smoothly",
    }:
        return True
    if verb.tag_ == "VBN" and around & {"has", "have"}:
        return True
    if verb.lemma_ == "know" and any(child.dep_ == "ccomp" for child in verb.children):
        return False  # the idiom "not known whether" goes on to what is not known
    return verb.lemma_.lower() in {
        "have",
        "meet",
        "match",
        "reach",
        "keep",
        "satisfy",
        "cover",
        "receive",
        "afford",
        "work",
        "allow",
        "comply",
        "attend",
        "own",
        "know",
        "understand",
    }


def _moving(lemma: str, subject: Token, verb: Token) -> bool:
    """Bad things that grow, good things that fall."""
    nouns = {token.lemma_.lower() for token in subject.subtree if token.pos_ in {"NOUN", "PROPN"}}
    if lemma == "continue":
        inner = next((child for child in verb.children if child.dep_ == "xcomp"), None)
        lemma = inner.lemma_.lower() if inner is not None else lemma
    if lemma in RISING:
        return not any(child.dep_ == "dobj" for child in verb.children) and bool(
            {subject.lemma_.lower(), *_compounds(subject)} & problems.PROBLEM_NOUNS
        )
    if lemma not in FALLING or clauses.passive(verb) or _falls_within(verb):
        return False
    return not nouns & problems.PROBLEM_NOUNS and bool(nouns & problems.WELCOME - problems.SCALES)


def _falls_within(verb: Token) -> bool:
    """ "It falls within the remit", "the day falls on a Friday": nothing gets less."""
    return any(child.dep_ == "prep" and child.lower_ in {"within", "under", "into", "on"} for child in verb.children)


def _compounds(noun: Token) -> set[str]:
    inner = {
        token.lemma_.lower()
        for child in noun.children
        if child.dep_ == "prep" and child.lower_ == "of"
        for token in child.children
    }
    return inner | {child.lemma_.lower() for child in noun.children if child.dep_ == "compound"}


def _wanting(verb: Token, subject: Token) -> bool:
    """ "Efficiency needs to be improved": what needs improving is not good enough, unless a body is told to act."""
    if verb.lemma_.lower() not in {"need", "require", "remain", "deserve"} or agentive(subject):
        return False
    inner = [child for child in verb.children if child.dep_ in {"xcomp", "dobj", "ccomp"}]
    return any(
        child.lemma_.lower() in _WANTED or (child.lemma_.lower() in problems.WANTING and clauses.passive(child))
        for child in inner
    )


def idioms(doc: Doc) -> Iterator[Seed]:
    """The clauses around set phrases of trouble ("a long way to go")."""
    for match in problems.IDIOMS.finditer(text_of(doc)):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None:
            continue
        verb = span.root
        while (verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"aux", "auxpass"}) and verb.head != verb:
            verb = verb.head
        if verb.pos_ in {"VERB", "AUX"} and not (verb.dep_ in {"advcl", "acl"} and verb.tag_ == "VB"):
            start, end = clause_bounds(verb)
            start, end = min(start, span.start), max(end, _with_infinitive(doc, span.end))
        else:
            start, end = clauses.trim(doc, span.start, span.root.right_edge.i + 1)
        yield Seed(start, max(end, start + 1), verb, "clause", 0.7)


def _with_infinitive(doc: Doc, end: int) -> int:
    """ "Making it difficult" goes on to what is difficult, "it is not clear whether" to what is not."""
    if doc[end - 1].lower_ in _ASKING:
        last = doc[end - 1].head.right_edge
        return max(end, int(last.i) + int(not last.is_punct))
    opens = end if end < len(doc) and doc[end].lower_ == "to" else end - 1
    if doc[opens].lower_ != "to" or doc[opens].dep_ != "aux":
        return end
    return clauses.right_end(doc[opens].head, frozenset())


def clause_bounds(verb: Token) -> tuple[int, int]:
    """Subject to predicate, without openers, coordinated clauses and comments."""
    subject = clauses.subject(verb)
    start = subject.left_edge.i if subject is not None and subject.i < verb.i else verb.i
    if subject is not None and subject.tag_ in {"WDT", "WP"}:
        start = verb.i
    for child in verb.lefts:
        if child.dep_ in {"aux", "auxpass", "neg"}:
            start = min(start, child.i)
    end = max(clauses.right_end(verb, frozenset()), verb.i + 1)
    for index in range(verb.i, min(end, len(verb.doc))):
        if verb.doc[index].lower_ in {"difficult", "hard", "impossible"}:
            end = max(end, _what_is_hard(verb.doc, index, end))
    return clauses.trim(verb.doc, start, end)


def _what_is_hard(doc: Doc, index: int, end: int) -> int:
    """End of "difficult for small firms to borrow"."""
    for token in doc[index + 1 : index + 10]:
        if token.text in {",", ";"}:
            break
        if token.lower_ == "to" and token.dep_ == "aux":
            return clauses.right_end(token.head, frozenset())
    return end
