"""Evidence: what speaks for and against a span being a place name, as named features.

The features are about letters, frequency and neighbours, the same for every language; a language
brings its word lists and its weights (`languages/*/detection.json`, made by `scripts/train_detection.py`).

They come in pieces that depend on little, each with a key: the letters of the span, the word before it,
the word behind it. So whoever weighs them can keep the sum of a piece and never build it twice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeAlias

from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.company import Company
from gazetteer.reading.finding import Finder
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.surroundings import Surroundings

Piece: TypeAlias = tuple[Hashable, Callable[[], list[str]]]
"""A key, and how to build the features it stands for."""

_CUES_DESCRIBED = (
    ("prepositions", "locative"),
    ("prepositions", "neutral"),
    ("prepositions", "contracted"),
    ("articles", "all"),
    ("articles", "possessive"),
    ("articles", "indefinite"),
    ("persons", "titles"),
    ("places", "nouns"),
    ("places", "endings"),
    ("organisations", "clubs"),
    ("organisations", "heads"),
    ("readings", "acts"),
)
_TOUCHING = frozenset({" ", "-"})
_LISTING = frozenset({", ", "/", " – ", " - ", "-"})
_AND = frozenset({"und", "and", "oder", "or"})
_DATELINE = frozenset("-–—(/:,")
_LONGEST_CODE = 4
"""Letters; longer runs of capitals are words rather than abbreviations."""


def features_of(found: Found, here: Surroundings, finder: Finder, overlapping: Sequence[Found]) -> list[str]:
    """Return the names of all features that hold for a candidate."""
    features = [feature for _key, build in pieces_of(found, here, finder) for feature in build()]
    return features + flags_of(found, here, finder, overlapping)


def pieces_of(found: Found, here: Surroundings, finder: Finder) -> Iterator[Piece]:
    """Yield the features that depend on the span's letters and on one neighbour at a time."""
    text, words = here.text, here.words.words
    starts, ends = here.words.starts, here.words.ends
    lexicon = here.lexicon
    surface = text[found.start : found.end]
    rest = text[found.end : found.container_end] if found.form is Form.PART else ""
    yield ("letters", surface, found.shape, found.name, rest), lambda: _of_letters(found, here, finder)
    group = finder.group(surface)
    bulk = finder.bulk(found.places)
    if found.first:
        previous = words[found.first - 1]
        before = text[ends[found.first - 1] : found.start]
    else:
        previous, before = "", "^"
    if before in _TOUCHING:
        yield ("before", previous, group, bulk), lambda: _before(previous, group, bulk, lexicon)
        if found.first > 1 and text[ends[found.first - 2] : starts[found.first - 1]] == " ":
            second = words[found.first - 2]
            yield ("two before", second), lambda: [f"two {f}" for f in _described("before", second, lexicon)]
    else:
        mark = _punctuation(before)
        yield (
            ("gap", mark, group, bulk),
            lambda: [f"gap {mark}", f"placed none {group}", f"placed none {group} {bulk}"],
        )
    following = words[found.last + 1] if found.last + 1 < len(words) else ""
    after = _gap_after(found, here)
    if following and after in _TOUCHING:
        yield ("after", following), lambda: _after(following, lexicon)
    else:
        closing = _punctuation(after)
        yield ("then", closing), lambda: [f"then {closing}"]


def flags_of(found: Found, here: Surroundings, finder: Finder, overlapping: Sequence[Found]) -> list[str]:
    """Return the features that depend on the article as a whole, and on competing candidates."""
    flags = _of_article(found, here, finder)
    for other in overlapping:
        if other is found or (other.form is Form.UNKNOWN and found.form is not Form.UNKNOWN):
            continue
        if other.end <= found.start or found.end <= other.start:
            continue
        if other.start <= found.start and found.end <= other.end:
            same = (other.start, other.end) == (found.start, found.end)
            flags.append(f"{'also' if same else 'inside'} {other.form}")
        elif found.start <= other.start and other.end <= found.end:
            flags.append(f"holds {other.form}")
        else:
            flags.append(f"crosses {other.form}")
    return flags


def company_flags(found: Found, company: Company, here: Surroundings, finder: Finder) -> list[str]:
    """Return the features that depend on the sure names of the article."""
    surface = here.text[found.start : found.end]
    return company.flags(found, finder.group(surface), finder.bulk(found.places))


