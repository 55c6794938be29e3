"""The text of an article cut into runs, each belonging to at most one mention and to the claims around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from dashboard.catalogue import Catalogue
from gazetteer.reading.articles import Span

Run = tuple[str, int, tuple[int, ...], int]
"""Text, number of the mention or -1, numbers of the claims, number of the sentence or -1."""


def paragraphs(catalogue: Catalogue, article: str) -> list[list[Run]]:
    """Return an article's lines, each a list of runs; joined by line ends they are the article's text."""
    text = catalogue.articles[article].text
    mentions = _apart(
        (catalogue.mention(number).mention.span, number) for number in catalogue.marks_in.get(article, ())
    )
    claims = sorted((catalogue.claim(number).span, number) for number in catalogue.claims_in.get(article, ()))
    sentences = [
        (sentence.span, number) for number, sentence in enumerate(catalogue.readings[article].sentences)
    ]
    cuts = {0, len(text)}
    for span, _ in (*mentions, *claims, *sentences):
        cuts |= {span.start, span.end}
    return _lines(text, sorted(cuts), mentions, claims, sentences)


def passage(catalogue: Catalogue, span: Span) -> dict[str, Any]:
    """Return the sentence around a span in three parts: before it, the words themselves, after it."""
    sentence = catalogue.sentence(span)
    around = sentence.span if sentence else span
    text = catalogue.articles[span.article].text
    start, end = min(around.start, span.start), max(around.end, span.end)
    return {
        "article": span.article,
        "title": catalogue.articles[span.article].title,
        "language": catalogue.articles[span.article].language,
        "parts": [
            text[start : span.start].lstrip(),
            text[span.start : span.end],
            text[span.end : end].rstrip(),
        ],
        "start": span.start,
        "end": span.end,
    }


def whole(catalogue: Catalogue, span: Span) -> dict[str, Any]:
    """Return a passage of whole sentences, in which no words stand out."""
    return passage(catalogue, span) | {
        "parts": [catalogue.articles[span.article].text[span.start : span.end], "", ""]
    }


def _apart(spans: Iterable[tuple[Span, int]]) -> list[tuple[Span, int]]:
    """Return the spans in text order; of two that overlap the longer stays."""
    kept: list[tuple[Span, int]] = []
    for span, number in sorted(spans, key=lambda found: (found[0].start, -found[0].end)):
        if kept and kept[-1][0].end > span.start:
            if span.end - span.start > kept[-1][0].end - kept[-1][0].start:
                kept[-1] = (span, number)
            continue
        kept.append((span, number))
    return kept


def _lines(
    text: str,
    cuts: Sequence[int],
    mentions: Sequence[tuple[Span, int]],
    claims: Sequence[tuple[Span, int]],
    sentences: Sequence[tuple[Span, int]],
) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    mention, claim, sentence = 0, 0, 0
    active: list[tuple[int, int]] = []  # end and number of the claims around the present run
    for start, end in pairwise(cuts):
        while claim < len(claims) and claims[claim][0].start <= start:
            active.append((claims[claim][0].end, claims[claim][1]))
            claim += 1
        active = [(stop, number) for stop, number in active if stop > start]
        while mention < len(mentions) and mentions[mention][0].end <= start:
            mention += 1
        while sentence < len(sentences) and sentences[sentence][0].end <= start:
            sentence += 1
        named = mention < len(mentions) and mentions[mention][0].start <= start
        spoken = sentence < len(sentences) and sentences[sentence][0].start <= start
        run = (
            mentions[mention][1] if named else -1,
            tuple(number for _, number in active),
            sentences[sentence][1] if spoken else -1,
        )
        for position, part in enumerate(text[start:end].split("\n")):
            if position:
                lines.append([])
            if part:
                lines[-1].append((part, *run))
    return lines
