"""Word classes: which words stand among the same neighbours in much text, learned without annotation.

A class is a path in a tree of merged words (Brown clusters: Brown et al. 1992, https://aclanthology.org/J92-4003;
used to find names since Miller et al. 2004, https://aclanthology.org/N04-1043). `Gifhorn` and `Peine` share a
path that few ordinary words have, and surnames share another; the shorter a beginning of the path, the wider
the class. So a word that no annotated text contains is still like words that some do.
"""

from __future__ import annotations

import gzip
import struct
from functools import cache
from itertools import islice
from typing import Final

import marisa_trie

from gazetteer.reading.tables import is_ours, packaged

BRANCH: Final = "<H"
"""How a path is stored: sixteen branches, the first of them the lowest bit."""
WIDE: Final = (6, 10)
"""Branches from the root that make a wide class, and a narrower one."""
ALL: Final = (6, 10, 16)


class WordClasses:
    """The classes of a language's words; of a language without the table, no word has one."""

    def __init__(self, paths: marisa_trie.RecordTrie | None) -> None:
        """Take the path of each word, spelled as in a text."""
        self._paths = paths

    @staticmethod
    def of(language: str) -> WordClasses:
        """Return the classes of a language.

        Raises:
            DataFileError: If the packaged table is damaged.
        """
        return _load(language)

    def of_word(self, word: str, depths: tuple[int, ...] = ALL) -> tuple[str, ...]:
        """Return the classes of a word, one for each depth; `("class none",)` for one not in the table.

        >>> WordClasses.of("de").of_word("Gifhorn", (6,)) == WordClasses.of("de").of_word("Peine", (6,))
        True
        """
        if self._paths is None:
            return ()
        path = self._paths.get(word)
        if path is None:
            return ("class none",)
        return tuple(f"class{depth} {path[0][0] & ((1 << depth) - 1):x}" for depth in depths)


@cache
def _load(language: str) -> WordClasses:
    with packaged(language, "word_classes.marisa.gz") as file:
        if not file.is_file():
            return WordClasses(None)
        stored = gzip.decompress(file.read_bytes())
        try:
            paths = marisa_trie.RecordTrie(BRANCH).frombytes(stored)
            # A table from elsewhere is looked through: one path of another form would stop a reading.
            looked_at = islice(paths.iteritems(), 1 if is_ours(file) else None)
            if not sum(1 for _ in looked_at):
                raise ValueError("it is empty")
        except (RuntimeError, struct.error) as error:  # the bytes are no trie, or one of other records
            raise ValueError(str(error)) from error
        return WordClasses(paths)
