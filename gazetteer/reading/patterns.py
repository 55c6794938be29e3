r"""Patterns in the tables of a language: what they may hold, so that no text keeps them busy for long.

A folder of one's own may come from anywhere, and Python's regular expressions have no limit of their own.
So a pattern repeats nothing without end, and the ways in which it may match are counted: a choice counts
where its next letter does not decide it, and choices behind each other multiply. `(a|a){30}` has a
billion ways and is refused; `\w{2,20}ing` has nineteen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

MOST_STEPS: Final = 100_000
"""Ways to match, times the letters of the longest match: some milliseconds at each place in a text."""
LONGEST: Final = 500
"""Letters that a match may reach over."""
_LONGEST_WRITTEN: Final = 2_000
"""Letters of a pattern as it is written."""

_TOKEN: Final = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<open>\((?:\?(?:-i)?:|\?P<\w{1,40}>)?(?!\?))|(?P<close>\))|(?P<bar>\|)"
    r"|\{(?P<filling>[a-z_]{1,40})\}"
    r"|\{(?P<low>\d{0,4})(?P<upto>,?)(?P<high>\d{0,4})\}[?+]?|(?P<maybe>\?)[?+]?|(?P<endless>[*+])"
    r"|(?P<edge>\\[bBAZ]|[\^$])"
    r"|(?P<letter>\[\^?\]?(?:\\.|[^\]\\])*\]|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[dDwWsS]|\\[^\w]|\\[nt]|[^\\(\[{])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_SAMPLE: Final = (
    "abcdefghijklmnopqrstuvwxyzäöüßéабв中0123456789_ \u00a0\n\t.,:;!?…-–—/()[]„“”\"'’«»&%+*=<>|\\"
)
_ESCAPED: Final = re.compile(r"\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})")
_RANGE: Final = re.compile(r"(.)-(.)", re.DOTALL)
_CLASSES: Final = tuple(map(re.compile, (r"\w", r"\W", r"\d", r"\s")))
_FILLINGS: Final = {"who": (6, 190)}
"""Ways and letters of what stands in braces; of all others, words of the same table, the second below."""
_FILLING: Final = (2, 12)
_COUNTLESS: Final = 10**9


@dataclass(frozen=True, slots=True)
class _Part:
    """What a piece of a pattern may match, given what may follow it."""

    firsts: frozenset[str]
    """Letters it may begin with."""
    empty: bool
    """Whether it may match nothing."""
    ways: int
    longest: int


class _Node:
    """A piece of a pattern."""

    spelled: str | None = None
    """The words themselves, where it can match nothing else."""

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The letters it may begin with; kept, as what is repeated is asked at every level of nesting."""
        return self.part(frozenset()).firsts

    def part(self, follow: frozenset[str]) -> _Part:
        """Return what it may match before one of these letters."""
        raise NotImplementedError


class _Letter(_Node):
    def __init__(self, written: str, letters: frozenset[str]) -> None:
        self.spelled = written if len(written) == 1 and written != "." else None
        one = re.compile(written, re.IGNORECASE)
        self._part = _Part(frozenset(filter(one.fullmatch, letters)), empty=False, ways=1, longest=1)

    def part(self, follow: frozenset[str]) -> _Part:  # noqa: ARG002 - nothing hangs on it
        return self._part


class _Filling(_Node):
    def __init__(self, name: str, letters: frozenset[str]) -> None:
        ways, longest = _FILLINGS.get(name, _FILLING)
        firsts = frozenset(letter for letter in letters if not letter.isspace())
        self._part = _Part(firsts, empty=False, ways=ways, longest=longest)

    def part(self, follow: frozenset[str]) -> _Part:  # noqa: ARG002 - nothing hangs on it
        return self._part


class _Edge(_Node):
    """A look around: it may fail whatever the next letter is, so it decides nothing for what is before."""

    def __init__(self, letters: frozenset[str], inside: _Node | None = None) -> None:
        self._letters, self._inside = letters, inside

    def part(self, follow: frozenset[str]) -> _Part:  # noqa: ARG002 - nothing hangs on it
        within = self._inside.part(frozenset()) if self._inside else _Part(frozenset(), True, 1, 0)
        return _Part(self._letters, empty=True, ways=within.ways, longest=within.longest)


class _Row(_Node):
    def __init__(self, nodes: Sequence[_Node]) -> None:
        self._nodes = nodes
        words = [node.spelled for node in nodes]
        self.spelled = "".join(word for word in words if word) if None not in words else None

    def part(self, follow: frozenset[str]) -> _Part:
        whole = _Part(frozenset(), empty=True, ways=1, longest=0)
        for node in reversed(self._nodes):
            one = node.part(whole.firsts | follow if whole.empty else whole.firsts)
            whole = _Part(
                one.firsts | whole.firsts if one.empty else one.firsts,
                empty=one.empty and whole.empty,
                ways=min(_COUNTLESS, one.ways * whole.ways),
                longest=one.longest + whole.longest,
            )
        return whole


class _Choice(_Node):
    def __init__(self, branches: Sequence[_Node]) -> None:
        self._branches = branches

    def part(self, follow: frozenset[str]) -> _Part:
        parts = [branch.part(follow) for branch in self._branches]
        return _Part(
            frozenset(chain.from_iterable(part.firsts for part in parts)),
            empty=any(part.empty for part in parts),
            ways=self._words_alike or min(_COUNTLESS, max(_ways_by_letter(parts, follow))),
            longest=max(part.longest for part in parts),
        )

    @cached_property
    def _words_alike(self) -> int:
        """How many of the words can match at one place, as each begins the next; 0 if not all are words."""
        words = [branch.spelled for branch in self._branches]
        known = [word.lower() for word in words if word is not None]
        if len(known) < len(words):
            return 0
        return max(sum(word.startswith(other) for other in known) for word in known)


