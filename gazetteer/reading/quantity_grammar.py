"""Finding numbers with units in running text: digits and words, ranges, compounds, speeds.

One pass over the digits and one over the words; around each hit only a bounded window is looked at,
so the time is linear in the text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import compress, count
from typing import Final

from gazetteer.reading.digits import SPACES, ending_figure, figures_in, has_digit, value_of
from gazetteer.reading.intervals import HedgeKind
from gazetteer.reading.memory import Memory
from gazetteer.reading.number_words import Number, ends_number, trailing_number
from gazetteer.reading.quantity_words import QuantityWords, quantity_words
from gazetteer.reading.tokens import Words
from gazetteer.reading.units import UNITS, speed_symbol

_WINDOW: Final = 90
"""Code points looked back for number words, range openers and hedges."""

_LONGEST_ADJECTIVE: Final = 50
_GAP: Final = SPACES + "-\n"
_UNIT: Final = re.compile(rf"(?P<gap>[{SPACES}-]?)(?P<unit>[^\W\d_]{{1,40}}(?:/[^\W\d_]{{1,12}})?|''|[\"″])")
_NEXT_WORD: Final = re.compile(rf"[{SPACES}-](?P<word>[^\W\d_]{{2,20}})")
_WORD: Final = re.compile(r"[^\W\d_]+")
_DISALLOWED_AFTER: Final = frozenset("²³^_")


@dataclass(frozen=True, slots=True)
class Found:
    """A number with a unit at `text[start:end]`."""

    start: int
    end: int
    value: float
    value2: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    """The span of a vague number such as `several hundred`, in the unit as written."""
    least: str = ""
    """The unit of the last part of a sum such as `5 feet 2 inches`."""


def found_in(text: str, language: str, tokens: Words | None = None) -> tuple[Found, ...]:
    """Return every measured number of a text, in order, without overlaps.

    Args:
        text: Any text.
        language: ISO 639-1.
        tokens: The words of just this text, where they are at hand.
    """
    words = quantity_words(language)
    tokens = tokens or Words.of(text)
    digits, units = _marked(tokens, words)
    if not digits and not units:
        return ()
    hits = [*_by_digits(text, digits, words), *_by_words(text, units, words)]
    hits.sort(key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for hit in hits:
        if kept and hit.start < kept[-1].end:
            continue
        whole = _with_range(text, hit, kept, words)
        merged = _added(text, kept[-1], whole, words) if kept and whole.start >= kept[-1].end else None
        if merged is not None:
            kept[-1] = merged
            continue
        while kept and whole.start < kept[-1].end:
            kept.pop()
        kept.append(whole)
    return tuple(kept)


def _marked(tokens: Words, words: QuantityWords) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where the words are that hold digits, and those that hold a unit."""
    sign_of = _signs(words.language)
    digits, units = [], []
    for i in compress(count(), map(sign_of.__getitem__, tokens.words)):
        sign, where = sign_of[tokens.words[i]], (tokens.starts[i], tokens.ends[i])
        if sign & _HAS_DIGIT:
            digits.append(where)
        if sign & _HAS_UNIT:
            units.append(where)
    return digits, units


_HAS_DIGIT, _HAS_UNIT = 1, 2


@functools.cache
def _signs(language: str) -> Memory[int]:
    """Return whether a digit, and whether a unit or an adjective such as `zweitägig`, may stand in a word."""
    words = quantity_words(language)

    def sign_of(word: str) -> int:
        letters = _WORD.findall(word)
        measures = not words.cased_units.isdisjoint(letters) or any(
            words.suffixes and _is_fused(run, words) for run in letters
        )
        return _HAS_DIGIT * has_digit(word) | _HAS_UNIT * measures

    return Memory(sign_of)


def _by_digits(text: str, digits: Iterable[tuple[int, int]], words: QuantityWords) -> Iterator[Found]:
    for match in figures_in(text, digits):
        start, end = match.span()
        if end - start > 25 or _is_glued(text, start):
            continue
        value = value_of(match, words)
        scaled = _scaled(text, end, words)
        if scaled is not None:
            end, factor = scaled
            value *= factor
        unit = _unit_at(text, start, end, words)
        if unit is not None:
            yield Found(start, unit[1], value, None, unit[0])


def _is_glued(text: str, start: int) -> bool:
    """Tell whether the digits belong to a name or code: `scp-173`, `A9`, `L202`."""
    if start == 0:
        return False
    before = text[start - 1]
    if before.isalnum() or before in "_.,'’/$€£¥":
        return True
    is_joined = before == "-" and start > 1 and text[start - 2].isalnum()
    return is_joined and _RANGE_START.search(text[max(0, start - 30) : start]) is None


