"""One article's reading, arranged for questions such as: which place is named just before here?"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Self

from gazetteer.claims.claim import Claim, Path, Relation, Role, StatedDirection
from gazetteer.claims.cues import Cues, cues
from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Candidate, Feature, GazetteerEntry
from gazetteer.places.index import Gazetteer
from gazetteer.reading.articles import Sentence, Span
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.quantities import Quantity
from gazetteer.reading.reader import ArticleReading
from gazetteer.reading.resolution import Resolution

_LONGEST_SENTENCE: Final = 1000
"""Code points; keeps the time linear where a text has no full stops."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A reading with its parts sorted for look-up by position."""

    reading: ArticleReading
    gazetteer: Gazetteer
    text: str
    cues: Cues
    resolutions: tuple[Resolution, ...]
    sentences: tuple[Sentence, ...]
    """The reading's sentences; what is longer than any sentence a person writes is cut."""
    starts: tuple[int, ...]
    """Start of each resolution's mention."""
    sentence_starts: tuple[int, ...]
    quantity_starts: tuple[int, ...]
    looked_up: dict[str, tuple[Candidate, ...]] = field(default_factory=dict, compare=False, repr=False)

    trip_ends: dict[int, tuple[Role | None, Role | None]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """From and to where each sentence, by its start, says somebody went, as far as it was asked."""

    @classmethod
    def of(cls, reading: ArticleReading, gazetteer: Gazetteer) -> Self:
        """Arrange a reading."""
        resolutions = tuple(
            sorted(reading.resolutions, key=lambda r: (r.mention.span.start, -r.mention.span.end))
        )
        sentences = tuple(piece for sentence in reading.sentences for piece in _cut(sentence))
        return cls(
            reading=reading,
            gazetteer=gazetteer,
            text=reading.article.text,
            cues=cues(reading.article.language),
            resolutions=resolutions,
            starts=tuple(r.mention.span.start for r in resolutions),
            sentences=sentences,
            sentence_starts=tuple(s.span.start for s in sentences),
            quantity_starts=tuple(q.span.start for q in reading.quantities),
        )

    @property
    def language(self) -> str:
        """The language whose words are used, ISO 639-1."""
        return self.cues.language

    def span(self, start: int, end: int) -> Span:
        """Return a span of this article."""
        return Span(self.reading.article.id, start, end)

    def within(self, start: int, end: int) -> tuple[Resolution, ...]:
        """Return the resolutions whose mention begins in `text[start:end]`, in order."""
        return self.resolutions[bisect.bisect_left(self.starts, start) : bisect.bisect_left(self.starts, end)]

    def names_within(self, start: int, end: int) -> tuple[Resolution, ...]:
        """Return the named places that begin in `text[start:end]`: no demonyms, parts or anaphors."""
        return tuple(r for r in self.within(start, end) if r.mention.kind is Kind.TOPONYM)

    def before(self, position: int) -> Iterator[Resolution]:
        """Yield the resolutions before a position, the nearest first."""
        for i in range(bisect.bisect_left(self.starts, position) - 1, -1, -1):
            yield self.resolutions[i]

    def quantities_within(self, start: int, end: int) -> tuple[Quantity, ...]:
        """Return the quantities that begin in `text[start:end]`."""
        low = bisect.bisect_left(self.quantity_starts, start)
        return self.reading.quantities[low : bisect.bisect_left(self.quantity_starts, end)]

    def sentence_before(self, sentence: Sentence) -> Sentence | None:
        """Return the sentence before one, None for the first."""
        at = bisect.bisect_left(self.sentence_starts, sentence.span.start)
        return self.sentences[at - 1] if at > 0 else None

    def sentence_at_or_before(self, position: int) -> Sentence | None:
        """Return the last sentence that begins at or before a position."""
        at = bisect.bisect_right(self.sentence_starts, position) - 1
        return self.sentences[at] if at >= 0 else None

    def claim(
        self,
        bounds: tuple[int, int],
        relation: Relation,
        *,
        quantity: Quantity | None = None,
        direction: StatedDirection | None = None,
        subject: Role | None = None,
        reference: Role | None = None,
        origin: Role | None = None,
        path: Path = Path.UNSPECIFIED,
    ) -> Claim:
        """Return a claim, unchecked, on `text[start:end]`; its id names its article and start."""
        start, end = bounds
        span = self.span(start, end)
        return Claim(
            id=f"{span.article}:c{start}",
            span=span,
            quote=self.text[start:end],
            relation=relation,
            quantity=quantity,
            direction=direction,
            subject=subject,
            reference=reference,
            origin=origin,
            path=path,
        )

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Return the gazetteer's candidates for a name, asked once an article."""
        known = self.looked_up.get(name)
        if known is None:
            known = self.looked_up[name] = self.gazetteer.lookup(name, language=self.language, limit=60)
        return known

    def is_place(self, resolution: Resolution) -> bool:
        """Tell whether a mention names a place as a place, not as a government."""
        mention = resolution.mention
        return mention.kind is Kind.TOPONYM and mention.reading is Reading.PLACE


def point_of(resolution: Resolution) -> GazetteerEntry | None:
    """Return the place that distances to a name are counted to: the city, where a region bears its name."""
    entry = resolution.entry
    if entry is None or entry.feature is not Feature.REGION:
        return entry
    for candidate in resolution.candidates:
        other = candidate.entry
        if other.feature is Feature.CITY and other.country == entry.country and other.population >= _TOWN:
            near_km = max(_NEAR_KM, entry.extent_km or 0.0)
            if great_circle_km(other.position, entry.position) <= near_km:
                return other
    return entry


_TOWN: Final = 20_000
_NEAR_KM: Final = 150.0


def place_id(entry: GazetteerEntry | None) -> str | None:
    """Return an entry's id, None for none."""
    return None if entry is None else entry.id


def _cut(sentence: Sentence) -> Iterator[Sentence]:
    span = sentence.span
    if span.end - span.start <= _LONGEST_SENTENCE:
        yield sentence
        return
    for start in range(span.start, span.end, _LONGEST_SENTENCE):
        yield Sentence(Span(span.article, start, min(span.end, start + _LONGEST_SENTENCE)))
