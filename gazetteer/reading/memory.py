"""Memory: what has been worked out about a word, so that no word is thought about twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

T = TypeVar("T")

MAX_WORDS: Final = 100_000
"""Words remembered before all are forgotten; a long novel has fewer."""
LONGEST_WORD: Final = 60
"""Letters; what is longer is no name and no unit, and is not remembered."""


class Memory(dict[str, T], Generic[T]):
    """A table by word that works out what it lacks.

    A look-up of what is known already runs in C, also for a whole text: `map(memory.__getitem__, words)`.
    """

    def __init__(self, work_out: Callable[[str], T], *, limit: int = MAX_WORDS) -> None:
        """Take what is asked about a word not met before, and how many words to remember."""
        super().__init__()
        self._work_out = work_out
        self._limit = limit

    def __missing__(self, word: str) -> T:
        value = self._work_out(word)
        if len(word) <= LONGEST_WORD:
            if len(self) >= self._limit:
                self.clear()
            self[word] = value
        return value