_RANGE_START: Final = re.compile(r"(?<![\w-])\d{1,9}(?:[.,]\d{1,4})?\s?[^\W\d_]{0,12}-$")
"""What must stand before a hyphen and digits for them to be a range: `3km-`, not `COVID-`."""


def _scaled(text: str, at: int, words: QuantityWords) -> tuple[int, float] | None:
    match = _NEXT_WORD.match(text, at)
    if match is None:
        return None
    word = match["word"].lower()
    end = match.end()
    if f"{word}." in words.multipliers and text.startswith(".", end):
        end += 1
    factor = words.multipliers.get(word)
    return None if factor is None else (end, float(factor))


def _unit_at(text: str, begin: int, at: int, words: QuantityWords) -> tuple[str, int] | None:
    """Return the canonical unit after the number at `text[begin:at]`, and where its words end."""
    match = _UNIT.match(text, at)
    if match is None:
        return None
    written, end = match["unit"], match.end()
    symbol = _symbol(written, words)
    if symbol is None and "/" in written:
        first, _, _ = written.partition("/")
        end -= len(written) - len(first)
        written, symbol = first, _symbol(first, words)
    if symbol is None:
        second = _NEXT_WORD.match(text, end)
        pair = f"{written} {second['word']}".lower() if second else ""
        if second is None or pair not in words.units:
            return None
        symbol, end = words.units[pair], second.end()
    following = text[end : end + 1]
    if following.isdigit() or (following and following in _DISALLOWED_AFTER):
        return None
    if not _is_meant(text, (begin, at, end), written, match["gap"], words):
        return None
    return _with_speed_tail(text, end, symbol, words)


def _symbol(written: str, words: QuantityWords) -> str | None:
    found = words.abbreviations.get(written)
    if found is not None:
        return found
    lowered = written.lower()
    found = words.units.get(lowered)
    if found is not None:
        return found
    return _suffix_unit(lowered, words)


def _suffix_unit(word: str, words: QuantityWords) -> str | None:
    """Read `tägige` after digits: `2-tägige`."""
    for suffix, symbol in words.suffixes.items():
        if word.startswith(suffix) and len(word) - len(suffix) <= 2:
            return symbol
    return None


def _is_meant(text: str, marks: tuple[int, int, int], written: str, gap: str, words: QuantityWords) -> bool:
    """Refuse abbreviations that are mostly something else: `5 in`, `2 pm`, `7 k`, `10"`."""
    begin, at, end = marks
    following = text[end : end + 24]
    if written == "in":
        is_sum = _feet_before(words.language).search(text[max(0, begin - 12) : begin]) is not None
        return is_sum or (gap != "-" and _GOES_ON.match(following) is None)
    if written == "k":
        meant = at + 1 == len(text) and not gap
    elif written == "pm":
        meant = "picomet" in text[end : end + 200].lower()
    elif not written[0].isalpha():
        is_quotation = text[max(0, at - 200) : at].count('"') % 2 == 1
        meant = not (gap or is_quotation or following[:1].isalnum())
    else:
        is_name = written in _SHORT and (
            gap == "-" or (written == "m" and _GLUED_ON.match(following) is not None)
        )
        meant = not is_name
    return meant


_SHORT: Final = frozenset({"m", "h", "min", "nm", "sm", "kn", "li", "mi", "ft"})
_GOES_ON: Final = re.compile(r"\s?[^\W_]|-")
_GLUED_ON: Final = re.compile(r"[/.][^\W\d_]")


@functools.cache
def _feet_before(language: str) -> re.Pattern[str]:
    words = quantity_words(language)
    feet, joints = (_either(listed) for listed in (words.feet, words.adding))
    return re.compile(rf"(?<!\w)(?:{feet}),?\s(?:(?:{joints})\s)?$")


