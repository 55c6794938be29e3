"""Statements of a trip: its length, speed and duration, from where to where, by what means."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from typing import Final

from gazetteer.claims.claim import Claim, Path, Relation, Role, Via
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.line_lengths import ends_of_line
from gazetteer.claims.measures import is_other_measure
from gazetteer.claims.scene import Scene
from gazetteer.claims.subjects import subject_before
from gazetteer.claims.timed_ways import ends_beside, way_of_vehicle
from gazetteer.claims.trip_ends import (
    CLAUSE_END,
    LONGEST_CLAUSE,
    Ends,
    ends_of,
    implied,
    joined_ends,
    next_words,
    pair_at,
    path_of,
    told_before_of,
)
from gazetteer.reading.articles import Sentence
from gazetteer.reading.quantities import Dimension, Quantity

_LEAST_M: Final = 1000.0


@dataclass(frozen=True)
class _Trip:
    """What a sentence says of a trip, read once and only where a number asks for it."""

    scene: Scene
    sentence: Sentence
    measured: Claim | None
    """The last distance told before, which `the drive` of this sentence may be the way of."""

    @functools.cached_property
    def path(self) -> Path:
        return path_of(self.scene, self.sentence)

    @functools.cached_property
    def timed_path(self) -> Path:
        """By what means `braucht er zwei Stunden`: that of the sentence before where a pronoun tells it."""
        before = self.scene.sentence_before(self.sentence)
        begin, end = self.sentence.span.start, self.sentence.span.end
        pronoun = cue_pattern(self.scene.language, "anaphora", "pronouns").search(self.scene.text, begin, end)
        if self.path is not Path.UNSPECIFIED or before is None or pronoun is None:
            return self.path
        return path_of(self.scene, before)

    @functools.cached_property
    def ends(self) -> Ends:
        told = ends_of(self.scene, self.sentence)
        return told if told.origin or told.destination else self._between_measured()

    def _between_measured(self) -> Ends:
        """Return both places of the distance told just before, where `the drive` follows it."""
        claim, span = self.measured, self.sentence.span
        if claim is None or span.start - claim.span.end > _JUST_BEFORE:
            return Ends(None, None)
        if _definite_way(self.scene.language).search(self.scene.text, span.start, span.end) is None:
            return Ends(None, None)
        one, other = claim.subject, claim.reference
        if one is None or other is None or None in {one.place, other.place}:
            return Ends(None, None)
        return Ends(implied(one), implied(other))

    @functools.cached_property
    def told_before(self) -> tuple[Ends, Path]:
        """What `the journey` of this sentence is: the trip that an earlier one tells."""
        return told_before_of(self.scene, self.sentence)

    @functools.cached_property
    def is_travelled(self) -> bool:
        """Whether any word of the sentence says that a way is covered."""
        begin, end = self.sentence.span.start, self.sentence.span.end
        return any(
            cue_pattern(self.scene.language, "trip", name).search(self.scene.text, begin, end) is not None
            for name in ("covers", "covered", "travels")
        )


_JUST_BEFORE: Final = 60


@functools.cache
def _definite_way(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        rf"(?<!\w)(?:{known.either('anaphora', 'definites')})\s(?:[^\W\d_]+\s)?"
        rf"(?:{known.either('trip', 'travel_time_nouns')})(?!\w)",
        re.IGNORECASE,
    )


def trip_claims(
    scene: Scene, sentence: Sentence, quantities: tuple[Quantity, ...], measured: Claim | None = None
) -> tuple[Claim, ...]:
    """Return the claims of one sentence about the length, speed and duration of a trip.

    Args:
        scene: The article.
        sentence: One of its sentences.
        quantities: Those of the sentence that no distance between places took.
        measured: The last such distance told before.
    """
    if not quantities:
        return ()
    words = scene.text[sentence.span.start : sentence.span.end]
    if cue_pattern(scene.language, "trip", "races").search(words):
        return ()
    found: list[Claim] = []
    trip = _Trip(scene, sentence, measured)
    is_timed = len({quantity.dimension for quantity in quantities}) > 1
    for quantity in quantities:
        if quantity.dimension is Dimension.LENGTH and _may_be_way(scene, sentence, quantity):
            claim = _length(scene, trip, quantity, is_timed=is_timed)
        elif quantity.dimension is Dimension.DURATION:
            length = next((one for one in found if one.relation is Relation.TRIP_LENGTH), None)
            claim = _duration(scene, trip, quantity, length)
        else:
            claim = None
        if claim is not None:
            found.append(claim)
    speeds = [q for q in quantities if q.dimension is Dimension.SPEED]
    found.extend(_speeds(scene, trip, speeds, found))
    return tuple(found)


_TOKEN: Final = re.compile(r"\s(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)")


@functools.lru_cache(maxsize=4096)
def _is_trip_noun(language: str, word: str) -> bool:
    """Tell whether a word, alone or at the end of a compound, names a trip or a way."""
    lowered, nouns = word.lower(), cues(language).words("trip", "nouns")
    if lowered in nouns:
        return True
    ends = (noun for noun in nouns if len(noun) >= _SHORTEST_END)
    return (
        cues(language).grammar.compounds
        and len(lowered) < 40
        and any(lowered.endswith(noun) for noun in ends)
    )


_SHORTEST_END: Final = 5


@dataclass(frozen=True, slots=True)
class _After:
    """What follows a quantity: `lange Reise`; without a noun only `lang`."""

    noun: str
    end: int


def _trip_after(scene: Scene, at: int, limit: int) -> _After | None:
    other = _SECOND_MEASURE.match(scene.text, at, limit)
    at = other.end() if other is not None else at
    long = _long_pattern(scene.language).match(scene.text, at, limit)
    at = long.end() if long is not None else at
    found = _After("", at) if long is not None else None
    for _ in range(3):
        token = _TOKEN.match(scene.text, at, limit)
        if token is None:
            break
        if _is_trip_noun(scene.language, token["word"]):
            return _After(token["word"], token.end())
        if token["word"][0].isupper() or token["word"] in scene.cues.words("position", "prepositions"):
            break
        at = token.end()
    return found


_SECOND_MEASURE: Final = re.compile(r",\s[\d.,]{1,9}[\s-][^\W\d_]{1,14}")
"""What may stand between: `a 20-hour, 750-mile journey`."""


@functools.cache
def _long_pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"[\s-](?:{cues(language).either('trip', 'long')})(?!\w)", re.IGNORECASE)


def _is_trip_before(scene: Scene, begin: int, start: int) -> bool:
    """Tell whether `Reise von`, `Die Strecke von A nach B ist`, `a trip of` leads up to a quantity."""
    link = _link(scene.language).search(scene.text, max(begin, start - 40), start)
    if link is None:
        return False
    words = _WORD.findall(scene.text[max(begin, start - 110) : link.start()])
    if words and _is_trip_noun(scene.language, words[-1]):
        return True
    leads, pairs = scene.cues.words("trip", "from"), itertools.pairwise(words)
    return any(link_word in leads and _is_trip_noun(scene.language, noun) for noun, link_word in pairs)


@functools.cache
def _link(language: str) -> re.Pattern[str]:
    """Return what may stand between a noun of travel and a length: `von`, `beträgt insgesamt`, `is`."""
    known = cues(language)
    return re.compile(
        rf"\s(?:{known.either('trip', 'measures')})(?:\s(?:{known.either('trip', 'in_all')}))?\s?$"
    )


_WORD: Final = re.compile(r"[^\W\d_]+")


def _is_led_to(scene: Scene, sentence: Sentence, quantity: Quantity) -> bool:
    starts = {quantity.span.start, quantity.hedge.span.start if quantity.hedge else quantity.span.start}
    return any(_is_trip_before(scene, sentence.span.start, at) for at in starts)


def _may_be_way(scene: Scene, sentence: Sentence, quantity: Quantity) -> bool:
    if quantity.si_value < _LEAST_M:
        return False
    return not is_other_measure(scene, quantity) or _is_led_to(scene, sentence, quantity)


def _length(scene: Scene, trip: _Trip, quantity: Quantity, *, is_timed: bool) -> Claim | None:
    text, limit = scene.text, trip.sentence.span.end
    start = quantity.hedge.span.start if quantity.hedge is not None else quantity.span.start
    end = quantity.span.end
    after = _trip_after(scene, end, limit)
    if after is not None and after.noun:
        end = after.end
        article = _article(scene.language).search(text, max(trip.sentence.span.start, start - 8), start)
        start = article.start() if article is not None else start
    elif _is_led_to(scene, trip.sentence, quantity):
        end = after.end if after is not None else end
    elif cue_pattern(scene.language, "trip", "not_travel").search(
        text, max(trip.sentence.span.start, start - 50), start
    ):
        return None
    elif (
        stated := _from_to(scene, end, limit) or ends_of_line(scene, trip.sentence, start, end)
    ) is not None:
        path = trip.path
        return scene.claim(
            (start, stated[1]),
            Relation.TRIP_LENGTH,
            quantity=quantity,
            reference=stated[0].destination,
            origin=stated[0].origin,
            path=path,
        )
    elif not trip.is_travelled or not _is_covered(scene, trip.sentence, start, end):
        return None
    ends, path = trip.ends, trip.path
    if after is not None and after.noun and ends.origin is not None and ends.destination is None:
        ends = Ends(ends.origin, _located(scene, trip.sentence, start, ends.origin))
    if ends.origin is None and ends.destination is None:
        is_definite = bool(after and after.noun) and _is_definite(scene, start)
        if is_definite:
            ends, path = trip.told_before
        if ends.origin is None and not (is_definite and is_timed):
            return None
    return scene.claim(
        (start, end),
        Relation.TRIP_LENGTH,
        quantity=quantity,
        reference=ends.destination,
        origin=ends.origin,
        path=path if trip.path is Path.UNSPECIFIED else trip.path,
    )


def _located(scene: Scene, sentence: Sentence, start: int, origin: Role) -> Role | None:
    """Return the place that a way from another leads to: `Mombasa is a 300-mile train ride from Nairobi`."""
    found = subject_before(scene, sentence.span.start, start)
    return None if found is None or found.place in {None, origin.place} else found


def _is_definite(scene: Scene, start: int) -> bool:
    first = _WORD.match(scene.text, start)
    words = scene.cues.words("anaphora", "definites") | scene.cues.words("anaphora", "demonstratives")
    return first is not None and first[0].lower() in words


def _from_to(scene: Scene, at: int, limit: int) -> tuple[Ends, int] | None:
    """Read `from A to B` right after a length."""
    lead = next_words(scene.language, "from").match(scene.text, at, limit)
    pair = None if lead is None else pair_at(scene, lead.end(), limit)
    return None if pair is None else (Ends(pair[0].role, pair[1].role), pair[1].end)


@functools.cache
def _article(language: str) -> re.Pattern[str]:
    known = cues(language)
    articles = f"{known.either('anaphora', 'definites')}|{known.either('anaphora', 'indefinites')}"
    return re.compile(rf"(?<!\w)(?:{articles})\s$", re.IGNORECASE)


@functools.cache
def _travelled_before(language: str) -> re.Pattern[str]:
    travels, leads = cues(language).either("trip", "travels"), cues(language).either("trip", "travel_leads")
    return re.compile(rf"(?<!\w)(?:{travels})(?:\s(?:{leads})){{0,3}}\s$", re.IGNORECASE)


def _is_covered(scene: Scene, sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether the length is said to be travelled: `legte Q zurück`, `fuhr Q`, `travelled Q`."""
    text = scene.text
    before = text[max(sentence.span.start, start - 70) : start]
    if not scene.cues.is_said("trip", "verb_first"):
        return _travelled_before(scene.language).search(before) is not None
    limit = min(sentence.span.end, end + LONGEST_CLAUSE)
    stop = CLAUSE_END.search(text, end, limit)
    clause = text[end : stop.start() if stop else limit]
    if cue_pattern(scene.language, "trip", "covered").search(clause) or cue_pattern(
        scene.language, "trip", "travels"
    ).search(before):
        return True
    is_split = cue_pattern(scene.language, "trip", "covers").search(before) is not None
    return is_split and cue_pattern(scene.language, "trip", "covers_tail").search(clause) is not None


