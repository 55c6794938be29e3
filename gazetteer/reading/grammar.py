"""Grammar: the traits of a language that switch rules on, and its words for sentences and mastheads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from gazetteer.places.rows import NameUse
from gazetteer.reading.folders import languages
from gazetteer.reading.tables import packaged, table
from gazetteer.wording import Wording

_NAMES_IN_GAZETTEER: Final[dict[str, int]] = {"german": NameUse.GERMAN, "english": NameUse.ENGLISH, "": 0}

_UNNAMED: Final = Wording("", "")


@dataclass(frozen=True, slots=True)
class CityAdjectives:
    """How words for what belongs to a town are made from its name: `Moskauer`, `Bremer`, `Münchner`."""

    endings: tuple[str, ...] = ()
    """The longest first; none where a language has no such words."""
    endings_of_pairs: tuple[str, ...] = ()
    """Of those made from names of several words: `New Yorker`."""
    name_endings: tuple[str, ...] = ()
    """What the name has behind the rest: nothing, or `en` as in `Bremen`."""
    elisions: tuple[tuple[str, str], ...] = ()
    """Ending of the rest, and what the name has in its place: `n`, `en` for `Münchn`, `München`."""
    vowels: dict[int, str] = field(default_factory=dict)
    """Vowel of the adjective, and what the name has in its place; as `str.translate` wants it."""


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """Words around a full stop that does not end the sentence; all in small letters."""

    abbreviations: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    """Abbreviations that may also end a sentence: they do where one of `openers` stands behind them."""
    openers: frozenset[str] = frozenset()
    after_ordinal: frozenset[str] = frozenset()
    clock: frozenset[str] = frozenset()
    """Hours: a capital behind them begins a sentence, if it is none of `after_clock`."""
    after_clock: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MastheadWords:
    """Words in the lines that give the day of an article, or whose picture it is."""

    months: tuple[str, ...] = ()
    """January first."""
    ordinals: tuple[str, ...] = ()
    """What stands behind a day's number: `st`."""
    credits: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    not_datelines: tuple[str, ...] = ()
    """What opens a sentence rather than the line with place and date."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What one language is like; without traits for a language that is not read."""

    language: str
    name: Wording = _UNNAMED
    """Of the language."""
    function_words: frozenset[str] = frozenset()
    nouns_are_capitalised: bool = False
    """So that a capital makes no name."""
    compounds: bool = False
    """Words are written together, and the last one says what it is."""
    linking_letters: tuple[str, ...] = ()
    """What may stand between the parts of a compound."""
    genitive_endings: tuple[str, ...] = ()
    """Those that are glued to a name without an apostrophe."""
    adjective_endings: tuple[str, ...] = ()
    """Of adjectives before a noun."""
    participle_endings: tuple[str, ...] = ()
    """Of participles that may stand behind a name."""
    adjective_sign: str = ""
    """Letters inside every adjective derived from a country's name; empty where there are none."""
    inhabitant_endings: tuple[str, ...] = ()
    """Of words for the people of a place."""
    city_adjectives: CityAdjectives = CityAdjectives()
    commas_end_clauses: bool = False
    """No preposition before a comma leads to a name behind it."""
    articles_are_pronouns: bool = False
    """Namely those before a name that takes none: `zu dem Russland Übungen plant`."""
    bare_states_act: bool = False
    """A state named without a preposition acts; elsewhere only beside a verb of acting."""
    verb_second: bool = False
    """The verb stands second and its other parts last, so that any part may open a sentence."""
    pasts_are_participles: bool = False
    """Participles are spelled like the past: `left`."""
    own_names: int = 0
    """The bit of `NameUse` by which the gazetteer marks names in this language; 0 where it marks none."""
    foreign_demonyms: str = ""
    """The language whose demonyms also stand, capitalised, in the names of organisations."""
    detection_weights: str = ""
    """The language by whose learned weights places are detected."""
    resolution_weights: str = ""
    """The language by whose learned weights it is told how near a place is to readers."""
    sentences: SentenceWords = SentenceWords()
    masthead: MastheadWords = MastheadWords()

    @classmethod
    def of(cls, language: str) -> Grammar:
        """Return the traits of a language.

        Raises:
            DataFileError: If its `language.toml` is damaged, or a field in it missing or of another form.
        """
        return _load(language)


