"""Evidence: what speaks for and against a span being a place name, as named features.

The features are about letters, frequency and neighbours, the same for every language; a language
brings its word lists and its weights (`languages/*/detection.json`, made by `scripts/train_detection.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gazetteer.places.index import Gazetteer
from gazetteer.places.rows import NameUse
from gazetteer.reading.finding import Finder, Form, Found
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.tokens import Words


@dataclass(slots=True)
class Surroundings:
    """One article's words and what they tell of each other."""

    text: str
    words: Words
    lexicon: Lexicon
    persons: Counter[str] = field(default_factory=Counter)
    """How often a word stood right behind a given name or title, or was the first of such a pair."""
    located: Counter[str] = field(default_factory=Counter)
    """How often a word stood right behind a locative preposition."""
    paired: Counter[str] = field(default_factory=Counter)
    """How often a word stood right behind another capitalised word that is no common word."""
    seen: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, text: str, words: Words, finder: Finder) -> Surroundings:
        """Gather what the whole article says about its capitalised words."""
        here = cls(text, words, finder.lexicon)
        here._gather()
        return here

    def _gather(self) -> None:
        lexicon, text = self.lexicon, self.text
        words, starts, ends = self.words.words, self.words.starts, self.words.ends
        given = lexicon.given_names
        titles = lexicon.cue("persons", "titles")
        title_endings = tuple(lexicon.cue("persons", "title_endings"))
        locative = lexicon.cue("prepositions", "locative")
        for i, word in enumerate(words):
            if not word[0].isupper():
                continue
            self.seen[word] += 1
            if not i:
                continue
            gap = text[ends[i - 1] : starts[i]]
            if gap not in {" ", "-", ". "}:
                continue
            previous = words[i - 1]
            lower = previous.lower()
            if gap == " " and lower in locative:
                self.located[word] += 1
            if (
                gap == " "
                and previous[0].isupper()
                and lexicon.name_share(lower) >= 6
                and lexicon.frequency(lower) < 7
            ):
                self.paired[word] += 1
            if previous[0].isupper() and (
                previous in given
                and lexicon.name_share(lower) >= 7
                or lower in titles
                or len(previous) > 7
                and lower.endswith(title_endings)
            ):
                self.persons[word] += 1
                if previous in given:
                    self.persons[previous] += 1


def features_of(found: Found, here: Surroundings, finder: Finder, overlapping: Sequence[Found]) -> list[str]:
    """Return the names of the features that hold for a candidate."""
    form = found.form.value[0]
    features = [f"{form} {feature}" for feature in _of_letters(found, here, finder)]
    features += [f"{form} {feature}" for feature in _of_neighbours(found, here, finder)]
    for other in overlapping:
        if other is found or other.form is Form.UNKNOWN and found.form is not Form.UNKNOWN:
            continue
        if other.start <= found.start and found.end <= other.end:
            if (other.start, other.end) != (found.start, found.end):
                features.append(f"{form} inside {other.form}")
            else:
                features.append(f"{form} also {other.form}")
        elif found.start <= other.start and other.end <= found.end:
            features.append(f"{form} holds {other.form}")
        else:
            features.append(f"{form} crosses {other.form}")
    return features


def _of_letters(found: Found, here: Surroundings, finder: Finder) -> list[str]:
    lexicon = here.lexicon
    surface = here.text[found.start : found.end]
    size = found.last - found.first + 1
    features = [f"shape {found.shape}", f"words {min(size, 4)}", "bias"]
    if size == 1:
        lower = surface.lower()
        frequency = lexicon.frequency(lower)
        share = lexicon.name_share(lower)
        if found.shape == "genitive" and not frequency:
            frequency = lexicon.frequency(found.name.lower())
            share = lexicon.name_share(found.name.lower())
        group = (
            "unknown"
            if not frequency
            else "word"
            if share == 0
            else "rather word"
            if share < 4
            else "either"
            if share < 8
            else "name"
        )
        features += [f"use {group}", f"use {group} {frequency}"]
        if found.form is Form.DEMONYM:
            case = (
                "lower"
                if surface[0].islower()
                else "er"
                if lower.endswith(("er", "ers", "ern", "erin"))
                else "upper"
            )
            features += [
                f"case {case}",
                f"case {case} {group}",
                f"case {case} {found.shape} {group} {frequency}",
            ]
        if lower in lexicon.cue("calendar", "names"):
            features.append("calendar")
        if surface in lexicon.given_names:
            features.append("given name")
        if surface in lexicon.surnames:
            features.append("surname")
        if lower in lexicon.cue("persons", "titles"):
            features.append("title")
    else:
        first = here.words.words[found.first].lower()
        if first in lexicon.cue("articles", "all") or lexicon.frequency(first) >= 6:
            features.append("begins with function word")
        if here.words.words[found.first] in lexicon.given_names:
            features.append("begins with given name")
    if surface.isupper():
        features.append(f"capitals {min(len(surface), 5)}")
    last = here.words.words[found.last].lower()
    if last in lexicon.cue("places", "endings"):
        features.append("ends in head")
    if last in lexicon.cue("organisations", "heads"):
        features.append("ends in organisation")
    if found.places:
        best = found.places[0]
        prominence = int(20 * finder.gazetteer.prominence_at(best))
        features += [f"prominence {prominence}", f"kind {finder.feature_at(best)}"]
        if size == 1:
            features.append(f"use {group} prominence {prominence // 2}")
        standing = finder.standing(found.name, best)
        features += [
            f"standing {standing}",
            f"standing {standing} {'capitals' if surface.isupper() else 'mixed'}",
        ]
        if surface.isupper():
            features.append(f"capitals {finder.feature_at(best)}")
        if size == 1:
            features.append(f"standing {standing} {group}")
    if found.form is Form.PART:
        rest = here.text[found.end : found.container_end].strip("-").lower()
        features.append(f"rest frequency {lexicon.frequency(rest) // 2}")
        if rest.endswith(tuple(lexicon.cue("persons", "title_endings"))):
            features.append("rest title")
        if rest.rstrip("s") in lexicon.cue("readings", "part_of_place"):
            features.append("rest place")
    if size == 1:
        if lower.endswith(finder.toponymic):
            features.append("toponymic")
        stem = found.name.lower() if found.shape == "genitive" else lower
        sound = lexicon.sounds_like_a_place(stem)
        features.append(f"sound {sound // 2}")
        if group == "unknown":
            features.append(f"sound {sound // 2} unknown")
            if lexicon.language == "de" and lexicon.ends_in_a_word(lower):
                features.append("ends in a word")
    return features


