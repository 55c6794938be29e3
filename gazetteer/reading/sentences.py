"""Where sentences begin and end: cut at line breaks and full stops, but not behind `18.` or `Dr.`."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, overload

from gazetteer.reading.articles import Article, Sentence, Span
from gazetteer.reading.grammar import Grammar, SentenceWords

_WRAPPED_WIDTH_CHARS: Final = (50, 100)
_LINE = re.compile(r"[^\n\r\u2028\u2029\x85\f\v]+")
# Begins only where a run of stops begins and never gives back: linear on a page of dots. That no stop
# stands before is asked behind the first one, since a search for a letter is several times faster.
_STOP = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*+[\"'“”„»«’)\]]{0,4}(?=\s)")
_BEFORE_LAST_WORD = re.compile(r".*[\s(„“\"'»«/\[–—-]", re.DOTALL)
_FIRST_WORD = re.compile(r"\w{0,24}")
_LONGEST_WORD: Final = 24
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z]){1,3}")
_CLOSERS: Final = "\"'“”„»«’)]"


class Sentences(Sequence[Sentence]):
    """The sentences of an article, in order; kept as numbers and made when asked for."""

    __slots__ = ("_article", "_ends", "_starts")

    def __init__(self, article: str, bounds: Iterable[tuple[int, int]]) -> None:
        """Take the article's id, and where each sentence starts and ends."""
        self._article = article
        self._starts, self._ends = array("I"), array("I")
        for start, end in bounds:
            self._starts.append(start)
            self._ends.append(end)

    @property
    def starts(self) -> Sequence[int]:
        """Where each begins."""
        return self._starts

    def back_from(self, number: int, count: int) -> Iterator[tuple[int, int]]:
        """Yield where a sentence starts and ends, and each before it, of so many."""
        for at in range(number, max(-1, number - count), -1):
            yield self._starts[at], self._ends[at]

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> Sentence: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Sentence, ...]: ...
    def __getitem__(self, at: int | slice) -> Sentence | tuple[Sentence, ...]:
        if isinstance(at, slice):
            return tuple(map(self._sentence, self._starts[at], self._ends[at]))
        return self._sentence(self._starts[at], self._ends[at])

    def __iter__(self) -> Iterator[Sentence]:
        return map(self._sentence, self._starts, self._ends)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sentences | tuple):
            return tuple(self) == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _sentence(self, start: int, end: int) -> Sentence:
        return Sentence(Span(self._article, start, end))


def sentences_of(article: Article) -> Sentences:
    """Cut an article into sentences, headlines and captions, in order; every word lies in one of them."""
    return Sentences(article.id, sentence_bounds(article.text, language=article.language))


def sentence_bounds(text: str, *, language: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence, white space around it left out; linear in the text."""
    words = Grammar.of(language).sentences
    for block_start, block_end in _blocks(text):
        start = block_start
        for stop in _STOP.finditer(text, block_start, block_end):
            if _goes_on(text, stop, block_end, words):
                continue
            yield start, stop.end()
            start = stop.end()
            while start < block_end and text[start].isspace():
                start += 1
        if start < block_end:
            yield start, block_end


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines, white space stripped, those joined that an editor's margin broke apart."""
    lines: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        content = line.group()
        stripped = content.strip("\ufeff \t\xa0")
        if stripped:
            start = line.start() + content.index(stripped)
            lines.append((start, start + len(stripped)))
    widths = sorted(end - start for start, end in lines)
    typical = widths[len(widths) * 3 // 4] if widths else 0
    low, high = _WRAPPED_WIDTH_CHARS
    wrapped = len(lines) >= 4 and low <= typical and widths[-1] <= high
    at = 0
    while at < len(lines):
        start, end = lines[at]
        at += 1
        while at < len(lines) and _same_paragraph(text, (start, end), lines[at], wrapped=wrapped):
            end = lines[at][1]
            at += 1
        yield start, end


def _same_paragraph(text: str, line: tuple[int, int], following: tuple[int, int], *, wrapped: bool) -> bool:
    between = text[line[1] : following[0]]
    if between.count("\n") > 1 or (text[line[1] - 1] in ".!?…:" + _CLOSERS and not wrapped):
        return False
    return wrapped or text[following[0]].islower() or text[line[1] - 1] == ","


def _goes_on(text: str, stop: re.Match[str], end: int, words: SentenceWords) -> bool:
    """Tell whether a full stop belongs to an abbreviation, an ordinal or an initial."""
    after = stop.end()
    while after < end and text[after].isspace():
        after += 1
    if after >= end:
        return False
    if text[after].islower():
        return True
    if stop.group() != ".":
        return False
    last_word = text[max(0, stop.start() - _LONGEST_WORD) : stop.start()]
    if (before := _BEFORE_LAST_WORD.match(last_word)) is not None:
        last_word = last_word[before.end() :]
    following = _FIRST_WORD.match(text, after)
    if not last_word or following is None:
        return False
    return _is_abbreviated(last_word, following[0], text[after + 1 : after + 2], words)


def _is_abbreviated(word: str, following: str, mark: str, words: SentenceWords) -> bool:
    low, next_low = word.lower(), following.lower()
    if word.isdigit():
        return len(word) <= 2 and next_low in words.after_ordinal
    if len(word) == 1 and word.isalpha():
        return word.isupper() or (len(following) == 1 and mark == ".")  # an initial; `z. B.`
    if low in words.clock:
        return next_low in words.after_clock
    if low in words.closing or _INITIALS.fullmatch(word):
        return next_low not in words.openers
    return low in words.abbreviations
