"""Small questions about a dependency parse that several components ask: subjects, objects, bounds of clauses."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from ingest.statements.cues import words

_MARK = re.compile(r"^(?:[\d.]+|[(\[)\].•▪●*–-]|[a-z]|[ivx]+|[a-z]\.|[ivx]+\.)$")
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECTS = frozenset({"dobj", "dative", "attr", "oprd", "prep", "xcomp", "ccomp", "acomp", "prt"})
_CLAUSES = frozenset({"conj", "advcl", "ccomp", "parataxis", "relcl"})
#: Nouns that are not complete without what they are for.
_PURPOSEFUL = words(
    "policy plan law programme program mechanism measure effort incentive step right ability capacity legislation"
)
_CONTROL = words(
    """
    use utilise utilize support encourage enable allow help require guide urge ask invite oblige compel empower
    order instruct permit persuade mobilise mobilize incentivise incentivize motivate assist lead push press
    force direct commission authorise authorize task cause get want need organise organize
    """
)
_ANNOUNCING = words("measure countermeasure recommendation suggestion step action proposal should must need necessary")
_HANGING = words("by through with for of to from via in on at than the a an their its")
_ASIDE = frozenset({"relcl", "conj", "cc", "advcl", "appos", "parataxis", "ccomp"})
_COMMENTS = frozenset({"which", "such", "resulting", "making"})
_EDGE = frozenset(
    {
        ",",
        ";",
        ":",
        ".",
        "and",
        "or",
        "but",
        "then",
        "also",
        "–",
        "—",
        "-",
        "as",
        "thus",
        "thereby",
        "so",
        "while",
        "which",
    }
)


def opening(doc: Doc) -> int:
    """Index of the first token after a list mark such as "3.1.2", "(a)" or "iv)"."""
    index = 0
    while index < min(len(doc) - 1, 4) and _MARK.match(doc[index].text):
        index += 1
    named = index and (doc[index - 1].text in {")", ".", "]"} or not doc[index - 1].is_alpha)
    return index if named else 0


def subject(verb: Token) -> Token | None:
    """The verb's own subject, without looking at the verbs that it is coordinated with."""
    first = opening(verb.doc)
    return next((child for child in verb.lefts if child.dep_ in SUBJECTS and child.i >= first), None)


def inherited_subject(verb: Token) -> Token | None:
    """The verb's subject, or that of the verb it is coordinated with or depends on for it."""
    for _ in range(6):
        found = subject(verb)
        if found is not None or verb.dep_ not in {"conj", "dep", "xcomp", "advcl"}:
            return found
        verb = verb.head
    return None


def auxiliaries(verb: Token) -> frozenset[str]:
    """Lower-case words that the verb has as auxiliaries ("to" included)."""
    return frozenset(child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"})


def passive(verb: Token) -> bool:
    """Whether the verb stands in the passive."""
    return any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)


def negated(token: Token) -> bool:
    """Whether a negation hangs on the token itself."""
    return any(child.dep_ == "neg" or child.lower_ in {"not", "never", "no", "cannot"} for child in token.children)


def objects(verb: Token) -> list[Token]:
    """What the verb acts on: its direct objects, else the objects of its prepositions."""
    direct = [child for child in verb.children if child.dep_ in {"dobj", "attr", "oprd", "nsubjpass"}]
    if direct:
        return direct
    return [
        inner for child in verb.children if child.dep_ == "prep" for inner in child.children if inner.dep_ == "pobj"
    ]


def clause_initial(token: Token) -> bool:
    """Whether nothing but an adverb, a bullet or an ordinal stands between the token and the start of its clause."""
    doc, index, first = token.doc, token.i - 1, opening(token.doc)
    while index >= 0 and (
        doc[index].pos_ == "ADV" or doc[index].lower_.endswith("ly") or (doc[index].lower_ == "to" and index == 0)
    ):
        index -= 1
    return index < first or doc[index].is_punct or doc[index].lower_ in {"and", "or", "then", "also", "please"}


def fresh(verb: Token) -> bool:
    """Whether a new sentence-like part begins at the word, after a semicolon, a colon or a list mark."""
    index = verb.i - 1
    while index >= 0 and verb.doc[index].pos_ == "ADV":
        index -= 1
    return index < opening(verb.doc) or verb.doc[index].text in {";", ":", ".", ")", "•", "–"}


def listed_item(verb: Token, setting: str) -> bool:
    """Whether the word opens an item of the list that a colon announced, where the list is one of measures."""
    before = verb.doc[: verb.i]
    colon = next((token.i for token in before if token.text == ":"), None)
    if colon is None or not clause_initial(verb):
        return False
    announced = {token.lemma_.lower() for token in verb.doc[:colon]}
    return setting == "solution" or bool(announced & _ANNOUNCING)


def conditional(verb: Token) -> bool:
    """Whether the clause holds only if something else happens."""
    return any(
        child.dep_ == "advcl" and any(grand.lower_ in {"if", "unless"} for grand in child.children)
        for child in verb.children
    )