def _either(words: Iterable[str]) -> str:
    """Return words as the alternatives of a pattern, the longest first; blanks match any blank."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered) or "(?!)"


@functools.cache
def _tail_pattern(language: str) -> re.Pattern[str]:
    tails = sorted(quantity_words(language).speed_tails, key=len, reverse=True)
    spelled = "|".join(
        (r"\s?" if tail[0] == "/" else r"[\s-]").join(map(re.escape, tail.split())) for tail in tails
    )
    return re.compile(rf"(?:[{SPACES}\n-])?(?P<tail>{spelled})(?![^\W_])", re.IGNORECASE)


def _with_speed_tail(text: str, end: int, symbol: str, words: QuantityWords) -> tuple[str, int]:
    if symbol not in UNITS or UNITS[symbol].dimension != "length":
        return symbol, end
    match = _tail_pattern(words.language).match(text, end)
    if match is None:
        return symbol, end
    tail = " ".join(match["tail"].lower().replace("/", "/ ").replace("-", " ").split())
    speed = speed_symbol(symbol, words.speed_tails[tail])
    return (speed, match.end()) if speed else (symbol, end)


def _by_words(text: str, units: Iterable[tuple[int, int]], words: QuantityWords) -> Iterator[Found]:
    for start, end in units:
        for match in _WORD.finditer(text, start, end):
            word = match[0]
            if word in words.cased_units:
                found = _number_before(text, match, words)
            elif words.suffixes and _is_fused(word, words):
                found = _fused_adjective(match, words)
            else:
                continue
            if found is not None:
                yield found


def _is_fused(word: str, words: QuantityWords) -> bool:
    return (
        words.suffix_sign in word
        and len(word) < _LONGEST_ADJECTIVE
        and _fused_pattern(words.language).search(word) is not None
    )


def _number_before(text: str, match: re.Match[str], words: QuantityWords) -> Found | None:
    start, end = match.span()
    word = match[0].lower()
    first = words.two_word_units.get(word)
    if first:
        earlier = _words_before(text, start, limit=1)
        if earlier and earlier[-1][0] in first:
            start, word = earlier[-1][1], f"{earlier[-1][0]} {word}"
    if text[end : end + 1] in _DISALLOWED_AFTER and end < len(text):
        return None
    nearest = _words_before(text, start, limit=1)
    if not nearest or not ends_number(words.language)[nearest[0][0]]:
        return None
    before = _words_before(text, start)
    number = trailing_number(tuple(token for token, _ in before), words.language)
    if number is None:
        number = _lone_article(before, words)
    if number is None:
        return None
    value, size = number
    begin = before[-size][1] if size else start
    if word in words.fused:
        share, symbol = words.fused[word]
        value = value.times(share)
    else:
        symbol = words.units.get(word) or words.abbreviations.get(match[0], "")
    if not symbol or (not size and _praises(before, symbol, words)):
        return None
    symbol, end = _with_speed_tail(text, end, symbol, words)
    postfix = _half_behind(words.language).match(text, end) if words.halves_behind else None
    if postfix is not None and value.low is None:
        share = words.halves_behind[" ".join(postfix["half"].split())]
        value, end = Number(value.value + share), postfix.end()
    return Found(begin, end, value.value, None, symbol, value.low, value.high)


def _praises(before: list[tuple[str, int]], symbol: str, words: QuantityWords) -> bool:
    """Tell whether `good` may be praise rather than a hedge: of days and years it mostly is."""
    is_long = UNITS[symbol].dimension == "duration" and UNITS[symbol].factor > UNITS["h"].factor
    hedge = before[-1][0]
    return is_long and words.hedges.get(hedge) is not HedgeKind.BELOW


@functools.cache
def _half_behind(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?P<half>{_either(quantity_words(language).halves_behind)})(?!\w)")


def _lone_article(before: list[tuple[str, int]], words: QuantityWords) -> tuple[Number, int] | None:
    """Read `eine Stunde` as one, and `eine knappe Stunde`, where a hedge stands for the number."""
    if before and before[-1][0] in words.articles:
        return Number(1.0), 1
    hedged = [word for word, _ in before[-2:]]
    is_hedged = words.articles.issuperset(hedged[:1]) and not words.one_sided.isdisjoint(
        (hedged[-1], " ".join(hedged))
    )
    return (Number(1.0), 0) if len(hedged) > 1 and is_hedged else None


def _words_before(text: str, start: int, *, limit: int = 8) -> list[tuple[str, int]]:
    """Return the last folded words that lead up to `start` with nothing but blanks or hyphens between."""
    floor = max(0, start - _WINDOW)
    found: list[tuple[str, int]] = []
    at = start
    while at > floor and len(found) < limit:
        gap = at
        while gap > floor and text[gap - 1] in _GAP and at - gap < 2:
            gap -= 1
        begin = gap
        while begin > floor and text[begin - 1].isalpha():
            begin -= 1
        if gap in {at, begin}:
            break
        found.append((text[begin:gap].lower(), begin))
        at = begin
    return found[::-1]


@functools.cache
def _fused_pattern(language: str) -> re.Pattern[str]:
    words = quantity_words(language)
    return re.compile(rf"(?P<suffix>{_either(words.suffixes)}){words.suffix_endings}$")


def _fused_adjective(match: re.Match[str], words: QuantityWords) -> Found | None:
    """Read `zweitägig`, `anderthalbstündige`, `halbstündig`."""
    suffix = _fused_pattern(words.language).search(match[0])
    if suffix is None or not suffix.start():
        return None
    number = trailing_number((match[0][: suffix.start()].lower(),), words.language)
    if number is None:
        return None
    return Found(match.start(), match.end(), number[0].value, None, words.suffixes[suffix["suffix"]])


def _with_range(text: str, hit: Found, kept: list[Found], words: QuantityWords) -> Found:
    """Add the lower end of `30 bis 40`, `zwischen 3 und 5`, `3km-5km` before a hit."""
    floor = max(0, hit.start - 40)
    window = text[floor : hit.start]
    join = _join_pattern(words.language).search(window)
    if join is None or hit.low is not None:
        return hit
    needs_between = join["between"] is not None
    at = floor + join.start()
    lower = _lower_end(text, at, kept, hit, words)
    if lower is None:
        return hit
    begin, value = lower
    opener = _words_before(text, begin, limit=1)
    opened = bool(opener) and opener[-1][0] in words.range_open
    between = bool(opener) and opener[-1][0] in words.range_between
    if needs_between and not between:
        return hit
    if value > hit.value or (value == hit.value and not between):
        return hit
    spelled = join["word"] is not None or needs_between
    start = opener[-1][1] if opened and spelled else begin
    return replace(hit, start=start, value=value, value2=hit.value)


@functools.cache
def _join_pattern(language: str) -> re.Pattern[str]:
    words = quantity_words(language)
    signs = "".join(re.escape(join) for join in words.range_join if not join[0].isalpha())
    spelled = _either(join for join in words.range_join if join[0].isalpha())
    between = _either(words.range_join_between)
    return re.compile(
        rf"(?:\s?(?P<sign>[{signs}])\s?|-?\s(?:(?P<word>{spelled})|(?P<between>{between}))\s)$", re.IGNORECASE
    )


def _lower_end(
    text: str, at: int, kept: list[Found], hit: Found, words: QuantityWords
) -> tuple[int, float] | None:
    """Return start and value of the number that ends at `at`, with the same unit or none."""
    if kept and kept[-1].end == at:
        last = kept[-1]
        same = last.unit == hit.unit and last.value2 is None
        return (last.start, last.value) if same else None
    figure = ending_figure(text[max(0, at - 24) : at], words)
    if figure is not None:
        return max(0, at - 24) + figure[0], figure[1]
    before = _words_before(text + " ", at) if at == len(text) else _words_up_to(text, at)
    number = trailing_number(tuple(token for token, _ in before), words.language) if before else None
    if number is None or number[0].low is not None:
        return None
    return before[-number[1]][1], number[0].value


def _words_up_to(text: str, at: int) -> list[tuple[str, int]]:
    """Return the words whose last one ends at `at`."""
    begin = at
    floor = max(0, at - 50)
    while begin > floor and text[begin - 1].isalpha():
        begin -= 1
    if begin == at:
        return []
    return [*_words_before(text, begin), (text[begin:at].lower(), begin)]


@functools.cache
def _adding(language: str) -> re.Pattern[str]:
    joints = _either(quantity_words(language).adding)
    return re.compile(rf"(?:\s?,\s|\s)(?:(?:{joints})\s)?|\s?$")


def _added(text: str, first: Found, second: Found, words: QuantityWords) -> Found | None:
    """Join `5 feet 2 inches`, `eine Stunde und 20 Minuten` into one quantity of the larger unit."""
    gap = text[first.end : second.start]
    if len(gap) > 6 or _adding(words.language).fullmatch(gap) is None:
        return None
    if (
        first.value2 is not None
        or second.value2 is not None
        or first.low is not None
        or second.low is not None
    ):
        return None
    whole, least, small = UNITS[first.unit], UNITS[first.least or first.unit], UNITS[second.unit]
    if whole.dimension != small.dimension or whole.dimension == "speed" or least.factor <= small.factor:
        return None
    is_whole = bool(first.least) or first.value % 1.0 == 0.0
    if not is_whole or second.value * small.factor >= least.factor * (3.0 if least.symbol == "yd" else 1.0):
        return None
    if not gap and whole.dimension == "length":
        return None
    value = first.value + second.value * small.factor / whole.factor
    return replace(first, end=second.end, value=value, least=second.unit)
