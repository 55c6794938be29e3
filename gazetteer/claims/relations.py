"""Statements without a number: borders, coasts, nearness, direction, halfway, the shape of a way."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from typing import Final

from gazetteer.claims.antecedents import opening_pronoun_at
from gazetteer.claims.claim import Claim, Relation, Role, Via
from gazetteer.claims.compass import compass_pattern
from gazetteer.claims.containments import contained_claims
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.directions import direction_claim
from gazetteer.claims.event_places import event_place
from gazetteer.claims.intervals import interval_claims
from gazetteer.claims.named_roles import named_role
from gazetteer.claims.references import Reference, line_at, reference_at
from gazetteer.claims.scene import Scene
from gazetteer.claims.subjects import subject_after, subject_before, subject_behind_comma
from gazetteer.claims.trip_ends import path_of
from gazetteer.outlines.borders import is_landlocked
from gazetteer.places.entries import Feature
from gazetteer.reading.articles import Sentence
from gazetteer.reading.mentions import Kind

_POINTS: Final = frozenset({Feature.CITY, Feature.FACILITY, Feature.ISLAND, Feature.MOUNTAIN})


def relation_claims(scene: Scene, measured: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return the claims of an article that give no distance.

    Args:
        scene: The article.
        measured: The claims with numbers found before; what they cover is not read again.
    """
    return tuple(_found(scene, measured))


_WORD: Final = re.compile(r"[^\W\d_]+")


@functools.cache
def _triggers(language: str) -> dict[str, str]:
    """Return the kind of statement that each telling word, in lower case, may belong to."""
    known = cues(language)
    found = dict.fromkeys(known.words("border", "nouns"), "border")
    found |= dict.fromkeys(known.words("coast", "nouns"), "coast")
    found |= dict.fromkeys(known.words("border", "adjoins"), "adjoin")
    found |= dict.fromkeys(known.words("position", "between"), "between")
    found |= {words.split()[0]: "closer" for words in known.words("closer", "words")}
    for words in known.words("near", "words"):
        # `in der Nähe von`: the preposition tells nothing, the noun behind its article does.
        first, *others = words.split()
        if first not in known.words("inside", "words"):
            found[first] = "near"
        elif others[1:]:
            found[others[1]] = "near"
    found |= dict.fromkeys(
        known.words("path_shape", "winding") | known.words("path_shape", "straight"), "shape"
    )
    found |= dict.fromkeys(known.words("between", "road"), "road")
    found |= {words.split()[0]: "event" for words in known.words("events", "gauge")}
    return found


def _found(scene: Scene, measured: tuple[Claim, ...]) -> Iterator[Claim]:
    covered = [(claim.span.start, claim.span.end) for claim in measured if claim.direction or claim.reference]
    starts = [start for start, _ in covered]
    triggers, winds = _triggers(scene.language), tuple(scene.cues.compass.parts)
    for match in _WORD.finditer(scene.text):
        word = match[0].lower()
        trigger = triggers.get(word) or ("compass" if word.startswith(winds) else None)
        if trigger is None:
            continue
        sentence = _sentence_at(scene, match.start())
        at = bisect.bisect_right(starts, match.start()) - 1
        if sentence is None or (at >= 0 and covered[at][1] > match.start()):
            continue
        claim = _read(scene, sentence, match, trigger, measured)
        if claim is not None:
            yield claim
    yield from _at_waters(scene, measured)
    yield from contained_claims(scene, measured)
    yield from interval_claims(scene)


def _sentence_at(scene: Scene, position: int) -> Sentence | None:
    at = bisect.bisect_right(scene.sentence_starts, position) - 1
    if at < 0 or scene.sentences[at].span.end <= position:
        return None
    return scene.sentences[at]


def _read(
    scene: Scene, sentence: Sentence, match: re.Match[str], trigger: str, measured: tuple[Claim, ...]
) -> Claim | None:
    if trigger == "adjoin":
        claim = _adjoining(scene, sentence, match)
        if claim is not None or match[0].lower() not in scene.cues.words("border", "nouns"):
            return claim
        trigger = "border"
    if trigger in {"border", "coast"}:
        return _at_line(scene, sentence, match, Relation(trigger), measured)
    if trigger in _WITH_NUMBERS:
        return _WITH_NUMBERS[trigger](scene, sentence, match, measured)
    return _ALONE[trigger](scene, sentence, match)


