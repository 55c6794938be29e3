"""Time expressions: the words by which a text names days and hours.

What the words are is read here, language by language, from `reading/languages/<code>/calendar.toml`; on which
days they fall is worked out in `days`, against a reference date, which `dating` finds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from gazetteer.journeys.anchors import AnchoredPatterns, Kind
from gazetteer.reading.articles import Span
from gazetteer.reading.folders import languages_with
from gazetteer.reading.tables import packaged, table


class Toward(StrEnum):
    """On which side of the reference date the words look."""

    PAST = "past"
    FUTURE = "future"
    PRESENT = "present"


class Shape(StrEnum):
    """What kind of time expression it is."""

    DATE = "date"
    DATE_RANGE = "date_range"
    MONTH = "month"
    YEAR = "year"
    WEEKDAY = "weekday"
    SHIFT = "shift"
    """So many days, weeks, months or years from the reference date."""
    LATER = "later"
    """So many days from the day the report last spoke of."""
    HOURS = "hours"
    """A part of day or a clock time alone."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar day, month or year of which the text may leave parts unsaid."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """From `low` to `high` units from the day it counts from."""

    unit: str
    """`hour`, `day`, `week`, `weekend`, `month` or `year`."""
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression in a text."""

    span: Span
    words: str
    shape: Shape
    first: PartialDate = PartialDate()
    last: PartialDate | None = None
    """The end of a range; None for a single day, month or year."""
    portion: tuple[int, int] | None = None
    """First and last day of a month's beginning, middle or end; 0 is its last day."""
    weekdays: tuple[int, ...] = ()
    """Monday is 0; two for a range or a pair."""
    toward: Toward | None = None
    still: bool = False
    """`noch im September`: the month has not ended when the article appears."""
    shift: Shift | None = None
    hours: tuple[float, float] | None = None
    """From and to, in hours from midnight; past 24 is the next day."""

    @property
    def names_year(self) -> bool:
        """Tell whether the words fix the year themselves."""
        return (self.last or self.first).year is not None or self.first.year is not None

    @property
    def names_day(self) -> bool:
        """Tell whether the words name a day of a month."""
        return self.first.day is not None


