"""Make up local news: own sentences, with the towns of one neighbourhood from the gazetteer.

    python scripts/make_local_news.py en 300 OUT.jsonl

What people annotate is mostly world news; small towns, counties, datelines and persons named like
towns are learned from these. Sentences and slots: `scripts/local_news/*.txt`.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.places.index import Gazetteer
from gazetteer.reading.lexicon import Lexicon

TEMPLATES = Path(__file__).parent / "local_news"
COUNTRIES = {
    "en": ("US", "US", "US", "US", "GB", "GB", "CA", "AU", "IE", "NZ", "ZA"),
    "de": ("DE", "DE", "DE", "DE", "AT", "CH"),
}
_SLOT = re.compile(r"\{(\w+)\}")
_MARK = re.compile(r"\[([^\]|]+)(?:\|(\w))?\]")
_KINDS = {"p": "part", "d": "derived", None: "literal"}
_PERSONS_LIKE_TOWNS = 0.4
_ROADS = {"n": 99, "n2": 500, "n3": 900}
"""The highest number of a road, by slot."""


class Newsroom:
    """Makes documents of one language."""

    def __init__(self, language: str, gazetteer: Gazetteer, seed: int = 7) -> None:
        self.language = language
        self.gazetteer = gazetteer
        self.lexicon = Lexicon.of(language)
        self.random = random.Random(seed)  # noqa: S311 - made-up news is no secret
        self.positions: dict[str, tuple[float, float] | None] = {}
        entries = [gazetteer.entry_at(place) for place in range(len(gazetteer))]
        towns = [e for e in entries if e.feature is Feature.CITY and e.country in COUNTRIES[language]]
        self.seats: dict[str, list[GazetteerEntry]] = {}
        for town in towns:
            if 2_000 < town.population < 80_000:
                self.seats.setdefault(town.country or "", []).append(town)
        self.states = {
            (e.country, e.admin1): e for e in entries if e.feature_code == "ADM1" and e.country and e.admin1
        }
        self.big = [e for e in entries[:6000] if e.feature is Feature.CITY and e.population > 700_000]
        self.countries = [e for e in entries if e.feature is Feature.COUNTRY and e.population > 1_000_000]
        self.surnames = sorted(self.lexicon.surnames)
        self.given = sorted(self.lexicon.given_names)
        self.like_towns = [s for s in self.surnames if gazetteer.name_number(s) >= 0]
        self.demonyms = sorted(
            form
            for form, demonym in self.lexicon.demonyms.items()
            if demonym.adjective
            and demonym.places[0].startswith("iso:")
            and (language == "en" or form.endswith("ische"))
        )
        abroad = self.lexicon.foreign_demonyms or self.lexicon.demonyms
        self.english = sorted(form for form, demonym in abroad.items() if demonym.adjective)
        listed = (TEMPLATES / f"{language}.txt").read_text(encoding="utf-8").split("## ")[1:]
        self.openings, self.bodies = (
            [line.replace("\\n", "\n") for line in part.splitlines()[1:] if line] for part in listed
        )

    def document(self, number: int) -> dict:
        """Return one made-up article with its annotation."""
        slots = self._slots()
        length = self.random.randint(4, 9)
        sentences = [self.random.choice(self.openings), *self.random.sample(self.bodies, length)]
        text, mentions = "", []
        for at, sentence in enumerate(sentences):
            persons = self._persons()
            filled = _SLOT.sub(
                lambda m, persons=persons: persons.get(m[1]) or slots.get(m[1]) or self._loose(m[1]), sentence
            )
            if "None" in filled:
                continue
            if at:
                text += "\n\n" if at == 1 or self.random.random() < 0.3 else " "
            end = 0
            for mark in _MARK.finditer(filled):
                text += filled[end : mark.start()]
                end = mark.end()
                where = self.positions.get(mark[1])
                mentions.append(
                    {
                        "start": len(text),
                        "end": len(text) + len(mark[1]),
                        "surface": mark[1],
                        "kind": _KINDS[mark[2]],
                        **({"lat": where[0], "lon": where[1]} if where else {}),
                    }
                )
                text += mark[1]
            text += filled[end:]
        return {
            "id": f"{self.language}-{number}",
            "lang": self.language,
            "text": text,
            "mentions": mentions,
            "complete": True,
        }

    def _slots(self) -> dict[str, str]:
        seat = self.random.choice(self.seats[self.random.choice(COUNTRIES[self.language])])
        near = [
            e
            for e in self.gazetteer.nearest(seat.position, limit=60, within_km=70.0)
            if e.feature is Feature.CITY and e.feature_code != "PPLX" and e.country == seat.country
        ]
        names = list(
            dict.fromkeys(self._name(e) for e in near if 2 < len(e.name) < 24 and e.name[0].isupper())
        )
        self.random.shuffle(names)
        names = [*names, *(self._name(self.random.choice(self.seats[seat.country or ""])) for _ in range(5))]
        counties = [
            e.name
            for e in self.gazetteer.nearest(seat.position, limit=200, within_km=70.0)
            if e.feature_code == "ADM2" and e.name.endswith("County")
        ]
        state = self.states.get((seat.country, seat.admin1))
        near.sort(key=lambda e: -e.population)
        slots = {f"town{i if i > 1 else ''}": name for i, name in enumerate(names[:4], 1)}
        slots |= {"city": self._name(near[0]) if near else names[4], "quarter": names[4]}
        slots["county"] = counties[0] if counties else f"{names[0]} County"
        slots["county2"] = counties[1] if len(counties) > 1 else f"{names[1]} County"
        slots["state"] = state.label(self.language) if state else seat.country or ""
        slots["st"] = self._abbreviation(state) if state else slots["state"]
        other = self.random.choice([s for (c, _), s in self.states.items() if c == seat.country] or [state])
        slots["state2"] = other.label(self.language) if other else names[3]
        slots["TOWN"] = slots["town"].upper()
        self.positions = {self._name(e): e.position.latlon() for e in reversed(near)}
        self.positions[slots["TOWN"]] = self.positions.get(slots["town"])
        slots["Adjective"] = slots["town"].removesuffix("e") + "er"
        for key in ("big", "big2"):
            slots[key] = self.random.choice(self.big).label(self.language)
        slots["BIG"] = slots["big"].upper()
        for key in ("country", "country2"):
            slots[key] = self.random.choice(self.countries).label(self.language)
        slots |= {key: str(self.random.randint(1, most)) for key, most in _ROADS.items()}
        slots["English"] = self.random.choice(self.english).title()
        for key in ("people", "people2"):
            form = self.random.choice(self.demonyms)
            slots[key] = form if self.language == "de" else form.title()
            slots[key.title()] = form.title()
        return slots

    def _name(self, entry: GazetteerEntry) -> str:
        return entry.label(self.language)

    def _abbreviation(self, state: GazetteerEntry) -> str:
        names = [n for n in self.gazetteer.names_of(state.id) if n.endswith(".") and 3 <= len(n) <= 6]
        return self.random.choice(names) if names else state.label(self.language)

    def _persons(self) -> dict[str, str]:
        persons = {}
        for key in ("last", "last2"):
            like_town = self.random.random() < _PERSONS_LIKE_TOWNS
            persons[key] = self.random.choice(self.like_towns if like_town else self.surnames)
        for key in ("given", "given2"):
            persons[key] = self.random.choice(self.given)
        return persons

    def _loose(self, slot: str) -> str:
        raise ValueError(f"no slot is called {slot}")


def main() -> None:
    """Write documents."""
    language, count, target = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    newsroom = Newsroom(language, Gazetteer.open())
    lines = (json.dumps(newsroom.document(i), ensure_ascii=False) for i in range(count))
    target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
