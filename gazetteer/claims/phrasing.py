"""Numbers, units and directions in words: what every reason and report is made of."""

from __future__ import annotations

from typing import Final

from gazetteer.wording import Wording, notation

_WINDS: Final = (
    ("nördlich", "north"),
    ("nordöstlich", "north-east"),
    ("östlich", "east"),
    ("südöstlich", "south-east"),
    ("südlich", "south"),
    ("südwestlich", "south-west"),
    ("westlich", "west"),
    ("nordwestlich", "north-west"),
)


def number(value: float, *, digits: int = 0) -> Wording:
    """Write a number as each language does: `1.180` and `6,8` in German, `1,180` and `6.8` in English.

    Examples:
        >>> number(1180.4).de, number(1180.4).en, number(6.84, digits=1).de
        ('1.180', '1,180', '6,8')
    """
    english = f"{value:,.{digits}f}".replace("-", "\N{MINUS SIGN}")
    if not english.strip("\N{MINUS SIGN}0.,"):
        english = english.removeprefix("\N{MINUS SIGN}")  # a rounded zero has no sign
    return Wording(notation(english, "de"), english)


def kilometres(km: float) -> Wording:
    """Write a length, with one decimal below ten kilometres."""
    return measured(km, "km")


def measured(value: float, unit: str) -> Wording:
    """Write a number with its unit, rounded to what a reader can use.

    Examples:
        >>> measured(684.47, "km").en, measured(18.46, "h").de, measured(46.7, "deg").en
        ('684 km', '18,5 h', '47°')
    """
    if unit == "deg":
        return joined(number(value), "°")
    fine_below = 10 if unit == "km" else 100
    digits = 1 if abs(value) < fine_below and round(value, 1) != round(value) else 0
    return joined(number(value, digits=digits), f" {unit}")


def percent(share: float) -> Wording:
    """Write a share of one as an unsigned percentage."""
    return joined(number(abs(share) * 100), "\u00a0%")


def joined(first: Wording, tail: str) -> Wording:
    """Return the wording followed by the same characters in every language."""
    return Wording(first.de + tail, first.en + tail)


def compass(bearing_deg: float) -> Wording:
    """Name the nearest of the eight winds: `nordöstlich`, `north-east`.

    Examples:
        >>> compass(46.7).en, compass(350.0).de
        ('north-east', 'nördlich')
    """
    return Wording(*_WINDS[round(bearing_deg / 45.0) % 8])


def sentence(clause: Wording) -> Wording:
    """Make a clause a sentence: a capital first, a full stop last."""
    return Wording(_sentence(clause.de), _sentence(clause.en))


def listed(parts: tuple[Wording, ...]) -> Wording:
    """Join sentences with a space."""
    return Wording(" ".join(part.de for part in parts), " ".join(part.en for part in parts))


def quoted(*quotes: str) -> Wording:
    """Set quotes beside each other, each in its language's quotation marks."""
    short = [" ".join(quote.split()) for quote in quotes]
    return Wording(" · ".join(f"„{one}“" for one in short), " · ".join(f"“{one}”" for one in short))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")