def time_expressions(text: str, *, article: str, language: str) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a text in its order, without overlaps; the longest wins.

    Args:
        text: Any text; the time taken grows linearly with its length.
        article: Id for the spans.
        language: ISO 639-1; for one without a calendar, only ISO dates are found.
    """
    found = [*_iso_dates(text, article)]
    if language in languages_with("calendar.toml"):
        found += _words_of(language).matches(text, article)
    # A full date says more than the weekday before it, and longer words more than shorter ones.
    found.sort(key=lambda e: (not e.names_day, e.span.start - e.span.end, e.span.start))
    starts: list[int] = []
    kept: list[TimeExpression] = []
    for expression in found:
        at = bisect_right(starts, expression.span.start)
        free_before = at == 0 or kept[at - 1].span.end <= expression.span.start
        if free_before and (at == len(starts) or expression.span.end <= starts[at]):
            starts.insert(at, expression.span.start)
            kept.insert(at, expression)
    return tuple(kept)


_PHRASE: Final = "phrase"
"""Beside the shapes of the tables, their fixed phrases."""
_DIGITS: Final = {
    "day": r"(?:3[01]|[12]\d|0?[1-9])",
    "month_number": r"(?:1[0-2]|0?[1-9])",
    "year": r"(?:1[89]\d\d|20\d\d)",
    "hour": r"(?:2[0-4]|1\d|0?\d)",
}
_ISO_DATE: Final = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")


def _iso_dates(text: str, article: str) -> Iterator[TimeExpression]:
    for match in _ISO_DATE.finditer(text):
        year, month, day = (int(part) for part in match.groups())
        if 1800 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
            span = Span(article, match.start(), match.end())
            yield TimeExpression(span, match[0], Shape.DATE, PartialDate(year, month, day))


@cache
def _words_of(language: str) -> _CalendarWords:
    return _CalendarWords(language)


class _CalendarWords:
    """One language's tables and the patterns made from them."""

    def __init__(self, language: str) -> None:
        with packaged(language, "calendar.toml"):
            self._take(table(language, "calendar.toml"))

    def _take(self, tables: dict[str, Any]) -> None:
        self._months = _numbered(tables["months"])
        self._whole_months = tuple(word for word in self._months if len(word) > 4)
        self._weekdays = _numbered(tables["weekdays"])
        self._hours: dict[str, list[float]] = tables["hours"]
        self._numbers: dict[str, int] = tables["numbers"]
        self._units: dict[str, str] = tables["units"]
        self._toward: dict[str, str] = tables["toward"]
        self._portions: dict[str, list[int]] = tables["portions"]
        self._phrases = {words: Shift(*shift) for words, shift in tables["phrases"].items()}
        self._following: dict[str, int] = tables["following"]
        words = {
            "month": tuple(self._months),
            "month_name": tuple(_whole_names(tables["months"])),
            "weekday": tuple(self._weekdays),
            "part": tuple(self._hours),
            "part_alone": tuple(word for word in self._hours if word not in tables["only_with_day"]),
            "toward": tuple(self._toward),
            "portion": tuple(self._portions),
            "unit": tuple(self._units),
            "number_word": tuple(self._numbers),
        }
        number = rf"(?:\d{{1,3}}|{_any_of(self._numbers)})"
        fillings = {name: _any_of(said) for name, said in words.items()} | _DIGITS | {"number": number}
        kinds = {name: Kind(said) for name, said in words.items()}
        kinds |= {name: Kind(digits=re.compile(digits)) for name, digits in _DIGITS.items()}
        kinds["number"] = Kind(tuple(self._numbers), re.compile(r"\d"))
        homographs = tables["homographs"]
        plain = [said for said in self._phrases if said not in homographs]
        # What is read from a match, and the pattern as it is written.
        readers: list[tuple[str | Shift, str]] = [
            (_PHRASE, rf"\b{_any_of([*plain, *self._following])}\b"),
            *((Shift(*row["shift"]), row["pattern"]) for row in homographs.values()),
            *((shape, pattern) for shape, patterns in tables["patterns"].items() for pattern in patterns),
        ]
        self._shapes = tuple(shape for shape, _ in readers)
        patterns = [(pattern, _compiled(pattern, fillings)) for _, pattern in readers]
        self._patterns = AnchoredPatterns(patterns, kinds)

    def matches(self, text: str, article: str) -> Iterator[TimeExpression]:
        for number, match in self._patterns.matches(text):
            shape = self._shapes[number]
            if isinstance(shape, Shift):
                span = Span(article, match.start(), match.end())
                yield TimeExpression(span, match[0], Shape.SHIFT, shift=shape)
            elif shape == _PHRASE:
                yield self._phrase_read(match, article)
            else:
                yield self._read(shape, match, article)

    def _phrase_read(self, match: re.Match[str], article: str) -> TimeExpression:
        words = " ".join(match[0].casefold().split())
        span = Span(article, match.start(), match.end())
        if words in self._phrases:
            return TimeExpression(span, match[0], Shape.SHIFT, shift=self._phrases[words])
        days = self._following[words]
        return TimeExpression(
            span, match[0], Shape.LATER, shift=Shift("day", days, days), hours=self._part(words)
        )

    def _read(self, shape: str, match: re.Match[str], article: str) -> TimeExpression:
        said = {name: part.casefold() for name, part in match.groupdict().items() if part}
        words = match[0].rstrip()
        if words[:-1].casefold().endswith(self._whole_months):  # the stop ends the sentence, not `Sept.`
            words = words.removesuffix(".")
        hours = self._said_hours(shape, said)
        month = self._months.get(said.get("month", ""), _whole(said.get("month_number")))
        first = PartialDate(_whole(said.get("year")), month, _whole(said.get("day")))
        last = None
        if shape == "date_range":
            last_month = self._months.get(said.get("month2", ""), month)
            last_year = _whole(said.get("year2"))
            last = PartialDate(
                last_year if last_year is not None else first.year, last_month, _whole(said["day2"])
            )
        weekdays = tuple(self._weekdays[said[name]] for name in ("weekday", "weekday2") if name in said)
        toward = Toward(self._toward[said["toward"]]) if "toward" in said else None
        return TimeExpression(
            Span(article, match.start(), match.start() + len(words)),
            words,
            _SHAPES[shape],
            first,
            last,
            portion=_pair(self._portions.get(said.get("portion", ""))),
            weekdays=weekdays,
            toward=toward if shape != "period" else None,
            still="still" in said,
            shift=self._said_shift(shape, said, toward),
            hours=hours,
        )

    def _said_hours(self, shape: str, said: Mapping[str, str]) -> tuple[float, float] | None:
        if shape in ("night_before", "night_before_date"):
            return -4.0, 6.0
        if "hour_word" in said:
            hour = float(self._numbers[said["hour_word"]])
            later = "part" in said and hour < self._hours[said["part"]][0] <= hour + 12.0
            return hour + 12.0 * later - 0.25, hour + 12.0 * later + 0.25
        if "hour" in said:
            hour = int(said["hour"]) + int(said.get("minute", "0")) / 60.0
            if "before_noon" in said or "after_noon" in said:
                hour = hour % 12.0 + (12.0 if "after_noon" in said else 0.0)
            return hour - 0.25, hour + 0.25
        for name in ("part", "part_before"):
            if name in said:
                return self._part(said[name])
        return None

    def _part(self, words: str) -> tuple[float, float] | None:
        for word in reversed(words.split()):
            if word in self._hours:
                low, high = self._hours[word]
                return float(low), float(high)
        return None

    def _said_shift(self, shape: str, said: Mapping[str, str], toward: Toward | None) -> Shift | None:
        if shape == "period":
            steps = {Toward.PAST: -1, Toward.FUTURE: 1}.get(toward or Toward.PRESENT, 0)
            return Shift(self._units.get(said["unit"], "month"), steps, steps)
        if "phrase" in said:
            return self._phrases[said["phrase"]]
        for name, sign in (("ago", -1), ("ahead", 1), ("later", 1), ("earlier", -1)):
            if name in said:
                count = self._numbers.get(said[name]) or int(said[name] if said[name].isdigit() else 0)
                unit = self._units[said["unit"]] if "unit" in said else "hour"
                return Shift(unit, sign * count, sign * count)
        return None


