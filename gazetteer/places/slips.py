"""Slips of the keyboard: the folded names that differ from a word by one or two letters."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

_FEWEST_LETTERS: Final = 4
"""A slip in a shorter word makes too many names of it."""
_LETTERS_FOR_TWO: Final = 8
"""From here on two slips are forgiven."""


class Slips:
    """Compares a word with the names of its first letter and about its length, mapped into memory."""

    def __init__(self, folder: Path) -> None:
        """Take a compiled gazetteer's folder; nothing is read before it is asked for."""
        self._folder: Final = folder

    def near(self, key: str, *, limit: int) -> tuple[tuple[str, int], ...]:
        """Return other folded names with the number of slips that lead to them, best first.

        Names of the same first letter only: few slips fall there, and it spares nearly all the work.
        """
        if len(key) < _FEWEST_LETTERS:
            return ()
        slips = 1 if len(key) < _LETTERS_FOR_TWO else 2
        choices = [
            name
            for size in range(len(key) - slips, len(key) + slips + 1)
            for name in self._block(key[0], size)
        ]
        close = process.extract(key, choices, scorer=OSA.distance, score_cutoff=slips, limit=limit)
        return tuple((name, int(distance)) for name, distance, _ in close if distance)

    @cached_property
    def _blocks(self) -> dict[str, list[int]]:
        where: dict[str, list[int]] = json.loads((self._folder / "blocks.json").read_text(encoding="utf-8"))
        return where

    @cached_property
    def _block_text(self) -> npt.NDArray[np.uint8]:
        return np.memmap(self._folder / "blocks.txt", dtype="u1", mode="r")

    def _block(self, first_letter: str, length: int) -> Iterable[str]:
        if (where := self._blocks.get(f"{first_letter}{length}")) is None:
            return ()
        return self._block_text[where[0] : where[1]].tobytes().decode().split("\n")
