"""Signs: what the circumstances of a place's name stand for when they are weighed.

Words are told by themselves, by their beginnings, by the tables they stand in, and by the class of words with
the same neighbours, so that a verb that no table lists is still like verbs that some do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final, TypeAlias

from gazetteer.journeys.vocabulary import Vocabulary, vocabulary_of
from gazetteer.reading.word_classes import WordClasses

Sign: TypeAlias = str
"""A kind of sign and what it depends on."""
Piece: TypeAlias = tuple[str, ...]
"""A kind of piece and what its signs depend on."""

_BEGINNING: Final = 5
"""Letters."""
_DEPTHS: Final = (10, 16)
_TELLING: Final = tuple(
    f"in {table}"
    for table in (
        *(
            "trigger",
            "form",
            "vehicles",
            "parties",
            "offices",
            "planned",
            "expected",
            "announced",
            "speculated",
        ),
        *(
            "negations",
            "denials",
            "cancelled",
            "unreal",
            "unfulfilled",
            "habitual",
            "conditionals",
            "hypothetical",
        ),
        *("reporting_verbs", "afterwards", "retrospects", "possible", "compelled", "rumours"),
    )
)
"""Beginnings of the forms that count in another clause as well."""


def signs_in(piece: Piece, language: str) -> list[Sign]:
    """Return the signs that a piece stands for.

    Raises:
        KeyError: If there is no such piece.
    """
    return _SIGNS[piece[0]](language, *piece[1:])


def _around(_: str, *parts: str) -> list[Sign]:
    kind, reading, lead, listed, before, after, position = parts
    role = lead.partition(" ")[0]
    at, opens, capitals = position.split()
    return [
        "bias",
        f"kind {kind}",
        f"reading {reading}",
        f"kind {kind} {reading}",
        f"lead {lead}",
        f"role {role}",
        f"role {role} {kind}",
        f"role {role} {listed}",
        f"listed {listed}",
        f"marks {before} {after}",
        f"mark after {after} {role}",
        f"mark before {before}",
        f"at {at}",
        f"at {at} {opens} {capitals} {after}",
        f"at {at} {role}",
    ]


def _times(_: str, own: str, sides: str, others: str, hours: str, lead: str) -> list[Sign]:
    role = lead.partition(" ")[0]
    return [
        f"time {own}",
        f"time side {sides}",
        f"time other {others}",
        f"time {hours}",
        f"time {own} {role}",
        f"time side {sides} {role}",
    ]


def _mood(_: str, own: str, before: str, after: str) -> list[Sign]:
    certainty = own.partition(" ")[0]
    return [
        f"mood {own}",
        f"mood {certainty}",
        f"mood before {before}",
        f"mood after {after}",
        f"mood {before} {own}",
    ]


def _company(_: str, before: str, after: str, beside: str, pronoun: str, speech: str) -> list[Sign]:
    return [
        f"company before {before}",
        f"company after {after}",
        f"company beside {beside}",
        f"company {pronoun}",
        f"company {before} {pronoun}",
        f"speech {speech}",
        f"speech {speech} {pronoun}",
    ]


def _again(_: str, count: str, seen: str, places: str, part: str) -> list[Sign]:
    return [f"count {count}", f"seen {seen}", f"count {count} {seen}", f"places {places}", f"part {part}"]


def _article(_: str, hits: str, vehicles: str, verdicts: str, travellers: str) -> list[Sign]:
    return [
        f"hits {hits}",
        f"vehicles {vehicles}",
        f"verdicts {verdicts}",
        f"travellers {travellers}",
        f"hits {hits} verdicts {verdicts}",
    ]


def _rules(_: str, verdict: str, lead: str) -> list[Sign]:
    role, kind = lead.partition(" ")[0], verdict.partition(" ")[0]
    return [f"rules {verdict}", f"rules {kind}", f"rules {verdict} {role}"]


def _word(language: str, zone: str, word: str, role: str) -> list[Sign]:
    side, signs = zone[0], []
    for form in _forms(language, word):
        signs += [f"{zone} {form}", f"~ {form} {role}"]
        signs.append(f"{side}~ {form}" if zone != side else f"{zone} {form} {role}")
    return signs


def _clause(language: str, word: str) -> list[Sign]:
    return [f"c {form}" for form in _forms(language, word)]


def _pair(_: str, side: str, one: str, other: str) -> list[Sign]:
    return [f"{side}2 {one.lower()} {other.lower()}"]


def _other(language: str, side: str, word: str) -> list[Sign]:
    return [f"{side} {form}" for form in _telling_forms(language, word)]


_SIGNS: Final[Mapping[str, Callable[..., list[Sign]]]] = {
    "around": _around,
    "times": _times,
    "mood": _mood,
    "company": _company,
    "again": _again,
    "article": _article,
    "rules": _rules,
    "word": _word,
    "clause": _clause,
    "pair": _pair,
    "other": _other,
}


@cache
def _forms(language: str, word: str) -> tuple[str, ...]:
    """Return what a word counts as: itself, its beginning, its classes and the tables it stands in."""
    low = word.lower()
    if low[0] == "<":
        return (low,)
    forms = [low]
    if len(low) > _BEGINNING:
        forms.append(f"{low[:_BEGINNING]}…")
    classes = WordClasses.of(language)
    found = classes.of_word(word, _DEPTHS)
    if found == ("class none",) and word != low:
        found = classes.of_word(low, _DEPTHS)
    return (*forms, *found, *_tables_of(language, word, low))


def _tables_of(language: str, word: str, low: str) -> tuple[str, ...]:
    vocabulary = vocabulary_of(language)
    if vocabulary is None:
        return ()
    tables = list(_tables(language).get(low, ()))
    if low not in vocabulary.vehicles and vocabulary.vehicle_mode(word):
        tables.append("in vehicles")
    if low not in vocabulary.parties and vocabulary.is_party(word):
        tables.append("in parties")
    return tuple(tables)


@cache
def _telling_forms(language: str, word: str) -> tuple[str, ...]:
    """Return the forms of a word that count in another clause: such tables as tell of travelling at all."""
    return tuple(form for form in _forms(language, word) if form.startswith(_TELLING))


@cache
def _tables(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the tables of journeys in which each word stands."""
    vocabulary = vocabulary_of(language)
    tables: dict[str, dict[str, None]] = {}
    for word, name in _rows_of(vocabulary) if vocabulary is not None else ():
        tables.setdefault(word, {})[f"in {name}"] = None
    return {word: tuple(names) for word, names in tables.items()}


def _rows_of(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for name, words in (*vocabulary.words.items(), *vocabulary.certainty.items()):
        yield from ((word, name) for word in words)
    for word, choices in vocabulary.triggers.items():
        for choice in choices if " " not in word else ():
            yield word, f"trigger {choice.trigger.name}"
            yield word, f"form {choice.form.value}"
    yield from ((word, "vehicles") for word in vocabulary.vehicles)
    yield from ((word, "parties") for word in vocabulary.parties)
    yield from ((word, "offices") for word in vocabulary.roles)
