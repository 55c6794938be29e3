"""Circumstances: what stands around the name of a place, as far as it may tell that a traveller was there.

They come in pieces that depend on little, so that whoever weighs them can keep the sum of a piece; what a
piece stands for is told in `indications.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gazetteer.journeys.assertions import assertion_of
from gazetteer.journeys.calendar import Shape, TimeExpression, Toward
from gazetteer.journeys.clauses import Clause, Hit, SentenceClauses, with_pairs
from gazetteer.journeys.days import days_of
from gazetteer.journeys.indications import Piece
from gazetteer.journeys.traveller import TravellerMention
from gazetteer.journeys.travellers import Cast
from gazetteer.journeys.vocabulary import PARTY, Form, Trigger, TriggerWord, Vocabulary
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution

_NEAR: Final = 3
"""Words on each side that are told apart by where they stand."""
_CLAUSES: Final = 12
"""Clauses of the same sentence on each side that count: no writer's sentence has more."""
_REACH: Final = 14
"""Words on each side that count at all."""
_UNSURE: Final = 0.3
ANY_TRIGGER: Final = Trigger("", {}, None, meeting=False, sighting=False, crossing=False)
"""Stands for a verb that no table lists."""
_SHORT: Final = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A place's name in its clause."""

    resolution: Resolution
    entry: GazetteerEntry
    sentence: int
    """Number of the sentence in the article."""
    clause: int
    """Number of the clause in the sentence."""

    @property
    def is_place(self) -> bool:
        """Tell whether it stands for the place itself rather than for those who act in its name."""
        return self.resolution.mention.reading is Reading.PLACE


def named_in(sentences: Sequence[SentenceClauses]) -> Iterator[Named]:
    """Yield the names at which a traveller may have been, in text order."""
    for number, sentence in enumerate(sentences):
        for index, clause in enumerate(sentence.clauses):
            for place in clause.places:
                entry = place.entry
                if (
                    entry is not None
                    and place.confidence >= _UNSURE
                    and place.mention.kind is Kind.TOPONYM
                    and place.mention.reading is not Reading.ATTRIBUTIVE
                ):
                    yield Named(place, entry, number, index)


