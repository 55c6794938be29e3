"""Compile the classes of words: which ones stand among the same neighbours in much text.

    pip install spacy-lookups-data
    python scripts/compile_word_classes.py [CODE ...]

Writes `word_classes.marisa.gz` for the languages named, else for German and English: a trie of words with
their path in the tree of Brown clusters, from the tables `*_lexeme_cluster.json.gz` of `spacy-lookups-data`
(MIT, © ExplosionAI). There words stand by falling frequency. Kept are words of letters alone: the commonest
`CAPITALISED` with a capital, as names and what might be taken for one, and the commonest `SMALL` without, as
their neighbours. The package has no class for rare English words.
"""

from __future__ import annotations

import gzip
import json
import sys
from importlib import resources
from itertools import islice
from pathlib import Path

import marisa_trie

from gazetteer.reading.folders import language_folders
from gazetteer.reading.word_classes import BRANCH

CAPITALISED = 300_000
SMALL = 60_000
BRANCHES = 16


def main() -> None:
    """Write one table per language."""
    for language in sys.argv[1:] or ("de", "en"):
        table = resources.files("spacy_lookups_data") / "data" / f"{language}_lexeme_cluster.json.gz"
        clusters = json.loads(gzip.decompress(table.read_bytes()))
        paths = {
            word: (path & (1 << BRANCHES) - 1,) for word, path in clusters.items() if path and word.isalpha()
        }
        capitalised = islice(((w, path) for w, path in paths.items() if w[0].isupper()), CAPITALISED)
        small = islice(((w, path) for w, path in paths.items() if w[0].islower()), SMALL)
        kept = [*capitalised, *small]
        target = Path(str(language_folders()[language])) / "word_classes.marisa.gz"
        target.write_bytes(gzip.compress(marisa_trie.RecordTrie(BRANCH, kept).tobytes(), mtime=0))
        print(f"{target}: {len(kept)} words, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