def _duration(scene: Scene, trip: _Trip, quantity: Quantity, length: Claim | None) -> Claim | None:
    if quantity.unit not in {"min", "h", "day", "week"}:
        return None
    text, begin, limit = scene.text, trip.sentence.span.start, trip.sentence.span.end
    start = quantity.hedge.span.start if quantity.hedge is not None else quantity.span.start
    end = quantity.span.end
    around = text[max(begin, start - 90) : min(limit, end + 90)]
    after = _trip_after(scene, end, limit)
    noun = after.noun if after is not None else ""
    if length is not None and not noun and _is_taken(scene, around):
        return scene.claim(
            (start, end),
            Relation.DURATION,
            quantity=quantity,
            reference=length.reference,
            origin=length.origin,
            path=length.path,
        )
    is_way = bool(noun) and cue_pattern(scene.language, "trip", "travel_time_nouns").search(noun) is not None
    told = None if noun else _told_ends(scene, trip, quantity, start)
    if (
        not noun
        and told is None
        and not _takes_time(scene, trip, around, text[max(begin, start - 4) : start])
    ):
        return None
    ends = told or trip.ends
    if not _is_tied(ends, is_trip=bool(noun), is_way=is_way or _is_taken(scene, around)):
        return None
    return scene.claim(
        (start, after.end if after is not None and noun else end),
        Relation.DURATION,
        quantity=quantity,
        reference=ends.destination,
        origin=ends.origin,
        path=trip.path if noun else trip.timed_path,
    )