def supposed(verb: Token) -> bool:
    """Whether the verb stands in a clause that begins with *if* or *unless*, alone or coordinated."""
    while verb.dep_ == "conj" and subject(verb) is None:
        verb = verb.head
    return any(child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"} for child in verb.children)


def hyphenated(token: Token) -> str:
    """The word with what a hyphen joins to it on its left, in lower case: "non-existent", which is three tokens."""
    doc, index = token.doc, token.i
    joined = index >= 2 and doc[index - 1].text == "-" and not doc[index - 1].whitespace_
    return f"{doc[index - 2].lower_}-{token.lower_}" if joined else token.lower_


def base_form(token: Token) -> bool:
    """Whether the token may be read as an uninflected verb."""
    return token.tag_ in {"VB", "VBP"} or (token.pos_ != "VERB" and token.lower_ == token.lemma_.lower())


def trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Token bounds without joining words, prepositions left hanging and punctuation at either end."""
    while start < end and (doc[start].lower_ in _EDGE or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].lower_ in _EDGE | _HANGING or doc[end - 1].is_space):
        end -= 1
    return start, end


def right_end(head: Token, stops: frozenset[int]) -> int:
    """End (exclusive) of what belongs to ``head`` on its right, cut before coordinated or adverbial clauses.

    ``stops`` holds token indices at which another finding begins.
    """
    doc = head.doc
    end: int = head.i + 1
    for child in head.rights:
        if child.dep_ in _CLAUSES and child.pos_ in {"VERB", "AUX"} and not _belongs(child, head):
            break
        end = max(end, child.right_edge.i + 1)
    for index in range(head.i + 1, end):
        if index in stops or doc[index].text == ";" or _purpose(doc, index, head) or _new_clause(doc, index):
            return _before(doc, index)
    return end


def shallow_end(doc: Doc, start: int, stops: frozenset[int]) -> int:
    """End of an action whose verb the parser did not see: the next comma, semicolon, purpose or other finding."""
    for index in range(start + 1, len(doc)):
        joins = doc[index].lower_ == "and" and index + 1 in stops
        if index in stops or joins or doc[index].text in {",", ";", ".", ":"} or _purpose(doc, index, doc[start]):
            return _before(doc, index)
    return len(doc)


def _before(doc: Doc, index: int) -> int:
    """Steps back over an adverb that belongs to what follows the cut."""
    while index > 1 and doc[index - 1].pos_ == "ADV" and doc[index - 2].lower_ in {",", "and", ";"}:
        index -= 1
    return index


def _belongs(child: Token, head: Token) -> bool:
    """Whether the clause is part of the act ("ensure that …", "enable firms to …", "a plan to …")."""
    if "to" in auxiliaries(child) and _tied(child, head):
        return True
    return child.dep_ == "ccomp" and head.lemma_.lower() in {
        "ensure",
        "enable",
        "make",
        "let",
        "help",
        "guarantee",
        "require",
        "see",
    }


def _purpose(doc: Doc, index: int, head: Token) -> bool:
    """Whether a purpose begins here: "so as to", "in order to", "to" after a complete object."""
    word = doc[index].lower_
    following = doc[index + 1].lower_ if index + 1 < len(doc) else ""
    if (word, following) in {("so", "as"), ("in", "order"), ("so", "that")} or word in {"thereby", "thus", "whereby"}:
        return True
    if word != "to" or doc[index].dep_ != "aux":
        return False
    inner = doc[index].head
    if _tied(inner, head):
        return False
    complete = inner.head == head and any(child.dep_ == "dobj" and child.i < index for child in head.children)
    return inner.dep_ == "advcl" or (inner.dep_ == "xcomp" and complete and head.lemma_.lower() not in _CONTROL)


def _tied(infinitive: Token, head: Token) -> bool:
    """Whether what is done needs the infinitive: "support firms to …", "formulate policies to …"."""
    first = infinitive.left_edge.i
    before = infinitive.doc[first - 1] if first > 0 else infinitive
    if before.lemma_.lower() in _PURPOSEFUL:
        return True
    return head.lemma_.lower() in _CONTROL and before.pos_ in {"NOUN", "PROPN", "PRON"} and infinitive.head == head


def _new_clause(doc: Doc, index: int) -> bool:
    """A relative or participial clause after a comma comments on the action: it is not part of it."""
    token = doc[index]
    if index == 0 or doc[index - 1].text != ",":
        return False
    return token.lower_ in {"which", "who", "where", "while", "whereas", "but"} or (
        token.tag_ == "VBG" and token.dep_ in {"advcl", "conj", "acl"}
    )


def conjuncts(head: Token, *, appositions: bool = False) -> list[Token]:
    """What is coordinated with the token, in order, without the token; parsers take list items for appositions."""
    found: list[Token] = []
    current: Token | None = head
    while current is not None:
        kinds = {"conj", "appos"} if appositions else {"conj"}
        current = next((child for child in current.rights if child.dep_ in kinds), None)
        if current is not None:
            found.append(current)
    return found


def phrase(noun: Token) -> tuple[int, int]:
    """A noun phrase without what is coordinated with it and without comments after a comma."""
    doc, start, end = noun.doc, noun.i, noun.i + 1
    for child in noun.lefts:
        if child.dep_ not in {"cc", "conj", "punct", "advmod", "prep"}:
            start = min(start, child.left_edge.i)
    for child in noun.rights:
        if child.dep_ in _ASIDE or child.text in {",", ";", ":"}:
            break
        end = max(end, child.right_edge.i + 1)
    for index in range(noun.i + 1, end):
        comment = doc[index].text == "," and index + 1 < end and doc[index + 1].lower_ in _COMMENTS
        if doc[index].text in {";", ":"} or comment:
            end = index
            break
    return trim(doc, start, end)
