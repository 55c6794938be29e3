"""The place a distance is measured from: read at the words that follow `von`, `of`, `from`."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from gazetteer.claims.anaphora import antecedent_of_adverb, capital_role, is_seat, noun_phrase_role
from gazetteer.claims.claim import Role, Via
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.evidence import extent_km
from gazetteer.claims.names import best_candidate, contained, containers, name_end
from gazetteer.claims.parallels import parallel_pattern
from gazetteer.claims.scene import Scene, place_id, point_of
from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.mentions import Kind
from gazetteer.reading.resolution import Resolution

_LONGEST_GAP: Final = 70
_STOPS: Final = re.compile(r"[.;:!?()\"“”„«»\n]")
_LOWER: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CONTAINER: Final = re.compile(r",\s(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place read at some position, and where its words end."""

    role: Role
    end: int
    entry: GazetteerEntry | None


def reference_at(scene: Scene, start: int, limit: int, *, sure: bool) -> Reference | None:
    """Read the place whose words begin at `start`.

    Args:
        scene: The article.
        start: First code point after the preposition.
        limit: Where the sentence ends.
        sure: Whether the words before leave no doubt that a place follows (`nördlich von`), so that
            a capitalised word no gazetteer knows is taken for a name too.
    """
    text = scene.text
    while start < limit and text[start].isspace():
        start += 1
    fixed = _adverb(scene, start, limit) or _parallel(scene, start, limit)
    if fixed is not None:
        return fixed
    limit = min(limit, start + 120)
    named = _named(scene, start, limit)
    described = _centre(scene, start, limit) or _capital(scene, start, limit, named)
    if described is not None:
        return described
    line = line_at(scene, start, limit)
    if line is not None and (named is None or line.end >= named.end or _is_past(scene, line, named)):
        return line
    if named is not None:
        return named
    unknown = _unknown_name(scene, start, limit, sure=sure)
    phrase = None if unknown is not None else noun_phrase_role(scene, start, limit)
    if phrase is not None:
        return Reference(phrase, phrase.span.end, _entry(scene, phrase))
    return unknown


def _adverb(scene: Scene, start: int, limit: int) -> Reference | None:
    """Read `dort`, `here`."""
    adverb = cue_pattern(scene.language, "anaphora", "adverbs").match(scene.text, start, limit)
    if adverb is None:
        return None
    role = antecedent_of_adverb(scene, start, adverb.end())
    return Reference(role, adverb.end(), _entry(scene, role))


def _centre(scene: Scene, start: int, limit: int) -> Reference | None:
    """Read `der Berliner Stadtmitte`, `Londons Innenstadt`, `Munich's city centre`: the town itself."""
    for resolution in scene.within(start, min(limit, start + _LONGEST_LEAD)):
        mention, place = resolution.mention, point_of(resolution)
        tail = _centre_tail(scene.language).match(scene.text, mention.span.end, limit)
        if tail is None or place is None or place.feature is not Feature.CITY:
            return None
        if not _leads_to_name(scene, start, mention.span.start):
            return None
        role = Role(place.id, scene.span(mention.span.start, tail.end()), Via.NAMED)
        return Reference(role, tail.end(), place)
    return None


_LONGEST_LEAD: Final = 24


@functools.cache
def _centre_tail(language: str) -> re.Pattern[str]:
    centres = cues(language).either("names", "centres")
    return re.compile(rf"(?:['’]s?)?\s(?:[a-zà-öø-ÿ]{{3,16}}\s)?(?:{centres})(?!\w)", re.IGNORECASE)


def _parallel(scene: Scene, start: int, limit: int) -> Reference | None:
    """Read `des Äquators`, `the 38th parallel`: no place, but a line to measure from."""
    match = parallel_pattern(scene.language).match(scene.text, start, limit)
    if match is None:
        return None
    return Reference(Role(None, scene.span(*match.span()), Via.NAMED), match.end(), None)


def _is_past(scene: Scene, line: Reference, named: Reference) -> bool:
    """Tell whether a name stands behind a border rather than being its town: `the border town of X`."""
    if named.role.span.start < line.end:
        return False
    following = _LOWER.search(scene.text, line.end, named.role.span.start)
    return following is not None and scene.cues.kind_of(following[0]) is None