def _ways_by_letter(parts: Sequence[_Part], follow: frozenset[str]) -> Iterator[int]:
    """Yield for each letter in how many ways a match may go on with it."""
    begun = [(part.firsts | follow if part.empty else part.firsts, part.ways) for part in parts]
    for letter in frozenset(chain.from_iterable(firsts for firsts, _ in begun)):
        yield sum(ways for firsts, ways in begun if letter in firsts)
    yield 1


class _Repeat(_Node):
    def __init__(self, node: _Node, low: int, high: int) -> None:
        self._node, self._low, self._high = node, low, high

    def part(self, follow: frozenset[str]) -> _Part:
        again = self._node.firsts if self._high > 1 else frozenset()
        one = self._node.part(follow | again)
        ways = one.ways + one.empty
        if one.empty or one.firsts & follow:
            counted = sum(min(_COUNTLESS, _power(ways, times)) for times in range(self._low, self._high + 1))
        else:
            counted = _power(ways, self._high)
        return _Part(
            one.firsts,
            empty=one.empty or self._low == 0,
            ways=min(_COUNTLESS, max(1, counted)),
            longest=min(_COUNTLESS, one.longest * self._high),
        )


def _power(base: int, times: int) -> int:
    return 1 if base == 1 else min(_COUNTLESS, base ** min(times, 30))


def fault_in(pattern: str) -> str | None:
    r"""Return why a pattern is refused, or None when any text is read by it in good time.

    Examples:
        >>> fault_in(r"\b(?:laut|nach angaben von) (?P<who>{who})")
        >>> fault_in(r"(\w+)+x")
        'repeats without end at `+`; say how often at most, as in `{1,20}`'
    """
    if len(pattern) > _LONGEST_WRITTEN:
        return f"is {len(pattern):,} letters long; {_LONGEST_WRITTEN:,} are enough"
    try:
        whole = _Parser(pattern).whole.part(frozenset())
        re.compile(_FILLED.sub("x", pattern))
    except (ValueError, re.error) as error:
        return str(error)
    except RecursionError:
        return "is nested too deeply"
    if whole.longest > LONGEST:
        return f"reaches over {whole.longest:,} letters; {LONGEST} are enough for a phrase"
    if whole.ways * max(1, whole.longest) > MOST_STEPS:
        return (
            f"might match in {whole.ways:,} ways over {whole.longest:,} letters; let what follows a repeat "
            "or a choice begin otherwise than it"
        )
    return None


_FILLED: Final = re.compile(r"\{[a-z_]{1,40}\}")


class _Parser:
    """Reads a pattern piece by piece."""

    def __init__(self, pattern: str) -> None:
        self._letters = _letters_for(pattern)
        # Of each open group: its branches so far, the pieces of the present one, and whether it only looks.
        self._open: list[tuple[list[_Node], list[_Node], bool]] = [([], [], False)]
        for token in _TOKEN.finditer(pattern):
            self._take(token)
        if len(self._open) > 1:
            raise ValueError("leaves a group open")
        self.whole = _group(*self._open[0][:2])

    def _take(self, token: re.Match[str]) -> None:
        branches, pieces, _ = self._open[-1]
        match token.lastgroup:
            case "look" | "open":
                self._open.append(([], [], token.lastgroup == "look"))
            case "close":
                self._close()
            case "bar":
                branches.append(_Row(tuple(pieces)))
                pieces.clear()
            case "letter":
                pieces.append(_Letter(token[0], self._letters))
            case "filling":
                pieces.append(_Filling(token["filling"], self._letters))
            case "edge":
                pieces.append(_Edge(self._letters))
            case "other":
                raise ValueError(f"holds `{token[0]}` where it is not understood")
            case _:
                if not pieces:
                    raise ValueError(f"repeats nothing at `{token[0]}`")
                pieces.append(_Repeat(pieces.pop(), *_times(token)))

    def _close(self) -> None:
        branches, pieces, looks = self._open.pop()
        if not self._open:
            raise ValueError("closes a group that is not open")
        group = _group(branches, pieces)
        self._open[-1][1].append(_Edge(self._letters, group) if looks else group)


def _letters_for(pattern: str) -> frozenset[str]:
    r"""Return letters enough to tell whether two pieces of a pattern may begin alike.

    Of two ranges that overlap one holds an end of the other; what a class leaves out of a range leaves a
    letter beside one of the ends; `\w` and the like have a letter in every range that holds any of theirs.
    """
    written = _ESCAPED.sub(lambda code: chr(int(code[1] or code[2], 16)), pattern)
    letters = {*_SAMPLE, *pattern, *written}
    for first, last in {pair.groups() for pair in _RANGE.finditer(written)}:
        letters |= {chr(max(0, ord(end) + step)) for end in (first, last) for step in (-1, 1)}
        block = "".join(map(chr, range(ord(first), ord(last) + 1)))
        letters |= {one[0] for kind in _CLASSES if (one := kind.search(block))}
    return frozenset(chain(letters, map(str.lower, letters), map(str.upper, letters)))


def _group(branches: list[_Node], pieces: list[_Node]) -> _Node:
    last = _Row(tuple(pieces))
    return _Choice((*branches, last)) if branches else last


def _times(token: re.Match[str]) -> tuple[int, int]:
    if token["maybe"]:
        return 0, 1
    low = int(token["low"] or 0)
    if token["endless"] or (token["upto"] and not token["high"]):
        raise ValueError(f"repeats without end at `{token[0]}`; say how often at most, as in `{{1,20}}`")
    return low, int(token["high"]) if token["upto"] else low
