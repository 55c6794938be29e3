"""Inquiry: asking the geocoder for names that are surely places and that no list of ours has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gazetteer.errors import GeocodingError
from gazetteer.places.entries import Candidate, GazetteerEntry, Match
from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.disambiguation import Choice
from gazetteer.wording import Wording

if TYPE_CHECKING:
    from gazetteer.places.geocoding import Geocoder

_SURE: Final = 0.6
"""Probability of being a place name from which a name may leave the machine."""
_CONFIDENCE: Final = 0.6
"""Of what a geocoder says about a bare name; a judgement."""


def ask_geocoder(
    detected: Sequence[Found], choices: Sequence[Choice], geocoder: Geocoder | None
) -> tuple[list[Choice], tuple[Wording, ...]]:
    """Return the choices, those filled in that only the geocoder knew, and what went wrong.

    Each name is asked once; after the first failure no more are asked for this article.
    """
    answered = list(choices)
    if geocoder is None:
        return answered, ()
    answers: dict[str, GazetteerEntry | None] = {}
    for i, (found, choice) in enumerate(zip(detected, choices, strict=True)):
        if choice.entry is not None or found.form is not Form.UNKNOWN or found.probability < _SURE:
            continue
        name = found.name
        if name not in answers:
            try:
                answers[name] = geocoder.resolve(name)
            except GeocodingError as error:
                return answered, (Wording(f"Geocoder: {error}", f"Geocoder: {error}"),)
        if (entry := answers[name]) is not None:
            why = Wording(
                f"steht nicht im Ortsverzeichnis; {entry.source} kennt den Namen",
                f"not in the gazetteer; {entry.source} knows the name",
            )
            confidence = _CONFIDENCE * found.probability
            answered[i] = Choice(entry, confidence, (Candidate(entry, confidence, Match.GEOCODED, why),), why)
    return answered, ()