_SHAPES: Final = {
    "date_range": Shape.DATE_RANGE,
    "date": Shape.DATE,
    "month": Shape.MONTH,
    "year": Shape.YEAR,
    "weekday_range": Shape.WEEKDAY,
    "weekday": Shape.WEEKDAY,
    "period": Shape.SHIFT,
    "shift": Shape.SHIFT,
    "later": Shape.LATER,
    "hours_later": Shape.LATER,
    "clock": Shape.HOURS,
    "part_of_day": Shape.SHIFT,
    "night_before": Shape.WEEKDAY,
    "night_before_date": Shape.DATE,
    "part": Shape.HOURS,
}


def _numbered(table: Mapping[str, list[str]]) -> dict[str, int]:
    return {word: int(number) for number, words in table.items() for word in words}


def _whole_names(months: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the names of months that are no mere abbreviation: the first of each, and the long ones."""
    for names in months.values():
        yield from (name for name in names if name == names[0] or len(name) > _LONGEST_ABBREVIATION)


_LONGEST_ABBREVIATION: Final = 3


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    # One look at the letter first: without regard to case the words are tried one after the other.
    letters = "".join(sorted({re.escape(word[0]) for word in longest_first}))
    first = f"(?=[{letters}])" if letters else "(?!)"
    return f"{first}(?:{'|'.join(map(re.escape, longest_first))})"


def _compiled(pattern: str, fillings: Mapping[str, str]) -> re.Pattern[str]:
    for name, filling in fillings.items():
        pattern = pattern.replace("{" + name + "}", filling)
    # Look-behinds need a fixed width, so only blanks outside of them may stretch.
    pieces = re.split(r"(\(\?<[!=][^)]*\))", pattern)
    stretched = (piece if piece.startswith(("(?<!", "(?<=")) else _stretched(piece) for piece in pieces)
    return re.compile("".join(stretched), re.IGNORECASE)


def _stretched(piece: str) -> str:
    return piece.replace("\\ ", " ").replace(" ?", r"\s{0,2}").replace(" ", r"\s{1,3}")


def _whole(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _pair(numbers: list[int] | None) -> tuple[int, int] | None:
    return (numbers[0], numbers[1]) if numbers else None
