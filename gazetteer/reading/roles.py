"""Roles: does a name stand for the spot on the map, for those who govern there, or for an attribute?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.grammar import Grammar
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.metonymy import Metonymy, Standing
from gazetteer.reading.organisations import in_organisation
from gazetteer.reading.signs import GOVERNMENT_CODES
from gazetteer.reading.surroundings import Surroundings

_LOOK_BACK_WORDS: Final = 5
_LOOK_AHEAD_WORDS: Final = 3
_TOUCHING: Final = frozenset({" ", "-"})
_STOPS: Final = frozenset("\n.!?:;")
_STOPS_AND_COMMA: Final = _STOPS | {","}


@dataclass(frozen=True, slots=True)
class _Cues:
    """The words beside a name by which its role is told; the words are lower case."""

    grammar: Grammar
    parts_of_places: tuple[str, ...]
    articles: frozenset[str]
    with_article: frozenset[str]
    locative: frozenset[str]
    towards: frozenset[str]
    between: frozenset[str]
    passing: frozenset[str]
    leading: frozenset[str]
    """All prepositions above."""
    ground: frozenset[str]
    quarters: frozenset[str]
    ground_or_quarters: frozenset[str]
    ground_or_routes: frozenset[str]
    ground_routes_motion: frozenset[str]
    ground_or_classes: frozenset[str]
    joints: frozenset[str]
    visits: frozenset[str]
    copulas: frozenset[str]
    acts: frozenset[str]
    onward: frozenset[str]
    out_of: frozenset[str]
    agents: frozenset[str]
    stops_back: frozenset[str]
    """What ends a clause, going back."""
    concerned: frozenset[str]
    """Nouns of relations and of governing."""
    concerned_beginnings: tuple[str, ...]


@cache
def _cues(language: str) -> _Cues:
    lexicon = Lexicon.of(language)

    def cue(name: str) -> frozenset[str]:
        return lexicon.cue("readings", name)

    locative = lexicon.cue("prepositions", "locative") | lexicon.cue("prepositions", "contracted")
    concerned = cue("relations") | cue("of_government")
    ground, routes = cue("ground"), cue("routes")
    return _Cues(
        grammar=lexicon.grammar,
        parts_of_places=tuple(sorted(cue("part_of_place"))),
        articles=lexicon.cue("articles", "all"),
        with_article=cue("with_article"),
        locative=locative,
        towards=cue("towards"),
        between=cue("between"),
        passing=cue("passing"),
        leading=locative | cue("towards") | cue("between") | cue("passing"),
        ground=ground,
        quarters=cue("quarters"),
        ground_or_quarters=ground | cue("quarters"),
        ground_or_routes=ground | routes,
        ground_routes_motion=ground | routes | cue("motion"),
        ground_or_classes=ground | cue("classes"),
        joints=cue("joints"),
        visits=cue("visits"),
        copulas=cue("copulas"),
        acts=cue("acts"),
        onward=cue("onward"),
        out_of=cue("out_of"),
        agents=cue("agents"),
        stops_back=_STOPS_AND_COMMA if lexicon.grammar.commas_end_clauses else _STOPS,
        concerned=concerned,
        concerned_beginnings=tuple(sorted(word for word in concerned if len(word) > 4)),
    )


class Roles:
    """The roles of the names of one article."""

    def __init__(self, here: Surroundings) -> None:
        """Take the article."""
        self._here = here
        self._metonymy = Metonymy.of(here)

    def of(self, found: Found, entry: GazetteerEntry | None) -> tuple[Kind, Reading]:
        """Return what a name is and what it does; `entry` is the place it was resolved to."""
        here = self._here
        if self._metonymy is None or found.form not in _WEIGHED:
            kind = kind_of(found, here)
            return kind, reading_of(found, kind, entry, here)
        acts = entry is not None and governs(entry) and _acts(found, entry, here)
        standing = self._metonymy.standing_of(found, entry, acts=acts)
        if standing is Standing.PART:
            return Kind.PART, _reading_of_part(found, here)
        if entry is not None and entry.feature is Feature.COUNTRY:
            # A country may also act where annotators of news speak of the place.
            return Kind.TOPONYM, Reading.ACTOR if acts else Reading.PLACE
        return Kind.TOPONYM, Reading.ACTOR if standing is Standing.ACTOR else Reading.PLACE


_WEIGHED: Final = frozenset({Form.NAME, Form.UNKNOWN})


def kind_of(found: Found, here: Surroundings) -> Kind:
    """Return what the words are, by rules alone."""
    if found.form is Form.DEMONYM:
        return Kind.PART if in_organisation(found, here) else Kind.DEMONYM
    if found.form is Form.PART or in_organisation(found, here):
        return Kind.PART
    return Kind.TOPONYM


def reading_of(found: Found, kind: Kind, entry: GazetteerEntry | None, here: Surroundings) -> Reading:
    """Return what the words do in their sentence, by rules alone."""
    if kind is Kind.PART:
        return _reading_of_part(found, here)
    if kind is Kind.DEMONYM:
        return _reading_of_demonym(found, entry, here)
    if entry is not None and governs(entry) and _acts(found, entry, here):
        return Reading.ACTOR
    return Reading.PLACE


def governs(entry: GazetteerEntry) -> bool:
    """Tell whether a government may be called by this place's name."""
    return entry.feature is Feature.COUNTRY or entry.feature_code in GOVERNMENT_CODES