def _capital(scene: Scene, start: int, limit: int, named: Reference | None) -> Reference | None:
    """Read `the Saudi capital`, `Iraq's capital`; None where its name follows: `the capital, Baghdad`."""
    match = _capital_pattern(scene.language).match(scene.text, start, limit)
    if match is None or _name_follows(scene.language).match(scene.text, match.end(), limit):
        return None
    if match["seat"] and not is_seat(scene, *match.span("seat")):
        return None
    if match["owner"] is None and named is not None and named.role.span.end <= match.end():
        return None
    role = capital_role(scene, *match.span())
    return Reference(role, role.span.end, _entry(scene, role))


@functools.cache
def _name_follows(language: str) -> re.Pattern[str]:
    known = cues(language)
    lead, joints = known.either("capital", "before_name"), known.either("listing", "and")
    return re.compile(rf",?\s(?:(?i:{lead})\s)?[^\W\d_a-z](?![^\W_]*\s(?:{joints})\s)")


@functools.cache
def _capital_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    determiners = f"{known.either('anaphora', 'definites')}"
    owner = r"(?P<owner>[^\W\d_][^\s,.;:()]{1,30})"
    return re.compile(
        rf"(?:(?i:{determiners})\s)?(?:{owner}\s)?"
        rf"(?i:{known.either('capital', 'nouns')}|(?P<seat>{known.either('capital', 'seats')}))(?!\w)"
    )


def _entry(scene: Scene, role: Role) -> GazetteerEntry | None:
    return scene.gazetteer.entry(role.place) if role.place else None


def _named(scene: Scene, start: int, limit: int) -> Reference | None:
    for resolution in scene.within(start, min(limit, start + _LONGEST_GAP)):
        mention = resolution.mention
        compound = _city_compound(scene, resolution, limit)
        if compound is not None and _leads_to_name(scene, start, mention.span.start):
            return compound
        if mention.kind is not Kind.TOPONYM:
            continue
        if not _leads_to_name(scene, start, mention.span.start):
            return None
        return _with_container(scene, resolution, limit)
    return None


def _city_compound(scene: Scene, resolution: Resolution, limit: int) -> Reference | None:
    """Read `Rhodos-Stadt`: the town where the first part names its island or country."""
    span, entry = resolution.mention.span, resolution.entry
    tail = _city_tail(scene.language).match(scene.text, span.end, limit)
    if tail is None or resolution.mention.kind is not Kind.PART or entry is None:
        return None
    near_km = (entry.extent_km or 0.0) + _CITY_KM
    towns = (
        candidate.entry
        for candidate in scene.lookup(scene.text[span.start : span.end])
        if candidate.entry.feature is Feature.CITY
        and great_circle_km(candidate.entry.position, entry.position) <= near_km
    )
    town = next(towns, None)
    return Reference(Role(place_id(town), scene.span(span.start, tail.end()), Via.NAMED), tail.end(), town)


_CITY_KM: Final = 20.0


@functools.cache
def _city_tail(language: str) -> re.Pattern[str]:
    return re.compile(rf"-(?:{cues(language).either('names', 'city_tails')})(?!\w)", re.IGNORECASE)


def _leads_to_name(scene: Scene, start: int, end: int) -> bool:
    """Tell whether only articles, adjectives and type nouns stand between preposition and name."""
    gap = scene.text[start:end]
    if _STOPS.search(gap):
        return False
    barred, parts = scene.cues.words("position", "barred"), scene.cues.words("names", "parts")
    demonyms = {r.mention.surface for r in scene.within(start, end)}
    for match in _LOWER.finditer(gap):
        word = match[0]
        if word in barred:
            return False
        if (
            word[0].isupper()
            and scene.cues.kind_of(word) is None
            and word not in demonyms
            and word not in parts
        ):
            return False
    return "," not in gap or re.search(r"[^\W\d_],\s$", gap) is not None


def _with_container(scene: Scene, resolution: Resolution, limit: int) -> Reference:
    text, span = scene.text, resolution.mention.span
    start, end, entry = span.start, span.end, point_of(resolution)
    longer = name_end(text, start, limit)
    if scene.cues.grammar.nouns_are_capitalised:
        longer = end  # a capital behind a name tells nothing
    if longer > end:
        better = scene.gazetteer.exact(text[start:longer])
        if better:
            end, entry = longer, better[0].entry
    end, entry = _narrowed(scene, start, max(end, longer), limit, entry)
    return Reference(Role(place_id(entry), scene.span(start, end), Via.NAMED), end, entry)


