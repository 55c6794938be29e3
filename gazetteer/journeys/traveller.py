"""Where a text names somebody who may travel: a person, a party or a vehicle."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TravellerMention:
    """One place in a text where somebody who may travel is named."""

    start: int
    end: int
    name: str
    """The full name, the same in all articles."""
    vehicle: str | None = None
    """Means of travel where the words are a vehicle's."""
    person: bool = True
    other: bool = False
    """A vehicle beside the one that the article is about: `ein zweiter Zug`."""
    nameless: bool = False
    """Called by a common noun or an office only, so that another article may mean somebody else."""


def start_of(mention: TravellerMention) -> int:
    """Return where a mention begins, to find it by halving."""
    return mention.start