def _told_ends(scene: Scene, trip: _Trip, quantity: Quantity, start: int) -> Ends | None:
    return ends_beside(scene, trip.sentence, quantity, start) or way_of_vehicle(
        scene, trip.sentence, quantity, start, trip.measured
    )


def _is_tied(ends: Ends, *, is_trip: bool, is_way: bool) -> bool:
    """Tell whether enough places are said for a duration to be that of a way, not of a stay."""
    if is_trip and not is_way:
        both = (ends.origin, ends.destination)
        return all(role is not None and role.via is not Via.IMPLIED for role in both)
    return ends.destination is not None or (is_trip and ends.origin is not None)


def _is_taken(scene: Scene, around: str) -> bool:
    return cue_pattern(scene.language, "trip", "takes").search(around) is not None


def _takes_time(scene: Scene, trip: _Trip, around: str, before: str) -> bool:
    """Tell whether a duration is what a trip takes: `braucht zwei Tage`, `legte … in 20 Stunden zurück`."""
    is_within = _within(scene.language).search(before) is not None and _is_travelled(scene, around)
    if not (is_within or _is_taken(scene, around)):
        return False
    is_trip = cue_pattern(scene.language, "trip", "nouns").search(around) is not None
    return is_trip or trip.path is not Path.UNSPECIFIED or joined_ends(scene, trip.sentence) is not None


