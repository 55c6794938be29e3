"""Shortlists: the places a name may mean, best first, each with the reasons for it.

Most are never looked at, so candidates and reasons are made when somebody asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, overload

from gazetteer.places.entries import Candidate, GazetteerEntry, Match
from gazetteer.places.index import Gazetteer
from gazetteer.places.rows import NameUse
from gazetteer.reading.ballots import Ballot, LateBallot
from gazetteer.wording import Wording

MAX_CANDIDATES: Final = 8
"""Places listed for one name."""
_FIRM: Final = NameUse.MAIN | NameUse.GERMAN | NameUse.ENGLISH | NameUse.CURATED
_NAMED_SO: Final = Wording("heißt so", "is its usual name")
_SAID: Final = {
    "area behind": Wording("das Gebiet steht gleich dahinter", "the area it lies in stands right behind it"),
    "area before": Wording("das Gebiet steht gleich davor", "the area it lies in stands right before it"),
    "fits word": Wording("passt zur genannten Art von Ort", "fits the kind of place named"),
    "country named": Wording("sein Land wird im Artikel genannt", "its country is named in the article"),
    "region named": Wording("seine Region wird im Artikel genannt", "its region is named in the article"),
    "in country": Wording(
        "andere Orte desselben Landes werden genannt", "other places of the same country are named"
    ),
    "within 100 km": Wording("liegt nahe anderen genannten Orten", "lies near other places named"),
}
"""What readers are told where a hint or vote counts for at least `_WORTH_TELLING`."""
_WORTH_TELLING: Final = 0.4


class Shortlist(Sequence[Candidate]):
    """The best places of one name of an article; made into candidates when asked for."""

    __slots__ = ("_ballot", "_gazetteer", "_made", "_match", "_name", "_ranks")

    def __init__(
        self, ballot: LateBallot, name: int, ranks: range, gazetteer: Gazetteer, match: Match
    ) -> None:
        """Take the article's ballot, the number of the name on it, and which ranks are listed, from 0."""
        self._ballot = ballot
        self._name = name
        self._ranks = ranks
        self._gazetteer = gazetteer
        self._match = match
        self._made: tuple[Candidate, ...] | None = None

    def __len__(self) -> int:
        return len(self._ranks)

    @overload
    def __getitem__(self, at: int) -> Candidate: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Candidate]: ...
    def __getitem__(self, at: int | slice) -> Candidate | Sequence[Candidate]:
        if self._made is None and isinstance(at, slice):
            return Shortlist(self._ballot, self._name, self._ranks[at], self._gazetteer, self._match)
        return self._candidates()[at]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Shortlist | tuple):
            return self._candidates() == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._candidates())

    def __repr__(self) -> str:
        return repr(self._candidates())

    def __reduce__(self) -> tuple[Any, ...]:
        # What it is made of is mapped into memory and stays in this process.
        return tuple, (self._candidates(),)

    def _candidates(self) -> tuple[Candidate, ...]:
        if self._made is None:
            ballot = self._ballot()
            rows = ballot.ranked(self._name)
            self._made = tuple(self._candidate(ballot, rows[rank]) for rank in self._ranks)
        return self._made

    def _candidate(self, ballot: Ballot, row: int) -> Candidate:
        entry = self._gazetteer.entry_at(int(ballot.namesakes.places[row]))
        return Candidate(entry, float(ballot.shares[row]), self._match, _why(ballot, entry, row))


def _why(ballot: Ballot, entry: GazetteerEntry, row: int) -> Wording:
    people = entry.population
    reasons = [
        Wording(
            f"{people:,} Einwohner".replace(",", ".") if people else "Einwohnerzahl unbekannt",
            f"population {people:,}" if people else "population unknown",
        )
    ]
    if int(ballot.namesakes.uses[row]) & _FIRM:
        reasons.append(_NAMED_SO)
    counted = ballot.counted(row)
    reasons += [words for name, words in _SAID.items() if counted[name] >= _WORTH_TELLING]
    return Wording("; ".join(r.de for r in reasons), "; ".join(r.en for r in reasons))