def _of_neighbours(found: Found, here: Surroundings, finder: Finder) -> list[str]:
    lexicon, text = here.lexicon, here.text
    words, starts, ends = here.words.words, here.words.starts, here.words.ends
    surface = text[found.start : found.end]
    before = text[ends[found.first - 1] : found.start] if found.first else "^"
    features = []
    previous = words[found.first - 1] if found.first else ""
    touching = before in {" ", "-"}
    lower = previous.lower()
    locative = lower in lexicon.cue("prepositions", "locative")
    if touching:
        features += _described("before", previous, here)
        if found.first > 1 and text[ends[found.first - 2] : starts[found.first - 1]] == " ":
            features += [f"two {feature}" for feature in _described("before", words[found.first - 2], here)]
    else:
        features.append(f"gap {_punctuation(before)}")
    frequency = lexicon.frequency(surface.lower())
    share = lexicon.name_share(surface.lower()) if frequency else 9
    group = "unknown" if not frequency else "word" if share < 4 else "name"
    kind = "locative" if touching and locative else "other" if touching else "none"
    features.append(f"placed {kind} {group}")
    if touching and lexicon.frequency(lower) >= 6:
        features.append(f"before {lower} {group}")
    size = (
        "big"
        if found.places and finder.gazetteer.prominence_at(found.places[0]) > 0.5
        else "small"
        if found.places
        else "none"
    )
    features.append(f"placed {kind} {group} {size}")
    after = text[found.container_end : starts[found.last + 1]] if found.last + 1 < len(starts) else "$"
    if found.form is Form.PART:
        after = "-"
    if found.last + 1 < len(words) and after in {" ", "-"}:
        features += _described("after", words[found.last + 1], here)
        if words[found.last + 1].lower() in lexicon.cue("organisations", "heads"):
            features.append("before organisation")
    else:
        features.append(f"then {_punctuation(after)}")
        if after == ", " and words[found.last + 1][0].isupper() and finder.prominent(words[found.last + 1]):
            features.append("then place")
    if (not found.first or "\n" in before) and after.strip()[:1] in {"-", "–", "—", "(", "/", ":", ","}:
        features.append(f"dateline {after.strip()[:1]}")
    if found.first and before in {", ", "/", " – ", " - ", "-"} and finder.prominent(previous):
        features.append("list of places")
    if (
        found.first
        and before in {", ", " "}
        and lower in {"und", "and", "oder", "or"}
        and finder.prominent(words[found.first - 2])
    ):
        features.append("and place")
    if touching and previous in lexicon.given_names:
        features.append("behind given name")
    key = words[found.first] if found.first == found.last else surface
    if here.persons[key] or (key.endswith("s") and here.persons[key[:-1]]):
        features.append("person here")
    if size_one := found.first == found.last:
        apart = here.paired[key] - (touching and bool(previous) and previous[0].isupper())
        if apart > 0:
            features.append("paired elsewhere here")
    if size_one and here.seen[key] > 1:
        features.append(f"seen {min(here.seen[key], 4)}")
    if here.located[words[found.first]]:
        features.append("located here")
        if here.located[words[found.first]] - (touching and locative) > 0:
            features.append("located elsewhere here")
    return features


def _described(where: str, word: str, here: Surroundings) -> list[str]:
    lexicon = here.lexicon
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
    for part, name in (
        ("prepositions", "locative"),
        ("prepositions", "neutral"),
        ("prepositions", "contracted"),
        ("articles", "all"),
        ("articles", "possessive"),
        ("persons", "titles"),
        ("places", "nouns"),
        ("places", "endings"),
        ("organisations", "clubs"),
        ("organisations", "heads"),
        ("readings", "acts"),
    ):
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
