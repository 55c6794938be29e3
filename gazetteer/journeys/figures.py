"""Figures: everybody and everything in an article that may turn out to be the one who travels.

The cast holds those told by name, office and table: persons, vehicles, parties. What else travels has no
table: `das Tier`, `her coffin`, `die Reisenden`. So every noun is a figure here, for others to weigh.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gazetteer.journeys.clauses import Clause, SentenceClauses, Token
from gazetteer.journeys.traveller import TravellerMention
from gazetteer.journeys.travellers import Cast
from gazetteer.journeys.vocabulary import PARTY, Form, Vocabulary
from gazetteer.reading.mentions import Kind
from gazetteer.reading.reader import ArticleReading

_PHRASE_WORDS: Final = 4
"""So far behind its article a noun may stand."""
_SHORTEST: Final = 3
_SHORTEST_STEM: Final = 4

_UNKNOWN: Final = frozenset({"noun", "name"})
"""Kinds of figures that are not in the cast."""


class Naming(NamedTuple):
    """One place in the text where a figure is named, with how it stands in its sentence."""

    start: int
    end: int
    sentence: int
    clause: int
    """Number of the clause in its sentence."""
    article: str
    """The article, possessive or number before it; empty where there is none."""
    lead: str
    """The function word before all that; `^` where the clause begins, empty before any other word."""
    following: str
    """The next word as spelled; empty at the end of the clause."""
    modifies: bool
    """Another word follows that may be the noun: the `old` of `the old ferry`."""


@dataclass(slots=True)
class Figure:
    """Somebody or something that an article names, once or several times."""

    name: str
    kind: str
    """`person`, `group`, `name`, `noun`, or for vehicles the means of travel (`party` for parties)."""
    head: str
    """The word that says what it is, as spelled where it stands first."""
    mention: TravellerMention
    """The first one."""
    namings: list[Naming] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    """Nouns that stand before the name: `Kommandant`."""


def figures_of(
    reading: ArticleReading, cast: Cast, sentences: Sequence[SentenceClauses], vocabulary: Vocabulary
) -> tuple[Figure, ...]:
    """Return the figures of an article, each with its namings in text order."""
    return tuple(_Finding(reading, cast, sentences, vocabulary).figures())


class _Finding:
    def __init__(
        self,
        reading: ArticleReading,
        cast: Cast,
        sentences: Sequence[SentenceClauses],
        vocabulary: Vocabulary,
    ) -> None:
        self._text = reading.article.text
        self._vocabulary = vocabulary
        self._sentences = sentences
        self._mentions = cast.mentions.get(reading.article.id, ())
        self._starts = [m.start for m in self._mentions]
        spans = [
            (r.mention.span.start, r.mention.span.end)
            for r in reading.resolutions
            if r.mention.kind is not Kind.ANAPHOR
        ]
        self._places = sorted(spans)
        words = vocabulary.words
        self._articles = frozenset(
            (
                *words["articles"],
                *words["before_names"],
                *words["determiners"],
                *words["indefinite"],
                *words["counted"],
                *vocabulary.possessives,
                *vocabulary.words["subject_openers"],
            )
        )
        self._functional = vocabulary.grammar.function_words | self._articles

    def figures(self) -> list[Figure]:
        found: dict[str, Figure] = {}
        titled: dict[str, str] = {}
        for mention, naming in self._of_cast():
            figure = found.get(mention.name)
            if figure is None:
                words = mention.name if mention.person else self._text[mention.start : mention.end]
                figure = Figure(mention.name, _kind_of(mention), words.split()[-1], mention)
                found[mention.name] = figure
            figure.namings.append(naming)
        nouns: dict[str, Figure] = {}
        for start, end, naming in self._nouns():
            name = self._text[start:end]
            headed = self._headed(end)
            key = self._stem(name.split()[-1])
            if headed is not None and headed.person and not headed.nameless:
                titled.setdefault(key, headed.name)
                found[headed.name].titles.add(name)
                continue
            if headed is not None and name.islower():
                continue
            owner = titled.get(key)
            if owner is not None:
                found[owner].namings.append(naming)
                continue
            noun = nouns.get(key)
            if noun is None:
                if name.isupper() and " " in name:
                    name = name.title()  # `MARGARET TULL has walked …` opens a report
                capital = name[:1].isupper() and not self._vocabulary.grammar.nouns_are_capitalised
                kind = "name" if capital or " " in name else "noun"
                mention = TravellerMention(start, end, name, PARTY, person=False, nameless=kind == "noun")
                nouns[key] = noun = Figure(name, kind, name.split()[-1], mention)
            noun.namings.append(naming)
        figures = _joined([*found.values(), *(n for n in nouns.values() if not _is_adjective(n))])
        for figure in figures:
            figure.namings.sort()
        return figures

    def _of_cast(self) -> Iterator[tuple[TravellerMention, Naming]]:
        for number, sentence in enumerate(self._sentences):
            for index, clause in enumerate(sentence.clauses):
                first = bisect_left(self._starts, clause.start)
                for mention in self._mentions[first : bisect_left(self._starts, clause.end)]:
                    at = next((n for n, t in enumerate(clause.tokens) if t.end > mention.start), 0)
                    last = next((n for n, t in enumerate(clause.tokens) if t.start >= mention.end), None)
                    following = clause.tokens[last].text if last is not None else ""
                    yield (
                        mention,
                        self._naming(mention.start, mention.end, (number, index), clause, at, following),
                    )

    def _nouns(self) -> Iterator[tuple[int, int, Naming]]:
        capitals = self._vocabulary.grammar.nouns_are_capitalised
        for number, sentence in enumerate(self._sentences):
            for index, clause in enumerate(sentence.clauses):
                at = 0
                words = clause.tokens
                since_article = _PHRASE_WORDS + 1
                while at < len(words):
                    token = words[at]
                    since_article = 0 if token.low in self._articles else since_article + 1
                    last = at
                    if self._may_name(token, clause):
                        capital = token.text[0].isupper()
                        while capital and last + 1 < len(words) and self._goes_on(words, last, clause):
                            last += 1
                        if capital or (not capitals and since_article <= _PHRASE_WORDS):
                            following = words[last + 1].text if last + 1 < len(words) else ""
                            start, end = token.start, words[last].end
                            naming = self._naming(start, end, (number, index), clause, at, following)
                            yield start, end, naming
                        if capital and not capitals:
                            since_article = _PHRASE_WORDS + 1  # what follows a name is no noun of its phrase
                    elif token.low not in self._articles:
                        since_article = _PHRASE_WORDS + 1
                    at = last + 1

    def _may_name(self, token: Token, clause: Clause) -> bool:
        return (
            len(token.text) >= _SHORTEST
            and token.text[0].isalpha()
            and token.low not in self._functional
            and not (
                token.text[0].isupper() and token.text.rpartition("-")[2][:1].islower() and "-" in token.text
            )
            and not clause.is_timed(token)
            and not self._is_taken(token)
        )

    def _goes_on(self, words: Sequence[Token], last: int, clause: Clause) -> bool:
        token = words[last + 1]
        beside = self._text[words[last].end : token.start] == " "
        return (
            beside and (token.text[0].isupper() or token.text[0].isdigit()) and self._may_name(token, clause)
        )

    def _is_taken(self, token: Token) -> bool:
        number = bisect_right(self._starts, token.start) - 1
        if number >= 0 and token.start < self._mentions[number].end:
            return True
        number = bisect_right(self._places, (token.start, len(self._text))) - 1
        return number >= 0 and token.end <= self._places[number][1]

    def _headed(self, end: int) -> TravellerMention | None:
        """Return who is named right behind a word: `Kommandant Sepp Aigner`, `old ferry`."""
        number = bisect_left(self._starts, end)
        if number == len(self._starts) or self._text[end : self._starts[number]] != " ":
            return None
        return self._mentions[number]

    def _stem(self, word: str) -> str:
        low = word.lower()
        grammar = self._vocabulary.grammar
        for ending in (*grammar.adjective_endings, *grammar.genitive_endings, "n"):
            if grammar.compounds and low.endswith(ending) and len(low) - len(ending) >= _SHORTEST_STEM:
                return low[: -len(ending)].removesuffix("e")
        return low

    def _is_verb(self, low: str) -> bool:
        return any(word.form is not Form.NOUN for word in self._vocabulary.triggers.get(low, ()))

    def _naming(  # noqa: PLR0917 - where it stands
        self, start: int, end: int, number: tuple[int, int], clause: Clause, at: int, following: str
    ) -> Naming:
        article = ""
        words = clause.tokens
        for back in range(at - 1, max(-1, at - 1 - _PHRASE_WORDS), -1):
            token = words[back]
            if token.low in self._articles or token.text[0].isdigit():
                article, at = token.low if token.text[0].isalpha() else "#", back
                break
            if token.low in self._functional or not token.text[0].islower():
                break
        before = words[at - 1].low if at else "^"
        lead = before if before == "^" or before in self._functional else ""
        modifies = (
            following[:1].isalpha()
            and not self._vocabulary.grammar.nouns_are_capitalised
            and self._text[start].islower()
            and self._text.startswith(f" {following}", end)
            and following.lower() not in self._functional
            and not self._is_verb(following.lower())
        )
        return Naming(start, end, *number, article, lead, following, modifies)


def _is_adjective(figure: Figure) -> bool:
    """Tell whether a word stands before various others, and never alone: `the old ferry`, `the old man`."""
    followers = {naming.following for naming in figure.namings if naming.modifies}
    return len(followers) > 1 and all(naming.modifies for naming in figure.namings)


def _joined(figures: Sequence[Figure]) -> list[Figure]:
    """Make one figure of those of which one's full name closes the other's: `Pilger Winfried Dehmelt`.

    It goes by the name that the cast knows; of two that it knows by the person's.
    """
    by_name = {figure.name: figure for figure in figures if " " in figure.name}
    left = dict.fromkeys(by_name, True)
    for longer in by_name.values():
        words = longer.name.split()
        ends = (" ".join(words[at:]) for at in range(1, len(words) - 1))
        shorter = next((by_name[end] for end in ends if left.get(end)), None)
        if shorter is not None:
            known = longer.kind not in _UNKNOWN and shorter.kind in _UNKNOWN
            owner, other = (longer, shorter) if known else (shorter, longer)
            owner.namings += other.namings
            left[other.name] = False
    return [figure for figure in figures if left.get(figure.name, True)]


def _kind_of(mention: TravellerMention) -> str:
    if mention.person:
        return "group" if mention.nameless else "person"
    return mention.vehicle or PARTY