def _at_line(
    scene: Scene,
    sentence: Sentence,
    match: re.Match[str],
    relation: Relation,
    measured: tuple[Claim, ...],
) -> Claim | None:
    """Read `Wladiwostok an der nordkoreanischen Grenze`, `on the Black Sea coast`."""
    across = _across(scene, sentence, match, measured) if relation is Relation.BORDER else None
    if across is not None:
        return across
    floor = max(sentence.span.start, match.start() - _BEFORE_NOUN)
    for preposition in cue_pattern(scene.language, relation.value, "at").finditer(
        scene.text, floor, match.start()
    ):
        line = line_at(scene, preposition.end() + 1, sentence.span.end)
        if line is None or line.end < match.end() or (relation is Relation.BORDER and line.entry is None):
            continue
        claim = _related(
            scene, sentence, preposition.start(), relation, line, measured=measured
        ) or _without_sea(scene, preposition.start(), relation, line)
        if claim is not None:
            return claim
    return None


def _across(
    scene: Scene, sentence: Sentence, match: re.Match[str], measured: tuple[Claim, ...]
) -> Claim | None:
    """Read `Tijuana, just across the border from San Diego`."""
    floor = max(sentence.span.start, match.start() - _BEFORE_NOUN)
    for words in cue_pattern(scene.language, "border", "across").finditer(
        scene.text, floor, sentence.span.end
    ):
        if words.start() <= match.start() < words.end():
            reference = reference_at(scene, words.end(), sentence.span.end, sure=False)
            if reference is not None and reference.entry is not None and reference.entry.feature in _POINTS:
                return _related(scene, sentence, words.start(), Relation.BORDER, reference, measured=measured)
    return None


def _without_sea(scene: Scene, start: int, relation: Relation, line: Reference) -> Claim | None:
    """Read `at the Pacific coast of Paraguay`: of whomever it is said, there is none."""
    country = line.entry
    if relation is not Relation.COAST or country is None or country.feature is not Feature.COUNTRY:
        return None
    is_sea = cue_pattern(scene.language, "coast", "seas").search(scene.text, start, line.end) is not None
    if not is_sea or country.country is None or not is_landlocked(country.country):
        return None
    return scene.claim((start, line.end), relation, reference=line.role)


_BEFORE_NOUN: Final = 60


def _at_waters(scene: Scene, measured: tuple[Claim, ...]) -> Iterator[Claim]:
    """Read `Odessa liegt am Schwarzen Meer`, `Sochi, on the Black Sea, …`: places on seas and lakes."""
    for resolution in scene.resolutions:
        mention, water = resolution.mention, resolution.entry
        if water is None or water.feature_code not in _WITH_SHORES or mention.kind is not Kind.TOPONYM:
            continue
        span = mention.span
        lead = _at_water(scene.language).search(scene.text, max(0, span.start - _BEFORE_WATER), span.start)
        sentence = None if lead is None else _sentence_at(scene, lead.start())
        if lead is None or sentence is None:
            continue
        if _is_part_of_name(scene, lead.start(), span.end):
            continue
        reference = Reference(Role(water.id, span, Via.NAMED), span.end, water)
        claim = _related(scene, sentence, lead.start(), Relation.COAST, reference, measured=measured)
        if (
            claim is not None
            and claim.subject is not None
            and _is_closed(scene, claim.subject.span.end, lead.start(), span.end)
        ):
            yield claim


_BEFORE_WATER: Final = 40