def _reading_of_part(found: Found, here: Surroundings) -> Reading:
    rest = here.text[found.end : found.container_end].lower().strip("-s")
    parts = _cues(here.lexicon.language).parts_of_places
    return Reading.PLACE if rest.startswith(parts) else Reading.ATTRIBUTIVE


def _reading_of_demonym(found: Found, entry: GazetteerEntry | None, here: Surroundings) -> Reading:
    cues, words, gaps = _cues(here.lexicon.language), here.words.words, here.words.gaps
    for at in range(found.last + 1, min(found.last + 1 + _LOOK_AHEAD_WORDS, len(words))):
        if gaps[at] not in _TOUCHING:
            break
        word = words[at].lower()
        if word in cues.ground:
            return Reading.PLACE
        if cues.grammar.nouns_are_capitalised and words[at][0].isupper():
            if (
                (found.shape == "city" or (entry is not None and entry.feature is Feature.CITY))
                and entry is not None
                and governs(entry)
                and word.startswith(cues.concerned_beginnings)
            ):
                return Reading.ACTOR
            break
    return Reading.ATTRIBUTIVE


class _Clause:
    """The words on both sides of a name within its clause, nearest first, lower case."""

    __slots__ = ("_found", "_here", "article", "back", "before", "closes")

    def __init__(self, found: Found, here: Surroundings, cues: _Cues) -> None:
        """Read what stands before the name; what stands behind is read when it is asked for."""
        self._found, self._here = found, here
        back = self._words_back(cues.stops_back)
        self.article = bool(back) and back[0] in cues.articles
        """Whether the name's own article stands before it; `back` begins behind it."""
        if self.article:
            # `zu dem Russland Übungen plant`: a pronoun, since Russia takes no article
            if cues.grammar.articles_are_pronouns:
                self.article = found.name.split()[0].lower() in cues.with_article
            back = back[1:] if self.article else []
        self.back = back
        self.before = back[0] if back else ""
        self.closes = here.text[found.end : found.end + 3]
        """What stands right behind the name: punctuation and blanks."""

    @property
    def possessive(self) -> bool:
        """Whether the name is in the genitive."""
        return self._found.shape == "genitive" or self.closes[:2] in {"'s", "’s"}

    def ahead(self) -> list[str]:
        """Return the words behind the name."""
        words, behind = self._here.words, self._found.last + 1
        ahead: list[str] = []
        for at in range(behind, min(behind + _LOOK_AHEAD_WORDS, len(words.words))):
            gap = words.gaps[at] if at > behind else self._here.text[self._found.end : words.starts[at]]
            if gap != " " and not _STOPS_AND_COMMA.isdisjoint(gap):
                break
            ahead.append(words.words[at].lower())
        return ahead

    def first_ahead(self) -> str:
        """Return the word behind the name, empty where its clause ends."""
        ahead = self.ahead()
        return ahead[0] if ahead else ""

    def _words_back(self, stops: frozenset[str]) -> list[str]:
        words, gaps, first = self._here.words.words, self._here.words.gaps, self._found.first
        back: list[str] = []
        for at in range(first, max(0, first - _LOOK_BACK_WORDS), -1):
            gap = gaps[at]
            if gap != " " and not stops.isdisjoint(gap):
                break
            back.append(words[at - 1].lower())
        return back


def _acts(found: Found, entry: GazetteerEntry, here: Surroundings) -> bool:  # noqa: C901, PLR0911 - a list of rules
    """Tell whether the words around a country or capital make it a government."""
    cues = _cues(here.lexicon.language)
    clause = _Clause(found, here, cues)
    before = clause.before
    if clause.possessive:
        return clause.first_ahead() not in cues.ground and before not in cues.ground_or_quarters
    if before in cues.joints and len(clause.back) > 1:
        # `zwischen X und Y`, `von X und Y`: the preposition before the first counts for both
        before = next((w for w in clause.back[1:] if w in cues.leading), "")
    if before in cues.between:
        return cues.ground_or_routes.isdisjoint(clause.back)
    if before in cues.passing:
        return _acts_behind_passing(clause, before, entry, cues)
    if before in cues.locative and before not in cues.towards:
        return False
    if before in cues.towards:
        return cues.ground_or_routes.isdisjoint(clause.back)
    if clause.article and before in cues.ground_or_quarters:
        return False
    ahead = clause.ahead()
    first_ahead = ahead[0] if ahead else ""
    if not cues.visits.isdisjoint(clause.back[:4]) or first_ahead in cues.visits:
        return False
    if clause.closes[:1] == ":" or (clause.closes[:1] == "," and clause.closes[2:] in {"„", '"', "“"}):
        return False
    if (first_ahead in cues.copulas or before in cues.copulas) and not cues.ground_or_classes.isdisjoint(
        ahead
    ):
        return False
    return cues.grammar.bare_states_act or not cues.acts.isdisjoint(ahead)


def _acts_behind_passing(clause: _Clause, before: str, entry: GazetteerEntry, cues: _Cues) -> bool:
    """Judge a name behind `von`, `zu`, `aus`, `of`, `to`, `from`, which lead to places and to governments."""
    wider = clause.back[1:]
    if not cues.ground_routes_motion.isdisjoint(wider):
        return False
    first_ahead = clause.first_ahead()
    if first_ahead in cues.onward:
        return False
    concerned = not cues.concerned.isdisjoint(wider)
    if before in cues.out_of:
        # `Waffen aus Nordkorea` come from the country, `Lieferungen aus Pjöngjang` from its government
        return concerned and entry.feature is not Feature.COUNTRY
    if concerned:
        return True
    return before in cues.agents and first_ahead.endswith(cues.grammar.participle_endings)