def _gap_after(found: Found, here: Surroundings) -> str:
    if found.form is Form.PART:
        return "-"
    if found.last + 1 >= len(here.words.starts):
        return "$"
    return here.text[found.container_end : here.words.starts[found.last + 1]]


def _of_article(found: Found, here: Surroundings, finder: Finder) -> list[str]:  # noqa: C901 - a list of signs
    text, words, ends = here.text, here.words.words, here.words.ends
    flags: list[str] = []
    previous = words[found.first - 1] if found.first else ""
    before = text[ends[found.first - 1] : found.start] if found.first else "^"
    after = _gap_after(found, here)
    if after == ", " and words[found.last + 1][0].isupper() and finder.prominent(words[found.last + 1]):
        flags.append("then place")
    if after == ", " and finder.names_area(text, here.words.starts[found.last + 1]):
        flags.append("then area")
    if not previous or "\n" in before:
        flags += _of_line_start(found, text, after)
    if before in _LISTING and finder.prominent(previous):
        flags.append("list of places")
    if before == " " and found.first > 1 and previous in _AND and finder.prominent(words[found.first - 2]):
        flags.append("and place")
    key = words[found.first] if found.first == found.last else text[found.start : found.end]
    if here.persons[key] or (key.endswith("s") and here.persons[key[:-1]]):
        flags.append("person here")
    if found.first == found.last:
        behind_capital = before in _TOUCHING and previous[0].isupper()
        if here.paired[key] > behind_capital:
            flags.append("paired elsewhere here")
        if here.seen[key] > 1:
            flags.append(f"seen {min(here.seen[key], 4)}")
    if located := here.located[words[found.first]]:
        flags.append("located here")
        if located > (before == " " and previous.lower() in here.lexicon.cue("prepositions", "locative")):
            flags.append("located elsewhere here")
    return flags


def _of_line_start(found: Found, text: str, after: str) -> list[str]:
    mark = after.strip()[:1]
    if mark in _DATELINE and mark:
        flags = [f"dateline {mark}"]
    elif mark == "." and not text[found.start : found.end].isupper():
        flags = ["dateline ."]
    else:
        return []
    if text[found.start : found.end].isupper() and found.end - found.start > _LONGEST_CODE:
        flags += ["dateline capitals", f"dateline capitals {mark}"]
    return flags


def _of_letters(found: Found, here: Surroundings, finder: Finder) -> list[str]:
    lexicon = here.lexicon
    surface = here.text[found.start : found.end]
    words = here.words.words
    single = found.first == found.last
    features = [f"shape {found.shape}", f"words {min(found.last - found.first + 1, 4)}", "bias"]
    group = ""
    if single:
        group, of_word = _of_word(found, surface, lexicon)
        features += of_word
    else:
        first = words[found.first]
        if first.lower() in lexicon.cue("articles", "all") or lexicon.frequency(first.lower()) >= 6:
            features.append("begins with function word")
        if first in lexicon.given_names:
            features.append("begins with given name")
    if surface.isupper():
        features.append(f"capitals {min(len(surface), 5)}")
    last = words[found.last].lower()
    if last in lexicon.cue("places", "endings"):
        features.append("ends in head")
    if last in lexicon.cue("organisations", "heads"):
        features.append("ends in organisation")
    if found.places:
        features += _of_best_place(found, surface, group, finder)
    if found.form is Form.PART:
        features += _of_rest(here.text[found.end : found.container_end].strip("-").lower(), lexicon)
    if single:
        features += _of_sound(found, surface.lower(), group, finder)
    return features


