"""Evidence: what speaks for and against a span being a place name, as named features.

The features are about letters, frequency and neighbours, the same for every language; a language
brings its word lists and its weights (`languages/*/detection.json`, made by `scripts/train_detection.py`).

They come in pieces that depend on little: the letters of the span, the word before it, the word behind it.
A piece says what it depends on; `features_in` makes features of it. So whoever weighs candidates can keep
the sum of a piece and never build it twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from gazetteer.reading.candidates import DEMONYM, PART, UNKNOWN, Found, Letters
from gazetteer.reading.company import Company
from gazetteer.reading.enumerations import DEGREES, JOINTS
from gazetteer.reading.finding import Finder
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.neighbours import Neighbour
from gazetteer.reading.organisations import in_organisation
from gazetteer.reading.spellings import PLACINGS
from gazetteer.reading.surroundings import Surroundings

Piece: TypeAlias = Letters | tuple[object, ...]
"""The letters of a span; or the name of another kind of evidence, and all that it depends on."""
_TOUCHING: Final = frozenset({" ", "-"})
_LISTING: Final = frozenset({", ", "/", " – ", " - ", "-"})
_DATELINE: Final = frozenset("-–—(/:,")
_BEFORE_AGE: Final = frozenset({", ", " ("})
_LONGEST_CODE: Final = 4
"""Letters; longer runs of capitals are words rather than abbreviations."""


def features_of(found: Found, here: Surroundings, finder: Finder, overlapping: Sequence[Found]) -> list[str]:
    """Return the names of all features that hold for a candidate."""
    pieces, flags = evidence_of(found, here, finder, overlapping)
    return [name for piece in pieces for name in features_in(piece, found, here, finder)] + flags


def evidence_of(  # noqa: C901, PLR0912 - a list of signs, in one go as they share neighbours
    found: Found, here: Surroundings, finder: Finder, overlapping: Sequence[Found]
) -> tuple[list[Piece], list[str]]:
    """Return the evidence on a candidate, apart from the other names of the article.

    Returns:
        Pieces, of the letters and of one neighbour at a time; and features that depend on the article as a
        whole, on several words, or on competing candidates.
    """
    words, gaps, neighbours = here.words.words, here.words.gaps, finder.neighbours
    first, last = found.first, found.last
    before, after = gaps[first] if first else "^", _gap_after(found, here)
    letters = found.letters or finder.spellings.of(found, here.text)
    pieces: list[Piece] = [letters]
    flags: list[str] = []
    behind_locative = behind_capital = False
    if before in _TOUCHING:
        previous = neighbours[words[first - 1]]
        pieces.append(("before", previous, letters.placing))
        if first > 1 and gaps[first - 1] == " ":
            pieces.append(("two before", neighbours[words[first - 2]]))
        behind_capital, behind_locative = previous.capital, previous.locative and before == " "
    else:
        pieces.append(("gap", _punctuation(before), letters.placing))
    if after in _TOUCHING and last + 1 < len(words):
        pieces.append(("after", neighbours[words[last + 1]]))
    else:
        pieces.append(("then", _punctuation(after)))

    if after == " ":
        if last > first and _is_genitive_of_place(words[last + 1], finder):
            flags.append("before genitive of place")
    elif after in _BEFORE_AGE or after[:1] == ".":
        flags += _of_mark_after(found, here, finder, after)
    if before != " ":
        flags += _of_mark_before(found, here, finder, after)
    elif first > 1 and words[first - 1] in finder.ands and finder.prominent(words[first - 2]):
        flags.append("and place")
    if found.form is not PART and in_organisation(found, here):
        flags += _of_organisation(found, here, letters)
    if here.headlines and here.in_headline(found.start):
        flags += _of_headline(found, words)
    word = words[first]
    if word in here.located:
        flags.append("located here")
        if here.located[word] > behind_locative:
            flags.append("located elsewhere here")
    if first == last:
        if word in here.persons or (word[-1] == "s" and word[:-1] in here.persons):
            flags.append("person here")
        if word in here.paired and here.paired[word] > behind_capital:
            flags.append("paired elsewhere here")
        times = here.seen.get(word, 0)
        if times > 1:
            flags.append(_SEEN[times] if times < _OFTEN else _SEEN[_OFTEN])
        if times and word.lower() in here.vocabulary:
            flags += ["small here", f"small here {finder.spellings.group(word)}"]
    if len(overlapping) > 1:
        flags += _of_rivals(found, overlapping)
    return pieces, flags


_SEEN: Final = ("", "", "seen 2", "seen 3", "seen 4")
_OFTEN: Final = len(_SEEN) - 1


def _gap_after(found: Found, here: Surroundings) -> str:
    if found.form is PART:
        return "-"
    words, behind = here.words, found.last + 1
    if behind >= len(words.words):
        return ""
    if found.container_end == words.ends[found.last]:
        return words.gaps[behind]
    return here.text[found.container_end : words.starts[behind]]


def features_in(piece: Piece, found: Found, here: Surroundings, finder: Finder) -> list[str]:
    """Return the features that a piece stands for; `found` is asked for its letters only."""
    return _of_letters(found, here, finder) if isinstance(piece, Letters) else features_beside(piece)


def features_beside(piece: Piece) -> list[str]:
    """Return the features that a piece stands for, of all but the letters.

    Raises:
        ValueError: If there is no such evidence.
    """
    match piece:
        case "before", Neighbour() as neighbour, placing:
            features = _before(neighbour, *str(placing).split())
        case "two before", Neighbour() as neighbour:
            features = [f"two before {sign}" for sign in neighbour.signs]
        case "gap", mark, placing:
            group, bulk = str(placing).split()
            features = [f"gap {mark}", f"placed none {group}", f"placed none {group} {bulk}"]
        case "after", Neighbour() as neighbour:
            features = _after(neighbour)
        case "company", int() as degree, region, placing:
            features = _of_company(degree, *str(placing).split(), region=bool(region))
        case "listed", side, joint, degree:
            features = [f"listed {side} {degree}", f"listed {side} {joint} {degree}"]
        case "then", mark:
            features = [f"then {mark}"]
        case _:
            raise ValueError(f"no such evidence: {piece!r:.60}")
    return features


def _of_rivals(found: Found, overlapping: Sequence[Found]) -> list[str]:
    """Return how a candidate lies to others that it overlaps."""
    flags: list[str] = []
    for other in overlapping:
        if other is found or (other.form is UNKNOWN and found.form is not UNKNOWN):
            continue
        if other.end <= found.start or found.end <= other.start:
            continue
        if other.start <= found.start and found.end <= other.end:
            relation = "also " if (other.start, other.end) == (found.start, found.end) else "inside "
        elif found.start <= other.start and other.end <= found.end:
            relation = "holds "
        else:
            relation = "crosses "
        if (flag := relation + other.form) not in flags:
            flags.append(flag)
    return flags


def company_pieces(found: Found, company: Company, here: Surroundings, finder: Finder) -> list[Piece]:
    """Return what the evidence depends on that lies in the other names of the article."""
    pieces: list[Piece] = [("listed", *listed) for listed in company.lists.of(found)]
    degree, region = company.of(found)
    if degree or region:
        pieces.append(("company", degree, region, finder.spellings.of(found, here.text).placing))
    return pieces


COMPANY_PIECES: Final[tuple[tuple[Piece, ...], ...]] = (
    tuple(
        ("company", degree, region, placing)
        for degree in range(4)
        for region in (False, True)
        for placing in PLACINGS
    ),
    *(
        tuple(("listed", side, joint, degree) for joint in sorted(JOINTS) for degree in DEGREES)
        for side in ("behind", "before")
    ),
)
"""All pieces that `company_pieces` can return, in rows of which each gives one at most."""


def company_flags(found: Found, company: Company, here: Surroundings, finder: Finder) -> list[str]:
    """Return the names of the features that depend on the other names of the article."""
    pieces = company_pieces(found, company, here, finder)
    return [feature for piece in pieces for feature in features_in(piece, found, here, finder)]


def _of_company(degree: int, group: str, bulk: str, *, region: bool) -> list[str]:
    features = []
    if degree:
        features += [f"company {degree}", f"company {degree} {group}", f"company {degree} {bulk}"]
    if region:
        features += ["region named", f"region named {group}"]
    return features


def _of_organisation(found: Found, here: Surroundings, letters: Letters) -> list[str]:
    flags = ["in organisation", f"in organisation {letters.placing.split()[1]}"]
    words, first = here.words.words, found.first
    if first and words[first - 1].lower() in here.lexicon.cue("articles", "all"):
        flags.append("in organisation behind article")
    return flags


def _of_headline(found: Found, words: list[str]) -> list[str]:
    first, behind = found.first, found.last + 1
    flags = ["headline"]
    if first and words[first - 1][0].isupper():
        flags.append("headline behind capital")
    if behind < len(words) and words[behind][0].isupper():
        flags.append("headline before capital")
    return flags


def _is_genitive_of_place(word: str, finder: Finder) -> bool:
    """Tell whether a word says whose part a name is: `Russlands` behind `Ferner Osten`."""
    return any(
        word.endswith(ending) and finder.prominent(word.removesuffix(ending))
        for ending in finder.profiles.genitives
    )


def _of_mark_after(found: Found, here: Surroundings, finder: Finder, after: str) -> list[str]:
    """Return what punctuation behind a candidate says, with the word behind that."""
    words, behind = here.words.words, found.last + 1
    flags: list[str] = []
    if after == ", ":
        if words[behind][0].isupper() and finder.prominent(words[behind]):
            flags.append("then place")
        if finder.names_area(here.text, here.words.starts[behind]):
            flags.append("then area")
    if after in _BEFORE_AGE and words[behind].isdigit() and len(words[behind]) <= 2:
        flags.append("then age")
    if after[:1] == "." and found.first == found.last:
        word = words[found.first]
        if word[0].isupper() and word.lower() in here.lexicon.cue("persons", "titles"):
            flags.append("short title")
    return flags


def _of_mark_before(found: Found, here: Surroundings, finder: Finder, after: str) -> list[str]:
    """Return what punctuation before a candidate says, or the beginning of a line."""
    words, gaps, first = here.words.words, here.words.gaps, found.first
    if not first:
        return _of_line_start(found, here.text, after)
    flags: list[str] = []
    previous, before = words[first - 1], gaps[first]
    if "\n" in before:
        flags += _of_line_start(found, here.text, after)
    if before in _LISTING and finder.prominent(previous):
        flags.append("list of places")
    if (
        before == ", "
        and previous[0].isupper()
        and found.places
        and finder.feature_at(found.places[0]) == "region"
    ):
        flags.append("region behind name")
    if before == ". ":
        if previous.lower() in here.lexicon.cue("persons", "titles"):
            flags.append("behind short title")
        elif len(previous) == 1 and first > 1 and gaps[first - 1] == " ":
            flags.append(f"initial {'capital' if words[first - 2][0].isupper() else 'small'}")
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
        features += lexicon.classes.of_word(found.name if found.shape == "genitive" else surface)
    else:
        first = words[found.first]
        if first.lower() in lexicon.cue("articles", "all") or lexicon.frequency(first.lower()) >= 6:
            features.append("begins with function word")
        if first in lexicon.given_names:
            features.append("begins with given name")
        opens, closes = _kind_of(first, finder), _kind_of(words[found.last], finder)
        features += [
            f"opens {opens}",
            f"closes {closes}",
            f"opens {opens} closes {closes}",
            f"opens {opens} {found.shape}",
            f"opens {opens} closes {closes} {found.shape}",
            f"closes {closes} {found.shape}",
            *(f"first {name}" for name in lexicon.classes.of_word(first)),
            *(f"first small {name}" for name in lexicon.classes.of_word(first.lower(), (6,))),
            *(f"last {name}" for name in lexicon.classes.of_word(words[found.last])),
        ]
    if surface.isupper():
        features.append(f"capitals {min(len(surface), 5)}")
    last = words[found.last].lower()
    if last in lexicon.cue("places", "endings"):
        features.append("ends in head")
    if last in lexicon.cue("organisations", "heads"):
        features.append("ends in organisation")
    if found.places:
        features += _of_best_place(found, surface, group, finder)
    if found.form is PART:
        features += _of_rest(here.text[found.end : found.container_end].strip("-").lower(), lexicon)
    if single:
        features += _of_sound(found, surface.lower(), group, finder)
    return features


def _kind_of(word: str, finder: Finder) -> str:
    """Tell what a word of a longer name is by itself."""
    lower = word.lower()
    if lower in finder.lexicon.cue("places", "endings"):
        return "head"
    if lower in finder.lexicon.cue("places", "nouns"):
        return "place noun"
    if finder.forms.is_adjective(word):
        return "adjective"
    if finder.prominent(word):
        return "place"
    return finder.spellings.group(word)


def _of_word(found: Found, surface: str, lexicon: Lexicon) -> tuple[str, list[str]]:
    """Return what the word is to the word list, in one word, and the features that follow."""
    lower = surface.lower()
    frequency, share = lexicon.frequency(lower), lexicon.name_share(lower)
    if found.shape == "genitive" and not frequency:
        frequency, share = lexicon.frequency(found.name.lower()), lexicon.name_share(found.name.lower())
    groups = ((1, "word"), (4, "rather word"), (8, "either"), (10, "name"))
    group = next(name for below, name in groups if share < below) if frequency else "unknown"
    features = [f"use {group}", f"use {group} {frequency}", f"shape {found.shape} {group}"]
    if found.form is DEMONYM:
        people = lower.endswith(lexicon.grammar.inhabitant_endings)
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
        f"standing {standing} {finder.feature_at(best)}",
    ]
    if surface.isupper():
        kind = finder.feature_at(best)
        features += [f"capitals {kind}", f"capitals {kind} {standing} {min(len(surface), 5)}"]
    if group:
        features += [f"use {group} prominence {prominence // 2}", f"standing {standing} {group}"]
    else:
        features += [
            f"words {min(found.last - found.first + 1, 4)} standing {standing}",
            f"several prominence {prominence // 2}",
        ]
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
        if finder.lexicon.grammar.compounds and finder.lexicon.ends_in_a_word(lower):
            features.append("ends in a word")
    return features


def _before(neighbour: Neighbour, group: str, bulk: str) -> list[str]:
    features = [f"before {sign}" for sign in neighbour.signs]
    kind = neighbour.kind
    features += [f"placed {kind} {group}", f"placed {kind} {bulk}", f"placed {kind} {group} {bulk}"]
    if neighbour.said:
        features.append(f"before {neighbour.said} {group}")
    if neighbour.given_name:
        features.append("behind given name")
    return features


def _after(neighbour: Neighbour) -> list[str]:
    features = [f"after {sign}" for sign in neighbour.signs]
    if neighbour.organisation:
        features.append("before organisation")
    return features


def _punctuation(gap: str) -> str:
    if "\n" in gap:
        return "line"
    return gap.strip()[:1] or ("blank" if gap else "end")
