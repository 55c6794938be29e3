"""Compass words: `nordwestlich`, `im Süden`, `south-southeast`, `SSE`, as bearings."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.cues import cues

WINDS: Final = (
    "N",
    "NNE",
    "NE",
    "ENE",
    "E",
    "ESE",
    "SE",
    "SSE",
    "S",
    "SSW",
    "SW",
    "WSW",
    "W",
    "WNW",
    "NW",
    "NNW",
)
"""The sixteen winds, clockwise from north, 22.5 degrees apart."""


def bearing_of(wind: str) -> float:
    """Return the nominal bearing of one of the sixteen winds, in degrees.

    Examples:
        >>> bearing_of("NW")
        315.0
    """
    return WINDS.index(wind) * 22.5


@functools.cache
def compass_pattern(language: str) -> str:
    """Return a pattern for one direction word, as group `dir`, to be compiled ignoring case."""
    known = cues(language)
    compass, part = known.compass, _parts_of(language)
    apart = r"[-\s]?" if compass.spaced else "-?"
    word = rf"(?:{part})(?:{apart}(?:{part})){{0,2}}"
    forms = [rf"(?:{known.either('direction', 'leads')})\s{word}{compass.noun}", f"{word}{compass.adjective}"]
    if compass.letters:
        forms.append(f"(?-i:{'|'.join(sorted(WINDS, key=len, reverse=True))})")
    return rf"(?P<dir>{'|'.join(forms)})(?!\w)"


def wind_of(word: str, language: str) -> str | None:
    """Return the wind that a direction word names, or None if it names none.

    Examples:
        >>> wind_of("nordnordöstlich", "de"), wind_of("south-west", "en"), wind_of("SSE", "en")
        ('NNE', 'SW', 'SSE')
        >>> wind_of("nordsüdlich", "de") is None
        True
    """
    if word in WINDS:
        return word
    parts = cues(language).compass.parts
    found = _part_pattern(language).findall(word.lower())
    letters = "".join(parts[part] for part in found).upper()
    if letters in WINDS:
        return letters
    return None


@functools.cache
def _part_pattern(language: str) -> re.Pattern[str]:
    return re.compile(_parts_of(language))


def _parts_of(language: str) -> str:
    return "|".join(map(re.escape, sorted(cues(language).compass.parts, key=len, reverse=True)))
