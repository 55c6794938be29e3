"""Make up news: own sentences, with the towns of one neighbourhood or country from the gazetteer.

    python scripts/make_local_news.py en 300 OUT.jsonl [even|odd]

What people annotate is mostly world news; how neighbours speak for the lesser of two namesakes is learned
from these. Sentences and slots: `scripts/local_news/*.txt`. With `even` or `odd`, every
second sentence is used, so that what is learned from one half can be tried on the other.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.places.index import Gazetteer
from gazetteer.reading.lexicon import Lexicon

TEMPLATES = Path(__file__).parent / "local_news"
COUNTRIES = {
    "en": (*("US",) * 8, "GB", "GB", "CA", "AU", "IE", "NZ", "ZA"),
    "de": ("DE", "DE", "DE", "DE", "AT", "CH"),
}
_SLOT = re.compile(r"\{(\w+)\}")
_MARK = re.compile(r"\[([^\]|]+)(?:\|(\w))?\]")
_KINDS = {"p": "part", "d": "derived", "x": "ignored", None: "literal"}
_TITLED = 0.4
_CAPITALS = 0.1
"""Shares of headlines in title case and in capitals."""
_SMALL_IN_TITLES = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "off", "on", "or", "to", "with"}
)
_COMMON_GIVEN = 0.75
_KNOWN_COUNTRY = 0.6
_NATURAL = {
    "river": ("River",),
    "creek": ("Creek", "Brook"),
    "lake": ("Lake", "Reservoir"),
    "mountain": ("Mountain", "Ridge", "Peak", "Hill"),
    "island": ("Island", "Islands"),
    "street": ("Street", "Avenue", "Road", "Lane", "Drive"),
    "street2": ("Street", "Avenue", "Road", "Boulevard"),
    "park": ("Park", "Square", "Stadium"),
}
"""What closes made-up names of waters, hills and streets, by slot; English."""
_PERSONS_LIKE_TOWNS = 0.4
_PERSONS_LIKE_FAMOUS = 0.15
"""Share of the persons named like a place that many have heard of: `Austin`, `Jordan`, `Florence`."""
_FAMOUS = 0.5
"""Prominence."""
_ABROAD_AT_LEAST = 8_000
"""Inhabitants of the towns in world news."""
_AT_HOME = 0.7
"""Share of the articles from countries where the language is spoken."""
_SAME_NAME_TWICE = 0.2
"""Share of the articles in which a town of another place's name is told from it by its state."""
_ELSEWHERE = "@"
"""Marks a name that means another place than in the rest of the article."""
_ROADS = {"n": 99, "n2": 500, "n3": 900}
"""The highest number of a road, by slot."""


