"""What an article says about itself: its headline and the day it appeared."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from gazetteer.reading.grammar import grammars

_MAX_TITLE_CHARS: Final = 160
_HEAD_LINES: Final = 12
_HEAD_CHARS: Final = 6_000
_MAX_DATE_LINE_CHARS: Final = 120
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NUMERIC = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){3,}")


def title_of(text: str) -> str:
    """Return the headline: the first line that stands for itself, shortened where it runs on.

    A picture's caption with its credit, an agency line or a slug above the headline is passed over.
    """
    blocks: list[list[str]] = [[]]
    for line in islice(text[:_HEAD_CHARS].splitlines(), 2 * _HEAD_LINES):
        if stripped := line.strip("\ufeff \t\r\n#*"):
            blocks[-1].append(stripped)
        elif blocks[-1]:
            blocks.append([])
    filled = [block for block in blocks if block]
    if not filled:
        return ""
    first = filled[0]
    if len(filled) > 1 and len(first) > 1 and any(_is_credit(line) for line in first[1:]):
        for block in filled[1:]:
            if _is_headline(block[0]):
                return block[0]
    for line in first:
        if not _is_credit(line) and not _dates_in(line):
            return _shortened(line)
    return _shortened(first[0])


def published_in(text: str) -> dt.date | None:
    """Return the day of appearance that a line near the top, a dateline, or a line saying so gives."""
    lines = [line.strip() for line in text[:_HEAD_CHARS].splitlines()]
    tail = [line.strip() for line in text[-2_000:].splitlines()]
    head = [line for line in lines if line][:_HEAD_LINES]
    for line in head:
        if (
            len(line) <= _MAX_DATE_LINE_CHARS
            and (_patterns().dated.search(line) or _is_date_line(line))
            and (days := _dates_in(line))
        ):
            return days[0]
        opening = _patterns().dateline.match(line)
        if opening and _is_date_line(opening[1]) and (days := _dates_in(opening[1])):
            return days[0]
    for line in (*lines, *tail):
        if len(line) <= _MAX_DATE_LINE_CHARS and _patterns().dated.match(line) and (days := _dates_in(line)):
            return days[0]
    return None


def _is_credit(line: str) -> bool:
    return len(line) < 80 and (
        _patterns().credit.search(line) is not None or _SLUG.fullmatch(line) is not None
    )


def _is_headline(line: str) -> bool:
    return 8 <= len(line) <= _MAX_TITLE_CHARS and not line.endswith(".") and not _is_credit(line)


def _shortened(line: str) -> str:
    if len(line) <= _MAX_TITLE_CHARS:
        return line
    cut = line[: _MAX_TITLE_CHARS - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"


def _is_date_line(line: str) -> bool:
    """Tell whether a line is little more than a date, perhaps with place, weekday and hour."""
    rest = _ISO.sub(
        "", _NUMERIC.sub("", _patterns().day_first.sub("", _patterns().month_first.sub("", line)))
    )
    return rest != line and sum(char.isalpha() for char in rest) <= 30


def _dates_in(line: str) -> list[dt.date]:
    months = _months()
    found: list[tuple[int, int, int]] = [(int(y), int(m), int(d)) for y, m, d in _ISO.findall(line)]
    found += [(int(y), int(m), int(d)) for d, m, y in _NUMERIC.findall(line)]
    found += [
        (int(y), months.get(m.lower()[:3], 0), int(d)) for d, m, y in _patterns().day_first.findall(line)
    ]
    found += [
        (int(y), months.get(m.lower()[:3], 0), int(d)) for m, d, y in _patterns().month_first.findall(line)
    ]
    days = []
    for year, month, day in found:
        try:
            days.append(dt.date(year, month, day))
        except ValueError:
            continue  # the 31st of June, or a word that is no month
    return days


@cache
def _months() -> dict[str, int]:
    """Return the number of the month for the first three letters of its name in every language read."""
    return {
        name.lower()[:3]: number
        for grammar in grammars()
        for number, name in enumerate(grammar.masthead.months, 1)
    }


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What stands in the lines round an article, in every language read: its own is not known yet."""

    credit: re.Pattern[str]
    dated: re.Pattern[str]
    dateline: re.Pattern[str]
    day_first: re.Pattern[str]
    month_first: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    mastheads = [grammar.masthead for grammar in grammars()]

    def either(lists: Iterable[Iterable[str]]) -> str:
        words = sorted({word for words in lists for word in words}, key=lambda word: (-len(word), word))
        return "|".join(map(re.escape, words)) or "(?!)"

    return _Patterns(
        credit=re.compile(
            rf"©|\(c\)|^(?:{either(m.credits for m in mastheads)})\b[ :]|^[\w.&-]+(?:/[\w.&-]+)+$",
            re.IGNORECASE,
        ),
        dated=re.compile(rf"\b(?:{either(m.dated for m in mastheads)})\b", re.IGNORECASE),
        dateline=re.compile(
            rf"(?!(?:{either(m.not_datelines for m in mastheads)})\b)(.{{6,90}}?)(?: ?[—–]| -{{1,2}}|:)\s",
            re.IGNORECASE,
        ),
        day_first=re.compile(r"\b(\d{1,2})\.? ([^\W\d_]{3,9})\.?,? (\d{4})\b"),
        month_first=re.compile(
            rf"\b([^\W\d_]{{3,9}})\.? (\d{{1,2}})(?:{either(m.ordinals for m in mastheads)})?, (\d{{4}})\b"
        ),
    )