@cache
def grammars() -> tuple[Grammar, ...]:
    """Return the traits of every language that is read."""
    return tuple(Grammar.of(language) for language in languages())


@cache
def _load(language: str) -> Grammar:
    common = table("abbreviations.toml")
    if language not in languages():
        return Grammar(language, sentences=_sentence_words(common, {}))
    with packaged(language, "language.toml"):
        return _grammar_in(table(language, "language.toml"), language, common)


def _grammar_in(tables: Mapping[str, Any], language: str, common: Mapping[str, str]) -> Grammar:
    spelling, grammar, weights = tables["spelling"], tables["grammar"], tables["weights"]
    return Grammar(
        language=language,
        name=Wording(tables["name"]["de"], tables["name"]["en"]),
        function_words=frozenset(tables["detection"]["function_words"].split()),
        nouns_are_capitalised=spelling["nouns_are_capitalised"],
        compounds=spelling["compounds"],
        linking_letters=tuple(spelling["linking_letters"].split()),
        genitive_endings=tuple(spelling["genitive_endings"].split()),
        adjective_endings=tuple(spelling["adjective_endings"].split()),
        participle_endings=tuple(spelling["participle_endings"].split()),
        adjective_sign=spelling["adjective_sign"],
        inhabitant_endings=tuple(spelling["inhabitant_endings"].split()),
        city_adjectives=_city_adjectives(tables["city_adjectives"]),
        commas_end_clauses=grammar["commas_end_clauses"],
        articles_are_pronouns=grammar["articles_are_pronouns"],
        bare_states_act=grammar["bare_states_act"],
        verb_second=grammar["verb_second"],
        pasts_are_participles=grammar["pasts_are_participles"],
        own_names=_NAMES_IN_GAZETTEER[tables["gazetteer"]["names"]],
        foreign_demonyms=tables["gazetteer"]["foreign_demonyms"],
        detection_weights=weights["detection"] or language,
        resolution_weights=weights["resolution"] or language,
        sentences=_sentence_words(common, tables["sentences"]),
        masthead=_masthead_words(tables["masthead"]),
    )


def _city_adjectives(section: Mapping[str, Any]) -> CityAdjectives:
    return CityAdjectives(
        endings=tuple(section["endings"]),
        endings_of_pairs=tuple(section["endings_of_pairs"]),
        name_endings=tuple(section["name_endings"]),
        elisions=tuple(section["elisions"].items()),
        vowels=str.maketrans(section["vowels"]),
    )


def _sentence_words(common: Mapping[str, str], section: Mapping[str, str]) -> SentenceWords:
    def words(name: str) -> frozenset[str]:
        return frozenset(f"{common.get(name, '')} {section.get(name, '')}".split())

    return SentenceWords(
        abbreviations=words("abbreviations"),
        closing=words("closing"),
        openers=words("openers"),
        after_ordinal=words("after_ordinal"),
        clock=words("clock"),
        after_clock=words("after_clock"),
    )


def _masthead_words(section: Mapping[str, Any]) -> MastheadWords:
    months = tuple(section["months"])
    if len(months) != _MONTHS:
        raise ValueError(f"[masthead] months: expected {_MONTHS} names, got {len(months)}")
    return MastheadWords(
        months=months,
        ordinals=tuple(section["ordinals"].split()),
        credits=tuple(section["credits"].split()),
        dated=tuple(section["dated"].split()),
        not_datelines=tuple(section["not_datelines"].split()),
    )


_MONTHS: Final = 12