class Newsroom:
    """Makes documents of one language."""

    def __init__(self, language: str, gazetteer: Gazetteer, step: slice = slice(None), seed: int = 7) -> None:
        self.language = language
        self.gazetteer = gazetteer
        self.lexicon = Lexicon.of(language)
        self.random = random.Random(seed)  # noqa: S311 - made-up news is no secret
        self.positions: dict[str, tuple[float, float] | None] = {}
        entries = [gazetteer.entry_at(place) for place in range(len(gazetteer))]
        towns = [e for e in entries if e.feature is Feature.CITY]
        self.seats: dict[str, list[GazetteerEntry]] = {}
        for town in towns:
            most = 80_000 if town.country in COUNTRIES[language] else 2_000_000
            if 2_000 < town.population < most:
                self.seats.setdefault(town.country or "", []).append(town)
        self.states = {
            (e.country, e.admin1): e for e in entries if e.feature_code == "ADM1" and e.country and e.admin1
        }
        self.abroad = sorted(c for c, seats in self.seats.items() if len(seats) > 40)
        self.big = [
            e
            for e in entries[:6000]
            if e.feature is Feature.CITY and (e.population > 700_000 or e.feature_code == "PPLC")
        ]
        self.countries = [e for e in entries if e.feature is Feature.COUNTRY and e.population > 1_000_000]
        self.capital = {e.country: e for e in entries if e.feature_code == "PPLC"}
        self.metro = {
            e.country: e for e in reversed(entries) if e.feature is Feature.CITY and e.feature_code != "PPLC"
        }
        known = [e for e in entries[:3000] if e.feature is Feature.COUNTRY or e in self.big]
        self.famous = [e for e in known if self._namesakes(e) > 2]
        self.land = {e.country: e for e in self.countries}
        self.elsewhere: dict[str, tuple[float, float]] = {}
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
        parts = (TEMPLATES / f"{language}.txt").read_text(encoding="utf-8").split("\n## ")[1:]
        self.sentences = {
            part.partition("\n")[0]: [
                line.replace("\\n", "\n") for line in part.splitlines()[1:][step] if line
            ]
            for part in parts
        }
        self.genres = [title.removesuffix("opening") for title in self.sentences if "opening" in title]
        self.towns_of: dict[str, list[GazetteerEntry]] = {}
        for entry in entries:
            if entry.feature is Feature.CITY and entry.population > _ABROAD_AT_LEAST:
                self.towns_of.setdefault(entry.country or "", []).append(entry)
        self.regions: dict[str, list[GazetteerEntry]] = {}
        for (country, _), region in self.states.items():
            self.regions.setdefault(country or "", []).append(region)
        self.of_country: dict[str, dict[bool, list[str]]] = {}
        for form, demonym in self.lexicon.demonyms.items():
            country = demonym.places[0].removeprefix("iso:")
            self.of_country.setdefault(country, {}).setdefault(demonym.adjective, []).append(form)
        self.like_words = sorted(
            word.title()
            for word in self.lexicon.words
            if 3 <= self.lexicon.frequency(word) <= 5
            and self.lexicon.name_share(word) < 4
            and len(word) > 3
            and gazetteer.name_number(word.title()) >= 0
        )
        self.known_given = [name for name in self.given if self.lexicon.frequency(name.lower()) >= 3]
        self.famous_surnames = [name for name in self.surnames if self._is_famous(name)]
        self.famous_given = [name for name in self.known_given if self._is_famous(name)]
        self.teams = sorted(self.lexicon.cue("organisations", "teams"))

    def document(self, number: int) -> dict:
        """Return one made-up article with its annotation."""
        genre = self.random.choice(self.genres)
        slots = self._slots()
        length = self.random.randint(4, 9)
        opening = self.random.choice(self.sentences[f"{genre}opening"])
        sentences = [opening, *self.random.sample(self.sentences[f"{genre}body"], length)]
        text, mentions, ignored = "", [], []
        for at, sentence in enumerate(sentences):
            persons = self._persons()
            filled = _SLOT.sub(
                lambda m, persons=persons: persons.get(m[1]) or slots.get(m[1]) or self._loose(m[1]), sentence
            )
            if "None" in filled:
                continue
            if text:
                text += "\n\n" if at == 1 or self.random.random() < 0.3 else " "
            end = 0
            for mark in _MARK.finditer(filled):
                text += filled[end : mark.start()]
                end = mark.end()
                name = mark[1].removesuffix(_ELSEWHERE)
                where = self.elsewhere[name] if name != mark[1] else self.positions.get(name)
                mention = {
                    "start": len(text),
                    "end": len(text) + len(name),
                    "surface": name,
                    "kind": _KINDS[mark[2]],
                    **({"lat": where[0], "lon": where[1]} if where else {}),
                }
                (ignored if mark[2] == "x" else mentions).append(mention)
                text += name
            text += filled[end:]
            if not at:
                text = self._headed(text)
        return {
            "id": f"{self.language}-{number}",
            "lang": self.language,
            "text": text,
            "mentions": mentions,
            "ignore": ignored,
            "complete": True,
        }

    def _headed(self, text: str) -> str:
        """Return an opening, its headline sometimes in title case or capitals; no letter moves."""
        headline, gap, rest = text.partition("\n\n")
        dice = self.random.random()
        if self.language != "en" or headline.startswith("By "):
            return text
        if gap and dice < _TITLED:
            words = re.split(r"(\s)", headline)
            headline = "".join(w if w in _SMALL_IN_TITLES else w[:1].upper() + w[1:] for w in words)
        elif gap and dice < _TITLED + _CAPITALS and len(headline.upper()) == len(headline):
            headline = headline.upper()
        return headline + gap + rest

    def _abroad(self) -> dict[str, str]:
        """Return the slots of world news: one country's towns, regions and people."""
        known = self.random.random() < _KNOWN_COUNTRY
        country = self.random.choice(self.countries[:60] if known else self.countries)
        code = country.country or ""
        towns = [self._name(e) for e in self.random.choices(self.towns_of.get(code, self.big), k=3)]
        regions = [self._name(e) for e in self.random.choices(self.regions.get(code, [country]), k=2)]
        forms = self.of_country.get(code, {})
        slots = {f"wtown{i if i > 1 else ''}": name for i, name in enumerate(towns, 1)}
        slots |= {"wregion": regions[0], "wregion2": regions[1], "wcountry": self._name(country)}
        capital = self.capital.get(code)
        slots["wcapital"] = self._name(capital) if capital else towns[0]
        for key, adjective in (("people", True), ("folk", False)):
            of_kind = forms.get(adjective)
            form = self.random.choice(of_kind).title() if of_kind else "None"
            slots[f"w{key}"] = slots[f"W{key}"] = form
        for key in ("wtown", "wcountry", "wcapital"):
            slots[key.upper()] = slots[key].upper()
        return slots

    def _made_up(self) -> dict[str, str]:
        """Return the slots for names of waters, hills and streets, teams, and words that are also towns."""
        slots = {}
        for key, closings in _NATURAL.items():
            first = self.random.choice(self.like_words if self.random.random() < 0.4 else self.surnames)
            slots[key] = f"{first} {self.random.choice(closings)}"
        if self.random.random() < 0.4:
            slots["lake"] = f"Lake {self.random.choice(self.surnames)}"
        if self.random.random() < 0.4:
            slots["mountain"] = f"Mount {self.random.choice(self.surnames)}"
        slots["saint"] = f"St. {self.random.choice(self.known_given)}'s"
        for key in ("likeword", "likeword2"):
            slots[key] = self.random.choice(self.like_words)
        for key in ("team", "team2"):
            slots[key] = self.random.choice(self.teams).title()
        return slots

    def _slots(self) -> dict[str, str]:
        at_home = self.random.random() < _AT_HOME
        country = self.random.choice(COUNTRIES[self.language] if at_home else self.abroad)
        seats = self.random.choices(self.seats[country], k=self.random.choice((1, 1, 3, 8)))
        seat = max(seats, key=self._namesakes)
        near = [
            e
            for e in self.gazetteer.nearest(seat.position, limit=60, within_km=70.0)
            if e.feature is Feature.CITY and e.feature_code != "PPLX" and e.country == seat.country
        ]
        names = list(
            dict.fromkeys(self._name(e) for e in near if 2 < len(e.name) < 24 and e.name[0].isupper())
        )
        self.random.shuffle(names)
        if len(seats) > 1:
            names = [self._name(seat), *sorted(names, key=self._shared_by, reverse=True)[:8]]
            self.random.shuffle(names)
        names = [*names, *(self._name(self.random.choice(self.seats[seat.country or ""])) for _ in range(5))]
        around = self.gazetteer.nearest(seat.position, limit=200, within_km=70.0)
        state = self.states.get((seat.country, seat.admin1))
        near.sort(key=lambda e: -e.population)
        slots = {f"town{i if i > 1 else ''}": name for i, name in enumerate(names[:4], 1)}
        slots |= {"city": self._name(near[0]) if near else names[4], "quarter": names[4]}
        slots |= self._counties(seat, around)
        slots["state"] = state.label(self.language) if state else seat.country or ""
        slots["st"] = self._abbreviation(state) if state else slots["state"]
        other = self.random.choice([s for (c, _), s in self.states.items() if c == seat.country] or [state])
        slots["state2"] = other.label(self.language) if other else names[3]
        slots["TOWN"] = slots["town"].upper()
        self.positions = {e.name: e.position.latlon() for e in reversed(around) if e.feature_code == "ADM2"}
        self.positions |= {self._name(e): e.position.latlon() for e in reversed(near)}
        for key, place in (("state", state), ("st", state), ("state2", other)):
            if place is not None and not self._shares_name_with_town(place):
                self.positions[slots[key]] = place.position.latlon()
        self.positions[slots["TOWN"]] = self.positions.get(slots["town"])
        if self.language == "de":
            self.positions[f"Landkreis {slots['town']}"] = self.positions.get(slots["town"])
        slots["Adjective"] = slots["town"].removesuffix("e") + "er"
        for key, places in (
            ("country", self.countries),
            ("country2", self.countries),
            ("big", self.big),
            ("big2", self.big),
        ):
            place = self.random.choice(places)
            if key == "country" and not at_home:
                place = self.land.get(country, place)
            slots[key] = self._name(place)
            self.positions[slots[key]] = place.position.latlon()
        slots |= self._far_place()
        for key, hubs in (("capital", self.capital), ("metro", self.metro)):
            hub = hubs.get(country, self.big[0])
            slots[key] = self._name(hub)
            self.positions[slots[key]] = hub.position.latlon()
        slots |= self._namesake_elsewhere()
        slots["BIG"] = slots["big"].upper()
        self.positions[slots["BIG"]] = self.positions[slots["big"]]
        if self.language == "en":
            slots |= self._abroad() | self._made_up()
        slots |= {key: str(self.random.randint(2, most)) for key, most in _ROADS.items()}
        slots["English"] = self.random.choice(self.english).title()
        for key in ("people", "people2"):
            form = self.random.choice(self.demonyms)
            slots[key] = form if self.language == "de" else form.title()
            slots[key.title()] = form.title()
        return slots

    def _counties(self, seat: GazetteerEntry, around: Sequence[GazetteerEntry]) -> dict[str, str]:
        """Return two counties near a town, or `None`, for which no sentence is made."""
        counties = [e.name for e in around if e.feature_code == "ADM2" and e.name.endswith("County")]
        state = self.states.get((seat.country, seat.admin1))
        if seat.country == "IE" and state:
            counties = [f"County {self._name(state).removeprefix('County ')}"]
        counties = [*counties, *counties, "None", "None"]
        return {"county": counties[0], "county2": counties[1]}

    def _far_place(self) -> dict[str, str]:
        """Return a country or large city that small towns elsewhere are named after, and its country."""
        far = self.random.choice(self.famous)
        land = self.land.get(far.country, far)
        self.positions[self._name(far)] = far.position.latlon()
        if land is not far:
            self.positions[self._name(land)] = land.position.latlon()
        return {"far": self._name(far), "farland": self._name(land)}

    def _namesake_elsewhere(self) -> dict[str, str]:
        """Return a town with many namesakes, and its state or country, to stand behind it."""
        seats = self.seats[self.random.choice(COUNTRIES[self.language])]
        towns = self.random.choices(seats, k=12)
        if self.random.random() < _SAME_NAME_TWICE:
            towns = [e for e in seats if self._name(e) in self.positions] or towns
        town = max(towns, key=self._namesakes)
        state = self.states.get((town.country, town.admin1)) or self.land.get(town.country)
        if state is None:
            return {"other": "None", "otherarea": "None", "Other": "None"}
        name = self._name(town)
        area = self._abbreviation(state) if self.random.random() < 0.5 else self._name(state)
        self.elsewhere[name] = town.position.latlon()
        if not self._shares_name_with_town(state):
            self.positions[area] = state.position.latlon()
        return {"other": f"{name}{_ELSEWHERE}", "otherarea": area}

    def _shares_name_with_town(self, state: GazetteerEntry) -> bool:
        """Tell whether a name such as `Washington` and `New York` is mostly that of a city."""
        number = self.gazetteer.name_number(self._name(state))
        places = self.gazetteer.places_of(number)[:8].tolist() if number >= 0 else []
        return any(
            e.feature is Feature.CITY and e.population > state.population / 40
            for e in map(self.gazetteer.entry_at, places)
        )

    def _is_famous(self, name: str) -> bool:
        number = self.gazetteer.name_number(name)
        return number >= 0 and self.gazetteer.features_of(number).best_prominence > _FAMOUS

    def _namesakes(self, entry: GazetteerEntry) -> int:
        return self._shared_by(self._name(entry))

    def _shared_by(self, name: str) -> int:
        number = self.gazetteer.name_number(name)
        return len(self.gazetteer.places_of(number)) if number >= 0 else 0

    def _name(self, entry: GazetteerEntry) -> str:
        label = entry.label(self.language)
        short = label.removesuffix(" City")
        if short != label and (number := self.gazetteer.name_number(short)) >= 0:
            # `New York`, but not `Mexico`: the name alone must mean the city first.
            best = self.gazetteer.entry_at(int(self.gazetteer.places_of(number)[0]))
            return short if best.id == entry.id else label
        return label

    def _abbreviation(self, state: GazetteerEntry) -> str:
        names = [n for n in self.gazetteer.names_of(state.id) if n.endswith(".") and 3 <= len(n) <= 6]
        return self.random.choice(names) if names else state.label(self.language)

    def _persons(self) -> dict[str, str]:
        persons = {}
        for key in ("last", "last2"):
            like_town = self.random.random() < _PERSONS_LIKE_TOWNS
            persons[key] = self.random.choice(self.like_towns if like_town else self.surnames)
            if self.random.random() < _PERSONS_LIKE_FAMOUS:
                persons[key] = self.random.choice(self.famous_surnames)
        for key in ("given", "given2"):
            common = self.language == "en" and self.random.random() < _COMMON_GIVEN
            persons[key] = self.random.choice(self.known_given if common else self.given)
            if self.random.random() < _PERSONS_LIKE_FAMOUS:
                persons[key] = self.random.choice(self.famous_given)
        return persons

    def _loose(self, slot: str) -> str:
        raise ValueError(f"no slot is called {slot}")


def main() -> None:
    """Write documents."""
    language, count, target = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    step = {"even": slice(None, None, 2), "odd": slice(1, None, 2)}.get(sys.argv[4] if sys.argv[4:] else "")
    newsroom = Newsroom(language, Gazetteer.open(), step or slice(None))
    lines = (json.dumps(newsroom.document(i), ensure_ascii=False) for i in range(count))
    target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
