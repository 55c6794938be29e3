"""Languages read: which there are, what each has tables for, and whether all of these can be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gazetteer.claims.cues import cues
from gazetteer.claims.vocabulary import words_in
from gazetteer.errors import UnknownPlaceError
from gazetteer.journeys import attribution, visits
from gazetteer.journeys.calendar import time_expressions
from gazetteer.journeys.vocabulary import vocabulary_of
from gazetteer.places.index import Gazetteer
from gazetteer.reading import metonymy
from gazetteer.reading.folders import languages, languages_with
from gazetteer.reading.grammar import Grammar
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.quantity_words import quantity_words
from gazetteer.reading.weighing import Weights
from gazetteer.wording import Wording

_PARTS: Final = (
    ("demonyms.csv", "demonyms"),
    ("quantities.toml", "quantities"),
    ("relations.toml", "claims"),
    ("calendar.toml", "dates"),
    ("events.toml", "journeys"),
)
"""What a language is read for besides place names, by the table that it needs for it."""


@dataclass(frozen=True, slots=True)
class LanguageRead:
    """One language and what it is read for."""

    code: str
    """ISO 639."""
    name: Wording
    parts: tuple[str, ...]
    """What is read besides place names."""
    unknown_places: tuple[str, ...]
    """Ids in its demonyms that the gazetteer does not have; such words stay without a place."""


def languages_read(gazetteer: Gazetteer) -> tuple[LanguageRead, ...]:
    """Return every language that is read, all of its tables loaded and checked.

    Raises:
        DataFileError: If a table is damaged, or a field in it missing, unknown or of another form.
    """
    words_in("", "")  # one table of all languages, read when first asked
    return tuple(_language_read(code, gazetteer) for code in languages())


def load_tables(code: str) -> Lexicon:
    """Load and check every table of one language.

    Raises:
        DataFileError: If one is damaged, or a field in it missing, unknown or of another form.
    """
    lexicon = Lexicon.of(code)
    Weights.of(code)
    metonymy.weights_of(code)
    attribution.weights_of(code)
    visits.weights_of(code)
    quantity_words(code)
    cues(code)
    time_expressions("", article="", language=code)
    vocabulary_of(code)
    return lexicon


def _language_read(code: str, gazetteer: Gazetteer) -> LanguageRead:
    lexicon = load_tables(code)
    places = dict.fromkeys(place for demonym in lexicon.demonyms.values() for place in demonym.places)
    return LanguageRead(
        code=code,
        name=Grammar.of(code).name,
        parts=tuple(part for file, part in _PARTS if code in languages_with(file)),
        unknown_places=tuple(place for place in places if not _is_known(place, gazetteer)),
    )


def _is_known(place: str, gazetteer: Gazetteer) -> bool:
    try:
        gazetteer.place_number(place)
    except UnknownPlaceError:
        return False
    return True
