"""Nearness: which report of an article stands nearest to a position in its text."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict


class NearestReports:
    """Where in each article the reports of which group stand; halved, as archives hold thousands."""

    def __init__(self) -> None:
        """Begin with none."""
        self._places: defaultdict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)

    def add(self, article: str, at: int, group: int, *, firm: bool) -> None:
        """Note that the report at an offset of an article has come to a group."""
        insort(self._places[article, firm], (at, group))

    def nearest(self, article: str, at: int, *, firm: bool) -> int | None:
        """Return the group of the article's nearest report, one as firm before any other, or None.

        Of two equally near, the group with the lower number.
        """
        for as_firm in (firm, not firm):
            places = self._places.get((article, as_firm), [])
            behind = bisect_left(places, (at, 0))
            near = places[behind : behind + 1]
            if behind:
                near.append(places[bisect_left(places, (places[behind - 1][0], 0))])
            if near:
                return min((abs(there - at), group) for there, group in near)[1]
        return None
