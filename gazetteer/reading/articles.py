"""Articles as they come from files, and the spans that everything later points back to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in one article's text: `text[start:end]`."""

    article: str
    """The article's id."""
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether both share at least one code point of the same article."""
        return self.article == other.article and self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.article == other.article and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, its text exactly as in the file."""

    id: str
    """The file's stem; made unique within one analysis."""
    source: str
    """The file's name."""
    title: str
    language: str
    """ISO 639-1; `und` where it is none we read."""
    published: dt.date | None
    """The date the text itself gives for its appearance, if any."""
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, headline or caption; together they cover all words of the article."""

    span: Span
