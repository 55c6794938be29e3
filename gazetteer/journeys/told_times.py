"""Told times: which of the days and hours that a sentence names belong to what a clause of it tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from gazetteer.journeys.calendar import Shape, TimeExpression
from gazetteer.journeys.clauses import Clause, Hit, SentenceClauses
from gazetteer.journeys.roles import Place
from gazetteer.journeys.vocabulary import Form, Vocabulary

_SAME_DAY_CHARS: Final = 4
_NEAR_CHARS: Final = 250
_SEVERAL: Final = 2
Times: TypeAlias = tuple[TimeExpression | None, tuple[float, float] | None]
"""A day, or hours alone; and the hours of that day where other words say them."""


class ToldTimes:
    """Finds the time of a clause in it or beside it."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        """Take the article's text and the tables of its language."""
        self._text = text
        self._vocabulary = vocabulary

    def of(self, sentence: SentenceClauses, index: int, hit: Hit) -> Times:
        """Return the day and the hours that belong to a trigger: its own clause's, else a neighbour's."""
        clause = sentence.clauses[index]
        times = self._unbroken_by_retrospect(clause.times, clause, clause.tokens[hit.index].start)
        if not times and not self._is_infinitive(clause) and not self.is_afterwards(clause):
            times = self._neighbours_times(sentence, index)
        if not times:
            return None, None
        at = clause.tokens[hit.index].start
        days = [time for time in times if time.shape is not Shape.HOURS]
        clocks = [time for time in times if time.shape is Shape.HOURS]
        if not days:
            return clocks[0], None
        day = min(days, key=lambda time: abs(time.span.start - at))
        # "morgen (18. Juni)": of two names for one day the date says more.
        for other in days:
            gap = max(other.span.start - day.span.end, day.span.start - other.span.end)
            if other.names_day and not day.names_day and gap <= _SAME_DAY_CHARS:
                day = other
                break
        return day, clocks[0].hours if clocks and not day.hours else None

    def _unbroken_by_retrospect(
        self, times: Sequence[TimeExpression], clause: Clause, verb: int
    ) -> tuple[TimeExpression, ...]:
        cut = _retrospect_at(self._text, clause, self._vocabulary)
        # "The first ship since the invasion left on Monday": behind the verb the news goes on.
        end = verb if verb > cut else clause.end
        return tuple(time for time in times if not cut <= time.span.start < end)

    def _is_infinitive(self, clause: Clause) -> bool:
        marks = self._vocabulary.words["infinitive_marks"]
        return any(low in marks for low in clause.lows[:1] + clause.lows[-2:-1])

    def _neighbours_times(self, sentence: SentenceClauses, index: int) -> tuple[TimeExpression, ...]:
        for step in (1, -1):
            at = index + step
            while 0 <= at < len(sentence.clauses):
                other = sentence.clauses[at]
                verbs = [hit for hit in other.hits if hit.word.form is not Form.NOUN]
                if any(low in self._vocabulary.words["reporting_verbs"] for low in other.lows):
                    break
                if verbs:
                    # "…, Poland, on Sunday and boarded": what stands before the next verb is still ours.
                    first = other.tokens[verbs[0].index].start
                    next_door = (
                        at == index + 1 and other.lows[0] not in self._vocabulary.words["conjunctions"]
                    )
                    opening = tuple(t for t in other.times if t.span.end <= first) if next_door else ()
                    if opening and not self._vocabulary.grammar.verb_second:
                        return opening[:1]
                    break
                if other.times:
                    return other.times
                at += step
        before = sentence.clauses[index - 1] if index else None
        joined = (
            sentence.clauses[index].lows[:1]
            and sentence.clauses[index].lows[0] in self._vocabulary.words["conjunctions"]
        )
        return before.times if before is not None and joined else ()

    def beside(self, clause: Clause, place: Place, said: Times) -> Times:
        """Return the time beside a place if a clause names several: `Riad am Montag und Amman am Freitag`."""
        days = [time for time in clause.times if time.shape is not Shape.HOURS]
        spans = [
            p.mention.span
            for p in clause.places
            if p.entry is not None and place.entry is not None and p.entry.id == place.entry.id
        ]
        towns = {p.entry.id for p in clause.places if p.entry is not None}
        if len(days) < _SEVERAL or len(towns) < _SEVERAL or not spans or said[0] not in days:
            return said
        span = spans[0]
        day = min(days, key=lambda t: max(t.span.start - span.end, span.start - t.span.end))
        return day, said[1] if day is said[0] else None

    def is_afterwards(self, clause: Clause) -> bool:
        """Tell whether a clause goes on behind what was told before: `anschließend`."""
        return any(low in self._vocabulary.words["afterwards"] for low in clause.lows[:2])


def day_told_before(time: TimeExpression | None, days: Sequence[TimeExpression]) -> TimeExpression | None:
    """Return the day told of shortly before hours that name none; `days` are those before them."""
    if time is None or time.shape is not Shape.HOURS or not days:
        return None
    last = days[-1]
    return last if 0 <= time.span.start - last.span.end <= _NEAR_CHARS else None


def _retrospect_at(text: str, clause: Clause, vocabulary: Vocabulary) -> int:
    """Return where words such as `vier Jahre nach` begin, the clause's end where there are none."""
    words = text[clause.start : clause.end].lower()
    found = [words.find(cue) for cue in vocabulary.words["retrospects"]]
    starts = [clause.start + at for at in found if at >= 0]
    return min(starts, default=clause.end)
