"""Resolutions: which place a mention denotes, or why none was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.places.entries import Candidate, GazetteerEntry, Match
from gazetteer.reading.mentions import Kind, Mention
from gazetteer.wording import Wording


@dataclass(frozen=True, slots=True)
class Resolution:
    """The decision on one mention."""

    mention: Mention
    entry: GazetteerEntry | None
    """The place chosen; None when refused, and then `why` says for what reason."""
    confidence: float
    """In [0, 1]: of the resolutions at 0.9, nine in ten are right."""
    candidates: Sequence[Candidate]
    """Best first; empty where the gazetteer knows nothing."""
    reason: Wording | None = None
    """Why; None where it is for what speaks for the best candidate."""

    @property
    def why(self) -> Wording:
        """What speaks for the place chosen, or why none was."""
        return self.candidates[0].why if self.reason is None else self.reason

    @property
    def spells_name(self) -> bool:
        """Whether the words are the place's name as a map has it: `BEIJING`, `N.Y.`, `Moskaus` are not."""
        surface = self.mention.surface
        if self.entry is None or self.mention.kind is not Kind.TOPONYM or surface.endswith("."):
            return False
        if surface == surface.upper():
            return False
        return not any(
            candidate.match is Match.INFLECTED and candidate.entry.id == self.entry.id
            for candidate in self.candidates
        )