@functools.cache
def _within(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('trip', 'within')})\s$", re.IGNORECASE)


def _is_travelled(scene: Scene, around: str) -> bool:
    names = ("covers", "covered", "travels")
    return any(cue_pattern(scene.language, "trip", name).search(around) for name in names)


def _speeds(scene: Scene, said: _Trip, speeds: list[Quantity], trips: list[Claim]) -> list[Claim]:
    """Keep a speed that is a train's or ship's, or stands with a trip."""
    if not speeds:
        return []
    words = scene.text[said.sentence.span.start : said.sentence.span.end]
    if cue_pattern(scene.language, "trip", "not_travel_speed").search(words):
        return []
    path = said.path
    trip = next((c for c in trips if c.relation is Relation.TRIP_LENGTH), trips[0] if trips else None)
    is_vehicle = path is Path.RAIL or cue_pattern(scene.language, "vehicles", "other").search(words)
    if trip is None and not is_vehicle:
        return []
    return [
        scene.claim(
            (q.hedge.span.start if q.hedge else q.span.start, q.span.end),
            Relation.SPEED,
            quantity=q,
            reference=trip.reference if trip else None,
            origin=trip.origin if trip else None,
            path=trip.path if trip and path is Path.UNSPECIFIED else path,
        )
        for q in speeds
    ]