def _narrowed(
    scene: Scene, start: int, end: int, limit: int, entry: GazetteerEntry | None
) -> tuple[int, GazetteerEntry | None]:
    """Choose by the state or country after a comma: `Anchorage, Alaska`."""
    comma = _CONTAINER.match(scene.text, end, limit)
    if comma is None:
        return end, _unless_elsewhere(scene, end, limit, entry)
    stop = name_end(scene.text, comma.end(), limit)
    if stop == comma.end():
        return end, entry
    container = scene.text[comma.end() : stop]
    if is_fronted(scene, start) and _is_subject(scene, container, stop, limit):
        return end, entry
    inside = contained(scene, scene.text[start:end], container)
    if inside is not None:
        return stop, inside
    fits = containers(scene, container)[:1]
    # Only states and countries are sure enough to deny a namesake; a town may have its region's name.
    is_denied = entry is not None and any(
        country != entry.country or (country == "US" and admin1 is not None)
        for country, admin1 in fits
        if admin1 is None or country == "US"
    )
    # A namesake elsewhere is not the place meant by `Austin, Nevada`; in a list of towns it may be.
    if is_denied and _list_goes_on(scene.language).match(scene.text, stop, limit) is None:
        return stop, None
    return end, entry


def is_fronted(scene: Scene, position: int) -> bool:
    """Tell whether a statement opens its sentence: `Lying 40 miles east of X, Y …`, `40 km von X, …`."""
    sentence = scene.sentence_at_or_before(position)
    if sentence is None:
        return False
    begin = sentence.span.start
    lead = _fronted(scene.language).match(scene.text, begin, position)
    at = begin if lead is None else lead.end()
    quantity = next(iter(scene.quantities_within(at, position)), None)
    starts = () if quantity is None else (quantity.span.start, quantity.hedge and quantity.hedge.span.start)
    return at in starts or (lead is not None and quantity is None)


@functools.cache
def _fronted(language: str) -> re.Pattern[str]:
    words = cues(language).either("position", "fronted")
    return re.compile(rf"[\s\"'“„«»]*(?:(?:{words})\s){{1,2}}", re.IGNORECASE)


def _is_subject(scene: Scene, name: str, stop: int, limit: int) -> bool:
    """Tell whether a name behind a fronted statement is what it is said of: `…, Brighton draws`."""
    following = _LOWER.match(scene.text, stop + 1, limit)
    if not scene.text.startswith(" ", stop) or following is None or not following[0].islower():
        return False
    best = next(iter(scene.lookup(name)), None)
    return best is not None and best.entry.feature in _TOWNS


_TOWNS: Final = frozenset({Feature.CITY, Feature.ISLAND, Feature.FACILITY})


def _unless_elsewhere(
    scene: Scene, end: int, limit: int, entry: GazetteerEntry | None
) -> GazetteerEntry | None:
    """Return a place unless it is said to lie in a town that it does not: `Charing Cross in central London`.

    Of a state or country behind `in` the reader knows already; and of `30 km north of Kyiv in Brovary` the
    town is that of what is located, so that only a greater town denies a place.
    """
    lead = None if entry is None else _in_town(scene.language).match(scene.text, end, limit)
    if entry is None or lead is None:
        return entry
    for named in scene.names_within(lead.end(), lead.end() + 1):
        town = named.entry
        if town is None or town.feature is not Feature.CITY or town.population <= entry.population:
            continue
        apart_km = great_circle_km(town.position, entry.position)
        if apart_km > extent_km(town) + extent_km(entry) + _CITY_KM:
            return None
    return entry


@functools.cache
def _in_town(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{cues(language).either('inside', 'words')})\s(?:[a-zà-öø-ÿ]{{2,16}}\s)?")


@functools.cache
def _list_goes_on(language: str) -> re.Pattern[str]:
    known = cues(language)
    joints = f"{known.either('listing', 'and')}|{known.either('listing', 'or')}"
    return re.compile(rf",?\s(?:{joints})\s|,\s[^\W\d_a-z]")


