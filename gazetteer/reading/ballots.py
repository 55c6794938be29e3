"""Ballots: what was weighed in one article, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gazetteer.reading import hints, votes
from gazetteer.reading.namesakes import Namesakes
from gazetteer.reading.traits import Floats


@dataclass(slots=True)
class Ballot:
    """The places of all names of one article, with the shares they got."""

    namesakes: Namesakes
    hinted: Floats
    """What the words beside the names said; a column for each of `hints.NAMES`."""
    before: Floats
    """The shares before the last round, by which the votes of the last were counted."""
    shares: Floats
    """How likely each row is among the rows of its name."""
    counts: Floats
    _votes: Floats | None = field(default=None, repr=False)

    def ranked(self, name: int) -> list[int]:
        """Return the rows of a name, the likeliest first, and of equals the most prominent."""
        places = self.namesakes.places
        rows = self.namesakes.rows(name)
        return sorted(range(rows.start, rows.stop), key=lambda row: (-self.shares[row], places[row]))

    def counted(self, row: int) -> Mapping[str, float]:
        """Return what hints and votes a row got, by name; votes as logarithm of their number and 1."""
        if self._votes is None:
            self._votes = votes.Election(self.namesakes, self.counts).counted(self.before)
        return dict(zip(hints.NAMES, self.hinted[row].tolist(), strict=True)) | dict(
            zip(votes.KINDS, self._votes[:, row].tolist(), strict=True)
        )


class LateBallot:
    """A ballot that is held when somebody asks for it, and once."""

    __slots__ = ("_held", "_hold")

    def __init__(self, hold: Callable[[], Ballot]) -> None:
        """Take how it is held."""
        self._hold = hold
        self._held: Ballot | None = None

    def __call__(self) -> Ballot:
        """Return the ballot."""
        if self._held is None:
            self._held = self._hold()
        return self._held
