"""Words of travelling in one language: verbs and nouns of motion, vehicles, offices, certainty.

The tables live in `reading/languages/<code>/events.toml`; the head of the German file explains them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from gazetteer.journeys.journey import EventKind
from gazetteer.reading.folders import languages_with
from gazetteer.reading.grammar import Grammar
from gazetteer.reading.tables import packaged, table

DESTINATION: Final = "destination"
"""What a place is to a trigger where the traveller is bound for it, and not yet there."""
PARTY: Final = "party"
"""What stands for the vehicle of travellers who are called by a common noun: `die Pilger`, `the stork`."""
_ROLES: Final = ("object", "from", "to", "at", "via")


class Form(StrEnum):
    """In what form a trigger stands, which tells tense and what must stand beside it."""

    PAST = "past"
    PRESENT = "present"
    PARTICIPLE = "participle"
    BARE = "bare"
    NOUN = "noun"


_TRIGGER_FIELDS: Final = frozenset(
    {
        *_ROLES,
        *Form,
        "mode",
        "meeting",
        "sighting",
        "crossing",
        "goes_on",
        "named",
        "towed",
        "things",
        "passive",
    }
    | {"particle", "anywhere", "heads_need_particle"}
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A group of words for one kind of movement."""

    name: str
    roles: Mapping[str, str]
    """Kind of event for a place in the role `object`, `from`, `to`, `at` or `via`."""
    mode: str | None
    """Means of travel that the word itself says."""
    meeting: bool
    """Several travellers take part alike."""
    sighting: bool
    """What is seen is the traveller, not who sees."""
    crossing: bool
    goes_on: bool = False
    """The subject is the journey itself, so who travels is who was spoken of last."""
    named: bool = False
    """The clause itself must name who travels."""
    towed: bool = False
    """What is pulled is the traveller, not what pulls."""
    things: bool = False
    """Said of vehicles and parties only: a person who stands somewhere does not travel."""
    passive: bool = False
    """Only the passive tells: `was taken to`, not `took`."""