def _unknown_name(scene: Scene, start: int, limit: int, *, sure: bool) -> Reference | None:
    """Take a capitalised name the reader left alone, looked up here, unresolved where unknown."""
    text = scene.text
    begin = _skip_to_capital(scene, start, limit)
    end = name_end(text, begin, limit)
    if end == begin:
        return None
    name, words = text[begin:end], text[start:begin].split()
    nouns_are_capitalised = scene.cues.grammar.nouns_are_capitalised
    if nouns_are_capitalised:
        is_noun = scene.cues.kind_of(name.split()[-1]) is not None
        # After an article and adjectives stands a noun, unless a type noun stands between: `der Stadt X`.
        if is_noun or (words and scene.cues.kind_of(words[-1]) is None):
            return None
    narrowed, entry = _narrowed(scene, begin, end, limit, None)
    if entry is None and not (sure and _CONTAINER.match(text, end, limit)):
        candidate = best_candidate(scene, name, begin)
        entry = (
            candidate.entry
            if candidate is not None and candidate.entry.feature is not Feature.COUNTRY
            else None
        )
    if entry is None and (not sure or (nouns_are_capitalised and words)):
        return None
    return Reference(Role(place_id(entry), scene.span(begin, narrowed), Via.NAMED), narrowed, entry)


def _skip_to_capital(scene: Scene, start: int, limit: int) -> int:
    """Step over articles, adjectives and type nouns before a name."""
    at, barred, is_typed = start, scene.cues.words("position", "barred"), False
    parts, links = scene.cues.words("names", "parts"), scene.cues.words("names", "type_links")
    nouns_are_capitalised = scene.cues.grammar.nouns_are_capitalised
    for _ in range(6):
        match = _LOWER.match(scene.text, at, limit)
        if match is None or match[0] in barred:
            return at
        word = match[0]
        is_type = scene.cues.kind_of(word) is not None
        if word[0].isupper() and not (nouns_are_capitalised and is_type) and word not in parts:
            return at
        if is_typed and not is_type and word not in links:
            return at
        is_typed = is_typed or is_type
        following = match.end()
        if scene.text[following : following + 1] == "," and is_type:
            following += 1
        if scene.text[following : following + 1] not in {" ", "\u00a0", "\n"}:
            return at
        at = following + 1
    return at


@functools.cache
def _line_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    nouns = f"{known.either('border', 'nouns')}|{known.either('coast', 'nouns')}"
    return re.compile(
        rf"(?:[^\W\d_]+(?:\.[^\W\d_]\.?)*(?:['’]s?)?\s){{0,3}}?(?P<noun>(?:[^\W\d_]+-)?(?:{nouns}))(?!\w)"
        rf"(?P<to>\s(?:{known.either('border', 'to')}|{known.either('border', 'of')})(?!\w))?",
        re.IGNORECASE,
    )


def line_at(scene: Scene, start: int, limit: int) -> Reference | None:
    """Read a border or coast that begins at `start`: `der Grenze zu Nordkorea`, `the Chinese border`.

    The place is the country named, or the sea of a coast.
    """
    match = _line_pattern(scene.language).match(scene.text, start, limit)
    leading = scene.cues.words("position", "prepositions") - scene.cues.words("anaphora", "definites")
    barred = scene.cues.words("position", "barred") | leading
    leads = () if match is None else scene.text[start : match.start("noun")].split()
    if match is None or any(word in barred for word in leads):
        return None
    end = match.end("noun")
    owners = [r for r in scene.within(start, match.end("noun")) if r.entry is not None]
    if match["to"]:
        for resolution in scene.within(match.end(), min(limit, match.end() + 50)):
            span = resolution.mention.span
            between = scene.text[end : span.start].split(" ")
            is_second = len(between) == 3 and between[1] in scene.cues.words("listing", "and")
            if not is_second and not _leads_to_name(scene, match.end(), span.start):
                break
            owners.append(resolution)
            end = span.end
    elif (owner := _genitive_behind(scene, end)) is not None:
        owners.append(owner)
        end = owner.mention.span.end
    entry = owners[-1].entry if owners else None
    return Reference(Role(place_id(entry), scene.span(start, end), Via.NAMED), end, entry)


def _genitive_behind(scene: Scene, end: int) -> Resolution | None:
    """Return the country of `der Westküste Australiens`."""
    named = next(iter(scene.names_within(end + 1, end + 2)), None)
    if named is None or named.entry is None or not scene.text.startswith(" ", end):
        return None
    is_genitive = scene.cues.grammar.nouns_are_capitalised and named.mention.surface.endswith("s")
    return named if is_genitive and named.entry.feature in _LANDS else None


_LANDS: Final = frozenset({Feature.COUNTRY, Feature.REGION, Feature.ISLAND})
