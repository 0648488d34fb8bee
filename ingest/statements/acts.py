"""Picks the words of a sentence that state an action, each with its mood: verbs, and nouns of action."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.statements import clauses
from ingest.statements.agency import study
from ingest.statements.cues.actions import ACTION_NOUNS, ALL, AS_NOUNS, CARRIERS, EMPTY, PROPOSERS
from ingest.statements.cues.headings import Setting
from ingest.statements.cues.problems import HARM_VERBS, SUFFER_VERBS
from ingest.statements.moods import put
from ingest.statements.nonfinite import DUTY_VERBS, EFFORTS
from ingest.statements.put import Put

Act = tuple[Token, Put]
_LASTING = frozenset({"duty", "intention", "command"})
_BREAKS = frozenset({";", ".", "which", "who", "where", "because", "thereby"})
_NEVER = EMPTY | HARM_VERBS | SUFFER_VERBS


def acts(doc: Doc, setting: Setting) -> list[Act]:
    """Words of action in order; a bare verb in a list takes the mood of the one before it where the parse lost it."""
    found: list[Act] = []
    lasting: Put | None = None
    for token in doc:
        how = _act(token, setting)
        if how is None and lasting is not None and _item(token):
            how = Put(lasting.mood, lasting.status, lasting.strength - 0.1)
        if how is not None:
            found.append((token, how))
            lasting = how if how.mood in _LASTING else None
        elif token.lower_ in _BREAKS or _aims(token):
            lasting = None
        elif token.dep_ in clauses.SUBJECTS and token.head.i > token.i:
            lasting = None if "to" in clauses.auxiliaries(token.head) else put(token.head, setting)
    return sorted({token.i: (token, how) for token, how in [*_nominal(doc, setting), *found]}.values(), key=_place)


def _place(act: Act) -> int:
    return int(act[0].i)


def _item(token: Token) -> bool:
    """A verb in base form that opens an item of a list ("…, optimise training programmes")."""
    if token.lower_ not in ALL or clauses.auxiliaries(token) or clauses.subject(token) is not None:
        return False
    if not 0 < token.i < len(token.doc) - 1 or not clauses.clause_initial(token):
        return False
    following = token.doc[token.i + 1]
    if (following.is_punct and not following.is_quote) or following.lower_ == "of":
        return False
    return token.tag_ in {"VB", "VBP"} or (token.lower_ not in AS_NOUNS and token.pos_ != "VERB")


def _aims(token: Token) -> bool:
    return token.lower_ == "to" and token.dep_ == "aux" and token.head.dep_ in {"advcl", "acl"}


def _act(verb: Token, setting: Setting) -> Put | None:
    """The mood of a token if it is a verb that can state an action."""
    if verb.pos_ not in {"VERB", "AUX"}:
        return _misread(verb, setting)
    lemma = verb.lemma_.lower() if verb.pos_ == "VERB" else verb.lower_
    playing = lemma == "play" and any(child.lemma_ == "role" for child in verb.children)
    if _asks(verb, lemma) or (lemma in _NEVER and not playing) or (lemma in CARRIERS | PROPOSERS and _carries(verb)):
        return None
    if _efforts(verb) or (
        verb.dep_ in {"amod", "compound", "aux", "auxpass", "case", "prep"} and verb.tag_ not in {"VB", "VBD"}
    ):
        return None
    how = put(verb, setting)
    if how is None or (how.mood not in _LASTING and (playing or lemma == "make")):
        return None
    return how


def _asks(verb: Token, lemma: str) -> bool:
    """ "Farmers should be encouraged to plant trees": the act is what they are encouraged to do."""
    return lemma in DUTY_VERBS and clauses.passive(verb) and any(child.dep_ == "xcomp" for child in verb.children)


def _efforts(verb: Token) -> bool:
    """ "Efforts should be made to …": the act is what the efforts are for."""
    subject = clauses.subject(verb)
    named = subject is not None and subject.lemma_.lower() in EFFORTS and _what_for(verb)
    return named and verb.lemma_.lower() in {"make", "take", "undertake", "give", "pay", "place", "put"}


def _what_for(verb: Token) -> bool:
    """Whether a verb says what the efforts are for; "attention should be paid to islands" is an act of its own."""
    inner = [child for child in verb.children if child.dep_ in {"xcomp", "advcl", "ccomp"}]
    inner += [grand for child in verb.children if child.dep_ == "prep" for grand in child.children]
    subject = clauses.subject(verb)
    inner += [child for child in subject.children if child.dep_ in {"acl", "relcl"}] if subject is not None else []
    return any(token.pos_ == "VERB" for token in inner)


def nominal(word: Token) -> bool:
    """Whether a word of action was read as a noun and is none of the verbs that taggers take for nouns."""
    if word.pos_ != "NOUN" or clauses.fresh(word):
        return False
    return word.lower_ not in ALL or (
        word.lower_ in AS_NOUNS and word.dep_ in {"pobj", "attr", "dobj", "appos", "conj"}
    )


def _misread(word: Token, setting: Setting) -> Put | None:
    """An imperative that the tagger took for a noun: a verb's form that opens a sentence, followed by an object."""
    if word.lower_ not in ALL or word.i + 2 >= len(word.doc) or not clauses.fresh(word):
        return None
    following = word.doc[word.i + 1]
    if following.is_punct or following.pos_ in {"ADP", "AUX", "CCONJ", "PART"}:
        return None
    if following.pos_ == "VERB" and following.tag_ not in {"VBN", "VBG"}:
        return None
    if word.lower_ in AS_NOUNS and following.pos_ not in {"DET", "ADJ", "PRON"} and following.tag_ != "NNS":
        return None
    return Put("command", "implemented" if setting == "practice" else "proposed", 0.68)