@dataclass(frozen=True, slots=True)
class TriggerWord:
    """One form of a trigger; with particles, one of them must follow."""

    trigger: Trigger
    form: Form
    particles: tuple[str, ...] = ()
    anywhere: bool = False
    """A particle may stand anywhere in the clause: `machte sich auf den Weg nach Oslo`."""

    def takes(self, low: str) -> bool:
        """Tell whether a word, in small letters, is one of the particles; `*fahrt` is an ending."""
        return low in self.particles or any(
            part[0] == "*" and low.endswith(part[1:]) for part in self.particles
        )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tables of one language."""

    language: str
    triggers: Mapping[str, tuple[TriggerWord, ...]]
    openings: frozenset[str]
    """The first words of the triggers."""
    prepositions: Mapping[str, frozenset[str]]
    words: Mapping[str, tuple[str, ...]]
    certainty: Mapping[str, frozenset[str]]
    reporting: tuple[re.Pattern[str], ...]
    participle: re.Pattern[str]
    """Finds a participle of the passive."""
    vehicles: Mapping[str, str]
    not_vehicles: frozenset[str]
    means: frozenset[str]
    """Vehicles that are named as means only, never as travellers."""
    roles: Mapping[str, str]
    """Word of office → class of office."""
    longest: int
    """Letters of the longest vehicle or office; no longer ending of a word is one."""
    role_aliases: Mapping[str, tuple[str, str]]
    groups: frozenset[str]
    parties: frozenset[str]
    """Common nouns for those who travel, on foot or on wings as well: `Pilgerin`, `stork`."""
    party_plurals: tuple[str, ...]
    """The ends of those that name several, who travel only where they are counted or known."""
    pronouns: frozenset[str]
    thing_pronouns: frozenset[str]
    """Those that stand for a vehicle only."""
    possessives: frozenset[str]
    grammar: Grammar

    def vehicle_mode(self, word: str) -> str | None:
        """Return the means of travel of a word for a vehicle, None for any other word."""
        low = word.lower()
        capitals = self.grammar.nouns_are_capitalised
        if low in self.not_vehicles or (capitals and not word[:1].isupper()):
            return None
        if low in self.vehicles:
            return self.vehicles[low]
        if not self.grammar.compounds and "-" in low:
            return self.vehicles.get(low.rsplit("-", 1)[-1])
        if not self.grammar.compounds or len(low) < 6:
            return None
        for length in range(min(len(low) - 2, self.longest), 2, -1):
            mode = self.vehicles.get(low[-length:])
            if mode is not None:
                return None if any(low.endswith(word) for word in self.not_vehicles) else mode
        return None

    def is_party(self, word: str) -> bool:
        """Tell whether a word is a common noun for somebody who travels; in compounds its end decides."""
        low = word.lower()
        if self.grammar.nouns_are_capitalised and not word[:1].isupper():
            return False
        if low in self.parties or not self.grammar.compounds:
            return low in self.parties
        return any(low[-n:] in self.parties for n in range(min(len(low) - 3, self.longest), 4, -1))

    def office_of_adjective(self, low: str) -> str | None:
        """Return whose office an adjective names, as in `the papal plane`."""
        pairs = (entry.split(":") for entry in self.words["office_adjectives"])
        return next((office for adjective, office in pairs if adjective == low), None)


def vocabulary_of(language: str) -> Vocabulary | None:
    """Return the tables of a language, None for one without words for journeys."""
    return _read(language) if language in languages_with("events.toml") else None


@cache
def visits() -> tuple[str, ...]:
    """Return the beginnings of the words for a visit, in every language that is read."""
    known = (_read(language) for language in languages_with("events.toml"))
    return tuple(word for vocabulary in known for word in vocabulary.words["visits"])


@cache
def _read(language: str) -> Vocabulary:
    with packaged(language, "events.toml"):
        return _vocabulary_in(table(language, "events.toml"), language)


def _vocabulary_in(tables: dict[str, Any], language: str) -> Vocabulary:
    who = r"[^\s,.:;„“”\"()]{2,30}(?: [^\s,.:;„“”\"()]{1,30}){0,5}"
    roles = {word: office for office, words in tables["roles"].items() for word in words}
    triggers = _trigger_words(tables["triggers"])
    return Vocabulary(
        language=language,
        triggers=triggers,
        openings=frozenset(trigger.split()[0] for trigger in triggers),
        prepositions={name: frozenset(words) for name, words in tables["prepositions"].items()},
        words={name: tuple(words) for name, words in tables["words"].items()},
        certainty={name: frozenset(words) for name, words in tables["certainty"].items()},
        reporting=tuple(
            re.compile(pattern.replace("{who}", who), re.IGNORECASE)
            for pattern in tables["reporting"]["patterns"]
        ),
        participle=re.compile(tables["reporting"]["participle"] or "(?!)"),
        vehicles=tables["vehicles"],
        not_vehicles=frozenset(tables["not_vehicles"]["words"]),
        means=frozenset(tables["means"]["words"]),
        roles=roles,
        longest=max(map(len, (*tables["vehicles"], *roles, *tables["groups"]["parties"])), default=0),
        role_aliases={word: (office, country) for word, (office, country) in tables["role_aliases"].items()},
        groups=frozenset(tables["groups"]["words"]),
        parties=frozenset(tables["groups"]["parties"]),
        party_plurals=tuple(tables["groups"]["party_plurals"]),
        pronouns=frozenset(tables["pronouns"]["person"]),
        thing_pronouns=frozenset(tables["pronouns"]["thing"]),
        possessives=frozenset(tables["pronouns"]["possessive"]),
        grammar=Grammar.of(language),
    )


def _trigger_words(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[TriggerWord, ...]]:
    found: dict[str, list[TriggerWord]] = {}
    for name, row in tables.items():
        if strange := row.keys() - _TRIGGER_FIELDS:
            raise ValueError(f"[triggers.{name}] {', '.join(sorted(strange))}: no such field")
        roles = {role: row[role] for role in _ROLES if role in row}
        if strange := set(roles.values()) - {*EventKind, DESTINATION}:
            raise ValueError(f"[triggers.{name}] {', '.join(sorted(strange))}: no such kind of event")
        trigger = Trigger(
            name,
            roles,
            row.get("mode"),
            meeting=row.get("meeting", False),
            sighting=row.get("sighting", False),
            crossing=row.get("crossing", False),
            goes_on=row.get("goes_on", False),
            named=row.get("named", False),
            towed=row.get("towed", False),
            things=row.get("things", False),
            passive=row.get("passive", False),
        )
        needed: Mapping[str, str] = row.get("heads_need_particle", {})
        for form in Form:
            for word in row.get(form.value, ()):
                particles: Iterable[str] = row.get("particle", ())
                particles = (needed[word],) if word in needed else particles
                found.setdefault(word, []).append(
                    TriggerWord(trigger, form, tuple(particles), anywhere=row.get("anywhere", False))
                )
    return {word: tuple(words) for word, words in found.items()}
