"""Compile how much the last letters of a word sound like a place, from our own gazetteer.

    python scripts/compile_name_endings.py [CODE ...]

Counts the endings of one-word place names (the compiled gazetteer) against those of person names and
ordinary words (`person_names.tsv.gz`, `words.tsv.gz`), and writes `name_endings.tsv.gz` for the languages
named, else for all that are read, those in LUFTLINIE_LANGUAGES among them:
an ending of one to five letters, and its log odds for a place in halves, from -9 to 9. An ending stands
there only if it says something else than the shorter one.
"""

from __future__ import annotations

import gzip
import math
import sys
from collections import Counter
from pathlib import Path

from gazetteer.places.index import Gazetteer
from gazetteer.places.names import is_latin
from gazetteer.reading.folders import language_folders
from gazetteer.reading.lexicon import Lexicon

MAX_LETTERS = 5
MIN_COUNT = 12
MIN_DIFFERENCE = 1


def main(gazetteer: Gazetteer) -> None:
    """Write one table per language."""
    places: set[str] = set()
    for place in range(len(gazetteer)):
        entry = gazetteer.entry_at(place)
        for name in {entry.name, entry.name_de, entry.name_en}:
            if name and name.isalpha() and is_latin(name) and len(name) > 2 and name[0].isupper():
                places.add(name)
    for language in sys.argv[1:] or language_folders():
        lexicon = Lexicon.of(language)
        ordinary = {w for w in lexicon.words if len(w) > 3 and lexicon.name_share(w) < 6}
        persons = {n for n in lexicon.surnames | lexicon.given_names if n not in places}
        ours, others = endings(places), endings(ordinary | persons)
        scale = math.log(sum(map(len, (ordinary, persons))) / len(places))
        table: dict[str, int] = {}
        for ending in sorted(ours.keys() | others.keys(), key=len):
            if ours[ending] + others[ending] < MIN_COUNT:
                continue
            odds = math.log((ours[ending] + 0.5) / (others[ending] + 0.5)) + scale
            value = max(-9, min(9, round(2 * odds)))
            parent = next((table[ending[k:]] for k in range(1, len(ending)) if ending[k:] in table), None)
            if parent is None or abs(parent - value) >= MIN_DIFFERENCE:
                table[ending] = value
        rows = "".join(f"{ending}\t{value}\n" for ending, value in sorted(table.items()))
        target = Path(str(language_folders()[language])) / "name_endings.tsv.gz"
        target.write_bytes(gzip.compress(rows.encode(), compresslevel=9, mtime=0))
        print(target, len(table), target.stat().st_size)


def endings(words: set[str]) -> Counter[str]:
    """Count the endings of words, lower case; the whole word is one where it is short."""
    counts: Counter[str] = Counter()
    for word in words:
        lower = f"^{word.lower()}"
        for length in range(1, MAX_LETTERS + 1):
            if length <= len(lower):
                counts[lower[-length:]] += 1
    return counts


if __name__ == "__main__":
    main(Gazetteer.open())