def _of_word(found: Found, surface: str, lexicon: Lexicon) -> tuple[str, list[str]]:
    """Return what the word is to the word list, in one word, and the features that follow."""
    lower = surface.lower()
    frequency, share = lexicon.frequency(lower), lexicon.name_share(lower)
    if found.shape == "genitive" and not frequency:
        frequency, share = lexicon.frequency(found.name.lower()), lexicon.name_share(found.name.lower())
    groups = ((1, "word"), (4, "rather word"), (8, "either"), (10, "name"))
    group = next(name for below, name in groups if share < below) if frequency else "unknown"
    features = [f"use {group}", f"use {group} {frequency}"]
    if found.form is Form.DEMONYM:
        people = lower.endswith(("er", "ers", "ern", "erin"))
        case = "lower" if surface[0].islower() else "er" if people else "upper"
        features += [f"case {case}", f"case {case} {group}", f"case {case} {found.shape} {group} {frequency}"]
    for holds, feature in (
        (lower in lexicon.cue("calendar", "names"), "calendar"),
        (surface in lexicon.given_names, "given name"),
        (surface in lexicon.surnames, "surname"),
        (lower in lexicon.cue("persons", "titles"), "title"),
    ):
        if holds:
            features.append(feature)
    return group, features


def _of_best_place(found: Found, surface: str, group: str, finder: Finder) -> list[str]:
    best = found.places[0]
    prominence = int(20 * finder.gazetteer.prominence_at(best))
    standing = finder.standing(found.name, best)
    features = [
        f"prominence {prominence}",
        f"kind {finder.feature_at(best)}",
        f"standing {standing}",
        f"standing {standing} {'capitals' if surface.isupper() else 'mixed'}",
    ]
    if surface.isupper():
        features.append(f"capitals {finder.feature_at(best)}")
    if group:
        features += [f"use {group} prominence {prominence // 2}", f"standing {standing} {group}"]
    return features


def _of_rest(rest: str, lexicon: Lexicon) -> list[str]:
    """Return what the other part of a compound says."""
    features = [f"rest frequency {lexicon.frequency(rest) // 2}"]
    if rest.endswith(tuple(lexicon.cue("persons", "title_endings"))):
        features.append("rest title")
    if rest.rstrip("s") in lexicon.cue("readings", "part_of_place"):
        features.append("rest place")
    return features


def _of_sound(found: Found, lower: str, group: str, finder: Finder) -> list[str]:
    features = ["toponymic"] if lower.endswith(finder.toponymic) else []
    sound = finder.lexicon.sounds_like_a_place(found.name.lower() if found.shape == "genitive" else lower)
    features.append(f"sound {sound // 2}")
    if group == "unknown":
        features.append(f"sound {sound // 2} unknown")
        if finder.lexicon.language == "de" and finder.lexicon.ends_in_a_word(lower):
            features.append("ends in a word")
    return features


def _before(previous: str, group: str, bulk: str, lexicon: Lexicon) -> list[str]:
    lower = previous.lower()
    features = _described("before", previous, lexicon)
    kind = "locative" if lower in lexicon.cue("prepositions", "locative") else "other"
    features += [f"placed {kind} {group}", f"placed {kind} {group} {bulk}"]
    if lexicon.frequency(lower) >= 6:
        features.append(f"before {lower} {group}")
    if previous in lexicon.given_names:
        features.append("behind given name")
    return features


def _after(following: str, lexicon: Lexicon) -> list[str]:
    features = _described("after", following, lexicon)
    if following.lower() in lexicon.cue("organisations", "heads"):
        features.append("before organisation")
    return features


def _described(where: str, word: str, lexicon: Lexicon) -> list[str]:
    lower = word.lower()
    features = [
        f"{where} capital"
        if word[0].isupper()
        else f"{where} digit"
        if word[0].isdigit()
        else f"{where} small"
    ]
    if lexicon.frequency(lower) >= 6:
        features.append(f"{where} {lower}")
    for part, name in _CUES_DESCRIBED:
        if lower in lexicon.cue(part, name):
            features.append(f"{where} {part} {name}")
    if word[0].isupper():
        if word in lexicon.given_names and lexicon.name_share(lower) >= 5:
            features.append(f"{where} given name")
        if word in lexicon.surnames:
            features.append(f"{where} surname")
        share = lexicon.name_share(lower) if lexicon.frequency(lower) else -1
        features.append(f"{where} capital {'unknown' if share < 0 else 'word' if share < 4 else 'name'}")
        if len(word) > 7 and lower.endswith(tuple(lexicon.cue("persons", "title_endings"))):
            features.append(f"{where} title ending")
    elif lower in lexicon.demonyms or "isch" in lower:
        features.append(f"{where} adjective")
    return features


def _punctuation(gap: str) -> str:
    if "\n" in gap:
        return "line"
    return gap.strip()[:1] or "blank"
