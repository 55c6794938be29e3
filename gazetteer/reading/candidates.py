"""Candidates: spans that might name a place, and what made them so."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from operator import attrgetter
from typing import Any, Final, overload


class Form(StrEnum):
    """What made a span a candidate."""

    NAME = "name"
    """The gazetteer has it."""
    DEMONYM = "demonym"
    """An adjective or a word for inhabitants."""
    PART = "part"
    """The first part of a compound."""
    UNKNOWN = "unknown"
    """Not in the gazetteer, but shaped or placed like a place name."""

    # An enumeration's own hash is worked out in Python, several times a candidate.
    __hash__ = str.__hash__


NAME, DEMONYM, PART, UNKNOWN = Form
"""The forms for where time counts: as members of the enumeration they take ten times as long to look up."""


@dataclass(slots=True, eq=False)
class Letters:
    """All that evidence asks of a span by itself; one object for all spans alike, compared by identity.

    So what follows from it is looked up without building or comparing anything.
    """

    surface: str
    form: Form
    shape: str
    name: str
    best: int
    """The most prominent of its places, -1 where it has none."""
    rest: str
    """What a compound adds to the part that is a place; empty for all else."""
    placing: str
    """What the surface is to the word list, and how widely known its best place is: in two words."""


@dataclass(slots=True, eq=False)
class Found:
    """A span that might name a place; not frozen, as thousands are made and dropped."""

    start: int
    end: int
    form: Form
    first: int
    """Index of its first word."""
    last: int
    """Index of its last word."""
    places: tuple[int, ...]
    """Place numbers it may mean, most prominent first; empty where unknown."""
    name: str
    """The gazetteer's spelling of the name, or the surface."""
    container_end: int
    """Where the compound ends that a part begins; `end` for all else."""
    shape: str
    """How it was found, for the evidence: `exact`, `genitive`, `capitals`, `folded`, `ending` …"""
    probability: float = 0.0
    """How likely it is to name a place; told of those that are taken for one."""
    letters: Letters | None = None
    """What it is by itself, where that is known already; not packed."""


class PackedCandidates(Sequence[Found]):
    """The candidates of a long text, kept as numbers and unpacked anew each time: an eighth of the memory."""

    __slots__ = ("_blocks", "_kinds", "_loose", "_numbers")

    def __init__(self) -> None:
        """Begin with none."""
        # In blocks, as rows that grow to millions are copied again and again and leave holes behind.
        self._blocks: list[list[array[Any]]] = []
        self._loose: list[Found] = []
        """The last ones, too few for a block yet."""
        self._kinds: list[tuple[Any, ...]] = []
        """All that candidates are apart from where they stand and how likely they are: a few thousand."""
        self._numbers: dict[tuple[Any, ...], int] = {}

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._loose)

    @overload
    def __getitem__(self, at: int) -> Found: ...
    @overload
    def __getitem__(self, at: slice) -> list[Found]: ...
    def __getitem__(self, at: int | slice) -> Found | list[Found]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        block, row = divmod(range(len(self))[at], _BLOCK)
        if block == len(self._blocks):
            return self._loose[row]
        (found,) = self._unpacked([column[row : row + 1] for column in self._blocks[block]])
        return found

    def __iter__(self) -> Iterator[Found]:
        return chain(chain.from_iterable(map(self._unpacked, self._blocks)), self._loose)

    def extend(self, found: Iterable[Found]) -> None:
        """Add candidates, those alike but for where they stand kept once."""
        more = iter(found)
        while batch := list(islice(more, _BLOCK - len(self._loose))):
            self._loose += batch
            if len(self._loose) == _BLOCK:
                self._blocks.append(self._packed(self._loose))
                self._loose.clear()

    def _packed(self, block: list[Found]) -> list[array[Any]]:
        numbers, kinds = self._numbers, self._kinds
        of_block = list(map(_KIND, block))
        for kind in of_block:
            if kind not in numbers:
                numbers[kind] = len(kinds)
                kinds.append(kind)
        columns = zip(*map(_STANDS, block), strict=True)
        return list(map(array, _CODES, (*columns, map(numbers.__getitem__, of_block))))

    def _unpacked(self, block: list[array[Any]]) -> Iterator[Found]:
        start, end, first, last, container_end, probability, numbers = block
        form, places, name, shape = zip(*map(self._kinds.__getitem__, numbers), strict=True)
        return map(Found, start, end, form, first, last, places, name, container_end, shape, probability)


_BLOCK: Final = 1_024
_KIND: Final = attrgetter("form", "places", "name", "shape")
_STANDS: Final = attrgetter("start", "end", "first", "last", "container_end", "probability")
_CODES: Final = "IIIIIdI"
"""How those, and the number of the rest, are packed."""
