"""Mentions: each occurrence of a place name, demonym or place part in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gazetteer.reading.articles import Span


class Kind(StrEnum):
    """What the words are."""

    TOPONYM = "toponym"
    DEMONYM = "demonym"
    """Adjectives and inhabitants: `nordkoreanische`, `Moskauer`, `die Deutschen`."""
    PART = "part"
    """A place inside a compound or an organisation's name: `US-Beamte`, `New York Times`."""
    ANAPHOR = "anaphor"
    """A phrase that stands for a place named elsewhere: `Diese Stadt`, `dort`."""


class Reading(StrEnum):
    """What the words do in their sentence."""

    PLACE = "place"
    ACTOR = "actor"
    """A country or capital that acts: its government."""
    ATTRIBUTIVE = "attributive"


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence."""

    span: Span
    surface: str
    kind: Kind
    reading: Reading
    container: Span | None = None
    """The whole compound that a part belongs to: `US-Beamte`, `Kremlchef`."""

    @property
    def id(self) -> str:
        """Unique within the analysis: `<article>:m<start>`."""
        return f"{self.span.article}:m{self.span.start}"