class Circumstances:
    """Those of one article's places."""

    def __init__(
        self,
        reading: ArticleReading,
        sentences: Sequence[SentenceClauses],
        cast: Cast,
        vocabulary: Vocabulary,
        verdicts: Mapping[tuple[int, str], Sequence[str]],
    ) -> None:
        """Take the article, and what the rules say of places by their ids and the sentences' numbers."""
        self._text = reading.article.text
        self._article = reading.article.id
        self._sentences = sentences
        self._cast = cast
        self._vocabulary = vocabulary
        self._verdicts = verdicts
        self._speech = _speech_in(self._text)
        self._counts: dict[str, int] = {}
        for resolution in reading.resolutions:
            if resolution.entry is not None:
                self._counts[resolution.entry.id] = self._counts.get(resolution.entry.id, 0) + 1
        self._seen: set[str] = set()
        text = self._text.rstrip()
        self._first_paragraph = text.find("\n", len(text) - len(text.lstrip()))
        self._last_paragraph = text.rfind("\n") + 1 if "\n" in text else len(text)
        self._last_name = max((r.mention.span.start for r in reading.resolutions), default=0)
        self._published = reading.article.published
        self._assertions: dict[tuple[int, int], str] = {}
        self._about = self._article_pieces(reading)

    def pieces_of(self, named: Named) -> list[Piece]:
        """Return what the signs of a place depend on; to be asked in text order."""
        sentence = self._sentences[named.sentence]
        clause = sentence.clauses[named.clause]
        span = named.resolution.mention.span
        words = clause.tokens
        first = next((n for n, token in enumerate(words) if token.end > span.start), len(words))
        behind = next((n for n, token in enumerate(words) if token.start >= span.end), len(words))
        near = sentence.clauses[max(0, named.clause - _CLAUSES) : named.clause + _CLAUSES + 1]
        units = self._units(clause)
        lead, listed = self._lead(clause, units, first)
        kind = _type_of(named.entry)
        pieces: list[Piece] = [
            (
                "around",
                kind,
                named.resolution.mention.reading.value,
                lead,
                listed,
                self._mark(words[first - 1].end if first else sentence.span.start, span.start),
                self._mark(span.end, words[behind].start if behind < len(words) else clause.end + 1),
                self._position(named, first),
            ),
            self._times(clause, near, lead),
            self._mood(sentence, named.clause),
            self._company(named, clause, near),
            self._again(named, near),
            *self._about,
        ]
        verdicts = self._verdicts.get((named.sentence, named.entry.id), ("none",))
        pieces += (("rules", verdict, lead) for verdict in verdicts)
        pieces += self._beside(units, first, behind, lead)
        pieces += (
            ("clause", unit) for unit in dict.fromkeys(units[max(0, first - _REACH) : behind + _REACH])
        )
        pieces += self._elsewhere(named, sentence)
        self._seen.add(named.entry.id)
        return pieces

    def _units(self, clause: Clause) -> list[str]:
        """Return the clause's words as spelled; of places, times and numbers only that they are such."""
        spans = [(p.mention.span.start, p.mention.span.end) for p in clause.places if p.entry is not None]
        units = []
        for token in clause.tokens:
            if any(start <= token.start < end for start, end in spans):
                units.append("<place>")
            elif clause.is_timed(token):
                units.append("<time>")
            elif token.text[0].isdigit():
                units.append("<number>")
            else:
                units.append(token.text)
        return units

    def _lead(self, clause: Clause, units: Sequence[str], first: int) -> tuple[str, str]:
        """Return the preposition that leads a name, and whether it stands in a list behind another."""
        words, listed = self._vocabulary.words, "alone"
        for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
            token = clause.tokens[at]
            role = _role_of(token.low, self._vocabulary)
            if role is not None:
                return f"{role} {token.low}", listed
            if units[at] == "<place>" or token.low in {",", "(", ")"} or token.low in words["list_joints"]:
                if units[at] == "<place>":
                    listed = "listed"
                continue
            if token.low in words["before_names"] or token.low in words["place_nouns"]:
                continue
            if first - at > _SHORT or not token.low.endswith(words["phrase_endings"] or ("",)):
                return "none", listed
            if not words["phrase_endings"]:
                return "none", listed
        return "none", listed

    def _mark(self, start: int, end: int) -> str:
        gap = self._text[max(start, end - 2 * _SHORT) : end].strip()
        return gap[:2] if len(gap) <= _SHORT else "…"

    def _position(self, named: Named, first: int) -> str:
        at = "first" if named.sentence == 0 else "second" if named.sentence == 1 else "later"
        opens = "opens" if named.clause == 0 and first == 0 else "inside"
        capitals = "CAPITALS" if named.resolution.mention.surface.isupper() else "small"
        return f"{at} {opens} {capitals}"

    def _times(self, clause: Clause, near: Sequence[Clause], lead: str) -> Piece:
        own = sorted({time.shape.value for time in clause.times})
        sides = sorted({self._side(time) for time in clause.times if time.shape is not Shape.HOURS})
        others = sorted({self._side(time) for c in near for time in c.times})
        hours = any(time.shape is Shape.HOURS for time in clause.times)
        return (
            "times",
            own[0] if own else "none",
            "+".join(sides) or "none",
            "+".join(others) or "none",
            "hours" if hours else "",
            lead,
        )

    def _side(self, time: TimeExpression) -> str:
        """Tell whether a time lies before or behind the day of the article, as far as it says so itself."""
        if time.toward is not None:
            return time.toward.value
        if time.shape is Shape.SHIFT and time.shift is not None:
            return "future" if time.shift.low > 0 else "past" if time.shift.high < 0 else "now"
        if time.shape in {Shape.WEEKDAY, Shape.HOURS, Shape.LATER} or self._published is None:
            return time.shape.value
        days = days_of(time, self._published, toward=Toward.PRESENT)
        if days is None:
            return time.shape.value
        return "future" if days[0] > self._published else "past" if days[1] < self._published else "now"

    def _mood(self, sentence: SentenceClauses, index: int) -> Piece:
        """Return how the clause says what it says, and how the neighbouring ones do."""
        own = self._assertion(sentence, index)
        others = [self._assertion(sentence, other) for other in (index - 1, index + 1)]
        return ("mood", own, *others)

    def _assertion(self, sentence: SentenceClauses, index: int) -> str:
        if not 0 <= index < len(sentence.clauses):
            return "end"
        key = (sentence.span.start, index)
        if key not in self._assertions:
            clause = sentence.clauses[index]
            hits = [hit for hit in clause.hits if hit.word.form is not Form.NOUN] or [
                Hit(len(clause.tokens) - 1, self._anything(clause))
            ]
            said = assertion_of(sentence, index, hits[0], self._vocabulary)
            tense = (
                "future"
                if said.future and not said.present
                else "present"
                if said.present
                else "before"
                if said.before
                else ""
            )
            self._assertions[key] = f"{said.certainty.value} {tense}"
        return self._assertions[key]

    def _anything(self, clause: Clause) -> TriggerWord:
        lows = with_pairs(clause.untimed_lows)
        modal = not lows.isdisjoint(self._vocabulary.certainty["planned"])
        return TriggerWord(ANY_TRIGGER, Form.BARE if modal else Form.PAST)

    def _company(self, named: Named, clause: Clause, near: Sequence[Clause]) -> Piece:
        start = named.resolution.mention.span.start
        here = self._cast.within(self._article, clause.start, clause.end)
        before = [m for m in here if m.start < start]
        after = [m for m in here if m.start > start]
        beside = self._cast.within(self._article, near[0].start, near[-1].end)
        lows = clause.lows
        vocabulary = self._vocabulary
        pronoun = next((low for low in lows if low in vocabulary.pronouns), "")
        thing = next((low for low in lows if low in vocabulary.thing_pronouns), "")
        return (
            "company",
            _sort_of(before[0]) if before else "none",
            _sort_of(after[0]) if after else "none",
            _sort_of(beside[0]) if beside else "none",
            "pronoun" if pronoun else "thing" if thing else "none",
            "speech" if self._is_speech(start) else "told",
        )

    def _is_speech(self, at: int) -> bool:
        number = bisect_right(self._speech, (at, len(self._text))) - 1
        return number >= 0 and self._speech[number][1] > at

    def _again(self, named: Named, near: Sequence[Clause]) -> Piece:
        count = self._counts.get(named.entry.id, 1)
        places = {p.entry.id for c in near for p in c.places if p.entry is not None}
        return (
            "again",
            "once" if count == 1 else "twice" if count == 2 else "often",
            "before" if named.entry.id in self._seen else "new",
            str(min(len(places), 4)),
            self._part(named),
        )

    def _part(self, named: Named) -> str:
        """Tell in which part of the article a name stands: what comes last is often beside the matter."""
        start = named.resolution.mention.span.start
        if start >= self._last_paragraph:
            return "end" if start == self._last_name else "last"
        return "first" if start < self._first_paragraph else "middle"

    def _beside(self, units: Sequence[str], first: int, behind: int, lead: str) -> Iterator[Piece]:
        role = lead.partition(" ")[0]
        for side, start, step in (("l", first - 1, -1), ("r", behind, 1)):
            for distance in range(1, _REACH + 1):
                at = start + step * (distance - 1)
                if not 0 <= at < len(units):
                    if distance <= _NEAR:
                        yield ("word", f"{side}{distance}", "<end>", role)
                    break
                zone = f"{side}{distance}" if distance <= _NEAR else side
                yield ("word", zone, units[at], role)
        if first > 1:
            yield ("pair", "l", units[first - 2], units[first - 1])
        if behind + 1 < len(units):
            yield ("pair", "r", units[behind], units[behind + 1])

    def _elsewhere(self, named: Named, sentence: SentenceClauses) -> Iterator[Piece]:
        start = max(0, named.clause - _CLAUSES)
        near = sentence.clauses[start : named.clause + _CLAUSES + 1]
        for number, clause in enumerate(near, start):
            if number != named.clause:
                side = (
                    "next" if number == named.clause + 1 else "last" if number == named.clause - 1 else "far"
                )
                for token in clause.tokens[:_REACH]:
                    yield ("other", side, token.text)
        if named.sentence:
            before = self._sentences[named.sentence - 1]
            for clause in before.clauses[-2:]:
                for token in clause.tokens[-_REACH:]:
                    yield ("other", "before", token.text)

    def _article_pieces(self, reading: ArticleReading) -> list[Piece]:
        mentions = self._cast.mentions.get(self._article, ())
        vehicles = sum(bool(m.vehicle) for m in mentions)
        hits = sum(
            hit.word.form is not Form.NOUN for s in self._sentences for c in s.clauses for hit in c.hits
        )
        clauses = sum(len(s.clauses) for s in self._sentences)
        names = sum(1 for r in reading.resolutions if r.entry is not None)
        verdicts = sum(any(v != "none" for v in vs) for vs in self._verdicts.values())
        return [
            (
                "article",
                _share(hits, clauses),
                _amount(vehicles),
                _share(verdicts, names),
                _amount(len({m.name for m in mentions})),
            )
        ]


