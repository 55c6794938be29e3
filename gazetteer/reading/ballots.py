"""Ballots: what was weighed in one article, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

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

    def counted(self, row: int) -> Mapping[str, float]:
        """Return what hints and votes a row got, by name; votes as logarithm of their number and 1."""
        if self._votes is None:
            rows = np.arange(len(self.namesakes.places))
            counted = votes.counted(self.namesakes, self.before, self.counts, rows)
            self._votes = counted.reshape(len(rows), -1, len(votes.KINDS)).sum(axis=1)
        return dict(zip(hints.NAMES, self.hinted[row].tolist(), strict=True)) | dict(
            zip(votes.KINDS, self._votes[row].tolist(), strict=True)
        )