def _is_part_of_name(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a water belongs to the name of a town: `Schönau am Königssee`."""
    before = next((r for r in scene.before(start) if r.mention.kind is Kind.TOPONYM), None)
    if before is None or before.mention.span.end != start - 1:
        return False
    return bool(scene.gazetteer.exact(scene.text[before.mention.span.start : end]))


def _is_closed(scene: Scene, end: int, start: int, close: int) -> bool:
    """Tell whether an apposition ends: of `in Berlin, an der Ostsee Sonne` the comma only parts two."""
    if scene.text[end:start].strip() != ",":
        return True
    return re.match(r"[\s]?[,.)–]|\s?$", scene.text[close : close + 2]) is not None or bool(
        cue_pattern(scene.language, "position", "verbs").match(scene.text, close + 1)
    )


_WITH_SHORES: Final = frozenset({"SEA", "OCN", "GULF", "BAY", "LK", "LKS"})


@functools.cache
def _at_water(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('coast', 'at_water')})\s$", re.IGNORECASE)


def _adjoining(scene: Scene, sentence: Sentence, match: re.Match[str]) -> Claim | None:
    """Read `X grenzt an Y`, `das an Y grenzt`, `X borders Y`."""
    begin, limit = sentence.span.start, sentence.span.end
    start, end = match.span()
    link = _adjoining_link(scene.language).match(scene.text, end, limit)
    reference = None if link is None else reference_at(scene, link.end(), limit, sure=False)
    if reference is None and scene.cues.is_said("anaphora", "verb_last"):
        for lead in _adjoining_link(scene.language).finditer(scene.text, max(begin, start - 50), start):
            found = reference_at(scene, lead.end(), start, sure=False)
            if found is not None and found.end == start - 1:
                reference, start = found, lead.start() + 1
    if reference is None or reference.entry is None or reference.entry.feature is not Feature.COUNTRY:
        return None
    pronoun = opening_pronoun_at(scene, begin, start)
    subject = pronoun or _country_at(scene, start) or subject_before(scene, begin, start)
    if subject is None or subject.place is None or subject.place == reference.role.place:
        return None
    if scene.gazetteer.entry(subject.place).feature not in _POINTS | {Feature.COUNTRY}:
        return None
    end = max(end, reference.end)
    side = _side_behind(scene.language).match(scene.text, end, limit)
    end = end if side is None else side.end()
    return scene.claim((start, end), Relation.BORDER, subject=subject, reference=reference.role)


def _country_at(scene: Scene, start: int) -> Role | None:
    """Return the country right before `grenzt`: what its border does is said of its ground."""
    named = next(iter(scene.before(start)), None)
    if named is None or named.mention.span.end != start - 1 or named.mention.kind is not Kind.TOPONYM:
        return None
    is_country = named.entry is not None and named.entry.feature is Feature.COUNTRY
    return named_role(scene, named) if is_country else None


@functools.cache
def _side_behind(language: str) -> re.Pattern[str]:
    """Return the pattern of `in the north` behind a neighbour; nothing where the side goes before."""
    sides = cues(language).either("border", "sides")
    return re.compile(rf"\s(?:{sides})\s{compass_pattern(language)}", re.IGNORECASE)


@functools.cache
def _adjoining_link(language: str) -> re.Pattern[str]:
    known = cues(language)
    to, adverbs = known.either("border", "adjoin_to"), known.either("border", "adjoin_adverbs")
    return re.compile(
        rf"\s(?:(?:{adverbs})\s)*(?:(?:{to})\s)" + ("?" if not known.words("border", "adjoin_must") else ""),
        re.IGNORECASE,
    )


def _near(
    scene: Scene, sentence: Sentence, match: re.Match[str], measured: tuple[Claim, ...]
) -> Claim | None:
    floor = max(sentence.span.start, match.start() - 24)
    for words in cue_pattern(scene.language, "near", "words").finditer(scene.text, floor, sentence.span.end):
        if words.start() > match.start():
            break
        if words.end() >= match.end():
            reference = reference_at(scene, words.end(), sentence.span.end, sure=False)
            return _related(scene, sentence, words.start(), Relation.PROXIMITY, reference, measured=measured)
    return None


def _related(
    scene: Scene,
    sentence: Sentence,
    start: int,
    relation: Relation,
    reference: Reference | None,
    *,
    measured: tuple[Claim, ...],
) -> Claim | None:
    """Build a claim whose subject stands just before: next to it, in apposition or with a verb."""
    if reference is None:
        return None
    located = _just_located(scene, start, measured)
    begin, limit = sentence.span.start, sentence.span.end
    faces = relation is Relation.BORDER and reference.entry is not None and reference.entry.feature in _POINTS
    fronted = subject_behind_comma(scene, begin, start, reference.end, limit) if faces else None
    subject = located.subject if located is not None else fronted or subject_before(scene, begin, start)
    if subject is None or subject.place is None or subject.place == reference.role.place:
        return None
    if relation is Relation.PROXIMITY and (reference.entry is None or reference.entry.feature not in _POINTS):
        return None
    if scene.gazetteer.entry(subject.place).feature not in _POINTS:
        return None
    adjacent = 0 <= start - subject.span.end <= 3
    return scene.claim(
        (subject.span.start if adjacent else start, reference.end),
        relation,
        subject=subject,
        reference=reference.role,
    )


def _just_located(scene: Scene, start: int, measured: tuple[Claim, ...]) -> Claim | None:
    """Return the distance that `near the border` goes on from: `80 miles north of Kyiv, near the border`."""
    at = bisect.bisect_right(measured, start, key=lambda claim: claim.span.start) - 1
    if at < 0 or not 0 < start - measured[at].span.end <= _GOES_ON_WITHIN:
        return None
    between = scene.text[measured[at].span.end : start].strip(" ,")
    is_joined = not between or between in scene.cues.words("between", "and")
    return measured[at] if is_joined and measured[at].relation is Relation.DISTANCE else None


_GOES_ON_WITHIN: Final = 6


def _between(scene: Scene, sentence: Sentence, match: re.Match[str]) -> Claim | None:
    """Read `halfway between A and B`, `X lies between A and B`."""
    floor, limit = max(sentence.span.start, match.start() - 40), sentence.span.end
    lead = cue_pattern(scene.language, "position", "halfway").search(scene.text, floor, match.end())
    start = lead.start() if lead is not None else match.start()
    before = _WORD.findall(scene.text[floor:start])
    if lead is None and before and before[-1].lower() in scene.cues.words("between", "road"):
        return None
    pair = _pair(scene, match.end(), limit, "and")
    if pair is None:
        return None
    subject = (
        subject_behind_comma(scene, sentence.span.start, start, pair[1].end, limit)
        or subject_before(scene, sentence.span.start, start)
        or subject_after(scene, pair[1].end, limit)
    )
    return _on_the_way(scene, start, pair, subject, is_sure=lead is not None)


def _on_the_road(scene: Scene, sentence: Sentence, match: re.Match[str]) -> Claim | None:
    """Read `on the road from A to B`, `an der Bahnstrecke zwischen A und B`."""
    limit = sentence.span.end
    at = _at_road(scene.language).search(
        scene.text, max(sentence.span.start, match.start() - 20), match.start()
    )
    lead = None if at is None else _road_pattern(scene.language).match(scene.text, match.start(), limit)
    if at is None or lead is None:
        return None
    pair = _pair(scene, lead.end(), limit, "and" if lead["between"] else "towards")
    if pair is None:
        return None
    subject = subject_before(scene, sentence.span.start, at.start())
    return _on_the_way(scene, at.start(), pair, subject, is_sure=False)


def _pair(scene: Scene, at: int, limit: int, joint: str) -> tuple[Reference, Reference] | None:
    first = reference_at(scene, at, limit, sure=False)
    if first is None:
        return None
    link = cue_pattern(scene.language, "between", joint).match(scene.text, first.end + 1, limit)
    second = None if link is None else reference_at(scene, link.end(), limit, sure=False)
    return None if second is None else (first, second)


def _on_the_way(
    scene: Scene, start: int, pair: tuple[Reference, Reference], subject: Role | None, *, is_sure: bool
) -> Claim | None:
    """Build a claim that a place lies between two; where that is not sure, all three must be points."""
    places = [subject, pair[0].role, pair[1].role]
    entries = [scene.gazetteer.entry(role.place) for role in places if role is not None and role.place]
    is_known = len(entries) == len(places) and len({entry.id for entry in entries}) == len(places)
    if not is_sure and not (is_known and all(entry.feature in _POINTS for entry in entries)):
        return None
    return scene.claim(
        (start, pair[1].end),
        Relation.BETWEEN,
        subject=subject,
        reference=pair[1].role,
        origin=pair[0].role,
    )


@functools.cache
def _at_road(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('between', 'at')})\s$", re.IGNORECASE)


@functools.cache
def _road_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        rf"(?:{known.either('between', 'road')})(?:\s(?:{known.either('between', 'road_from')})|"
        rf"(?P<between>\s(?:{known.either('position', 'between')})))\s",
        re.IGNORECASE,
    )


def _closer(scene: Scene, sentence: Sentence, match: re.Match[str]) -> Claim | None:
    """Read `closer to A than to B`, `näher an A als an B`; the farther place is the claim's `origin`."""
    limit = sentence.span.end
    lead = _closer_pattern(scene.language).match(scene.text, match.start(), limit)
    nearer = None if lead is None else reference_at(scene, lead.end(), limit, sure=False)
    than = None if nearer is None else _than_pattern(scene.language).match(scene.text, nearer.end, limit)
    farther = None if than is None else reference_at(scene, than.end(), limit, sure=False)
    if lead is None or nearer is None or farther is None:
        return None
    if _compares_pairs(scene.language).match(scene.text, farther.end, limit) is not None:
        return None
    subject = subject_before(scene, sentence.span.start, lead.start())
    if subject is None or None in {subject.place, nearer.role.place, farther.role.place}:
        return None
    return scene.claim(
        (lead.start(), farther.end),
        Relation.PROXIMITY,
        subject=subject,
        reference=nearer.role,
        origin=farther.role,
    )


@functools.cache
def _closer_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    to = known.either("closer", "to")
    return re.compile(rf"(?:{known.either('closer', 'words')})\s(?:{to})\s", re.IGNORECASE)


@functools.cache
def _compares_pairs(language: str) -> re.Pattern[str]:
    """Return the pattern of what goes on in `X is closer to A than Y is to B`."""
    known = cues(language)
    return re.compile(
        rf"(?:\s(?:{known.either('position', 'verbs')}))?\s(?:{known.either('closer', 'to')})\s"
    )


@functools.cache
def _than_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    verbs, to = known.either("position", "verbs"), known.either("closer", "to")
    return re.compile(
        rf"(?:\s(?:{verbs}))?,?\s(?:{known.either('closer', 'than')})\s(?:(?:{to})\s)?", re.IGNORECASE
    )


def _path_shape(
    scene: Scene, sentence: Sentence, match: re.Match[str], measured: tuple[Claim, ...]
) -> Claim | None:
    """Read `Die Bahnstrecke ist jedoch umständlich`: the way between the places just related."""
    text = scene.text
    before = _shape_lead(scene.language).search(
        text, max(sentence.span.start, match.start() - 80), match.start()
    )
    if before is None:
        return None
    previous = scene.sentence_before(sentence)
    floor = previous.span.start if previous is not None else sentence.span.start
    related = [c for c in measured if floor <= c.span.start < match.start() and c.subject and c.reference]
    if not related:
        return None
    claim = related[0]
    return scene.claim(
        (before.start(), match.end()),
        Relation.PATH_SHAPE,
        subject=claim.subject,
        reference=claim.reference,
        path=path_of(scene, sentence),
    )


@functools.cache
def _shape_lead(language: str) -> re.Pattern[str]:
    known = cues(language)
    articles = known.either("anaphora", "definites")
    return re.compile(
        rf"(?<!\w)(?:(?:{articles})\s)?(?:{known.either('path_shape', 'nouns')})\s"
        rf"(?:{known.either('path_shape', 'copula')})(?:\s[^\W\d_]+){{0,3}}?\s$",
        re.IGNORECASE,
    )


_WITH_NUMBERS: Final = {"near": _near, "shape": _path_shape}
"""Readers of statements that go on from one with a number, by trigger."""

_ALONE: Final = {
    "between": _between,
    "road": _on_the_road,
    "closer": _closer,
    "event": event_place,
    "compass": direction_claim,
}