def _carries(verb: Token) -> bool:
    """Whether the verb only leads to another one that holds the action."""
    inner = [child for child in verb.children if child.dep_ in {"xcomp", "ccomp"} and child.pos_ == "VERB"]
    within = [grand for child in verb.children if child.dep_ == "prep" for grand in child.children]
    return bool(inner) or any(grand.dep_ == "pcomp" for grand in within)


def _nominal(doc: Doc, setting: Setting) -> Iterator[Act]:
    """Nouns of action: means of a proposed act, what is called for, and what there should be."""
    for noun in doc:
        if noun.pos_ != "NOUN":
            continue
        how = _means(noun, setting) or _called_for(noun) or _there_should_be(noun) or _there_is_need_for(noun)
        if how is not None:
            yield from ((one, how) for one in (noun, *clauses.conjuncts(noun, appositions=True)) if one.pos_ == "NOUN")


def _means(noun: Token, setting: Setting) -> Put | None:
    """ "Through the establishment of a fund, we will …"."""
    if (
        noun.lemma_.lower() not in ACTION_NOUNS
        or noun.dep_ != "pobj"
        or noun.head.lower_ not in {"through", "by", "via"}
    ):
        return None
    if not any(child.lower_ == "of" for child in noun.children) or noun.head.head.pos_ != "VERB":
        return None
    main = put(noun.head.head, setting)
    return Put(main.mood, main.status, 0.58) if main is not None else None


def _called_for(noun: Token) -> Put | None:
    """ "The union called for the abolition of fees", "the report proposed a carbon tax"."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "for" else noun.head
    lemma = verb.lemma_.lower()
    direct = noun.dep_ == "dobj" and lemma in {"propose", "recommend", "advocate", "demand"}
    if verb.pos_ != "VERB" or not (direct or (noun.dep_ == "pobj" and lemma == "call")):
        return None
    subject = clauses.inherited_subject(verb)
    if (
        subject is None
        or study(subject)
        or noun.lemma_.lower() in {"measure", "suggestion", "path", "framework", "concept"}
    ):
        return None
    return Put("duty", "proposed", 0.66)


def _there_is_need_for(noun: Token) -> Put | None:
    """ "There is a need for a register of wells"."""
    need = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "for" or need.lemma_.lower() != "need" or clauses.negated(need):
        return None
    there = need.head.lemma_ == "be" and any(child.dep_ == "expl" for child in need.head.children)
    return Put("duty", "proposed", 0.7) if there and not clauses.negated(need.head) else None


def _there_should_be(noun: Token) -> Put | None:
    """ "There should be an increase in …"."""
    verb = noun.head
    if noun.dep_ != "attr" or verb.lemma_ != "be" or not clauses.auxiliaries(verb) & {"should", "must", "shall"}:
        return None
    there = any(child.dep_ == "expl" for child in verb.children)
    return Put("duty", "proposed", 0.72) if there else None