def _role_of(low: str, vocabulary: Vocabulary) -> str | None:
    for role in ("from", "to", "at", "via"):
        if low in vocabulary.prepositions[role]:
            return role
    return "oblique" if low in vocabulary.prepositions["oblique"] else None


def _sort_of(mention: TravellerMention) -> str:
    if mention.vehicle == PARTY:
        return "party"
    if mention.vehicle:
        return "vehicle"
    return "nameless" if mention.nameless else "person"


def _type_of(entry: GazetteerEntry) -> str:
    if entry.feature is Feature.CITY:
        return "capital" if entry.feature_code == "PPLC" else "city"
    return entry.feature.value


def _share(some: int, of: int) -> str:
    share = some / max(1, of)
    return "none" if not some else "few" if share < 0.1 else "some" if share < 0.25 else "many"


def _amount(count: int) -> str:
    return str(count) if count < 3 else "few" if count < 7 else "many"


def _speech_in(text: str) -> list[tuple[int, int]]:
    """Return the stretches between quotation marks, however long."""
    spans, start = [], -1
    for at, char in enumerate(text):
        if start < 0 and char in '„“»"':
            start = at
        elif start >= 0 and char in '“”«"':
            spans.append((start, at))
            start = -1
        elif char == "\n":
            start = -1
    return spans
