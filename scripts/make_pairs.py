"""Make up short news: two or three large towns that have lesser namesakes, and nothing else.

    python scripts/make_pairs.py en 250 OUT.jsonl

In a long article, small towns that lie together speak for each other; in a text of two names that is mostly
chance, and the large ones are meant. Sentences: `scripts/local_news/pairs_*.txt`.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path

import numpy as np

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.places.index import Gazetteer

TEMPLATES = Path(__file__).parent / "local_news"
LARGE = 120_000
"""Inhabitants."""
FEWEST = 3
"""Large towns with namesakes that a country must have."""
ABROAD = 0.3
"""Share of the texts whose second town lies in any country."""
_SLOT = re.compile(r"\{(\w)\}")

Town = tuple[str, GazetteerEntry]


def main() -> None:
    """Write the documents."""
    language, number, target = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    dice = random.Random(11)  # noqa: S311 - made-up news is no secret
    towns = {
        country: known
        for country, known in towns_of(Gazetteer.open(), language).items()
        if len(known) >= FEWEST
    }
    countries = sorted(towns)
    weights = [len(towns[country]) ** 0.5 for country in countries]
    sentences = (TEMPLATES / f"pairs_{language}.txt").read_text(encoding="utf-8").splitlines()
    with target.open("w", encoding="utf-8") as out:
        for at in range(number):
            three = dice.sample(towns[dice.choices(countries, weights)[0]], 3)
            if dice.random() < ABROAD:
                three[1] = dice.choice(towns[dice.choice(countries)])
            if len({name for name, _town in three}) == len(three):
                made = document(dice.choice(sentences), dict(zip("abc", three, strict=True)))
                row = {"id": f"{language}-pair-{at}", "lang": language, **made}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


def towns_of(gazetteer: Gazetteer, language: str) -> dict[str, list[Town]]:
    """Return by country the large towns that are the best known of several of their name."""
    features = [feature is Feature.CITY for feature in gazetteer.features()]
    feature = gazetteer.column("place_feature")
    towns: dict[str, list[Town]] = {}
    for place in np.flatnonzero(gazetteer.column("place_population") > LARGE).tolist():
        entry = gazetteer.entry_at(place)
        name = (entry.name_de if language == "de" else entry.name_en) or entry.name
        number = gazetteer.name_number(name)
        if not features[feature[place]] or number < 0:
            continue
        places = gazetteer.places_of(number).tolist()
        if places[0] == place and sum(features[feature[other]] for other in places) > 1:
            towns.setdefault(entry.country or "", []).append((name, entry))
    return towns


def document(sentence: str, towns: dict[str, Town]) -> dict:
    """Return a sentence with the towns filled in, and where they stand."""
    text, mentions, end = "", [], 0
    for slot in _SLOT.finditer(sentence):
        name, town = towns[slot[1]]
        text += sentence[end : slot.start()]
        mentions.append(
            {
                "start": len(text),
                "end": len(text) + len(name),
                "surface": name,
                "kind": "literal",
                "lat": town.position.lat,
                "lon": town.position.lon,
            }
        )
        text += name
        end = slot.end()
    return {"text": text + sentence[end:], "mentions": mentions}


if __name__ == "__main__":
    main()
