"""Weighing: the learned weight of each piece of evidence, summed for a candidate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Final

from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.company import Company
from gazetteer.reading.evidence import (
    COMPANY_PIECES,
    Piece,
    company_pieces,
    evidence_of,
    features_beside,
    features_in,
)
from gazetteer.reading.finding import Finder
from gazetteer.reading.grammar import Grammar
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.tables import packaged, weights_in

_MAX_KEPT: Final = 400_000
"""Sums kept before all are forgotten; about 60 MB."""


class Weights:
    """The weights of a language, in log odds, with the sums worked out so far."""

    def __init__(self, of_feature: dict[str, float], threshold: float) -> None:
        """Take weights by `<form's letter> <feature>`."""
        self.threshold: Final = threshold
        """Log odds from which a candidate is taken: where F1 was best in cross-validation."""
        self._of_form: dict[Form, dict[str, float]] = {form: {} for form in Form}
        for name, weight in of_feature.items():
            letter, _, feature = name.partition(" ")
            for form in Form:
                if form.value[0] == letter:
                    self._of_form[form][feature] = weight
        self._sums: dict[Form, dict[Piece, float]] = {form: {} for form in Form}
        self.most_of_company: Final = {form: self._most_of_company(form) for form in Form}
        """The most that the other names of an article can add to the log odds of a candidate."""

    @classmethod
    def of(cls, language: str) -> Weights:
        """Return the weights of a language, which may be those of another.

        Raises:
            DataFileError: If there are none.
        """
        return _load(Grammar.of(language).detection_weights or language)

    def log_odds(
        self, found: Found, here: Surroundings, finder: Finder, overlapping: Sequence[Found]
    ) -> float:
        """Return the log odds that a candidate names a place."""
        pieces, flags = evidence_of(found, here, finder, overlapping)
        total = self._sum(pieces, found, here, finder)
        if flags:
            weights = self._of_form[found.form]
            for flag in flags:
                total += weights.get(flag, 0.0)
        return total

    def of_company(self, found: Found, company: Company, here: Surroundings, finder: Finder) -> float:
        """Return what the places round about add to the log odds of a candidate."""
        pieces = company_pieces(found, company, here, finder)
        return self._sum(pieces, found, here, finder) if pieces else 0.0

    def _sum(self, pieces: Sequence[Piece], found: Found, here: Surroundings, finder: Finder) -> float:
        try:
            return sum(map(self._sums[found.form].__getitem__, pieces), 0.0)
        except KeyError:
            return sum([self._summed(piece, found, here, finder) for piece in pieces])

    def _most_of_company(self, form: Form) -> float:
        weights = self._of_form[form]
        return sum(
            max(0.0, *(sum(weights.get(name, 0.0) for name in features_beside(piece)) for piece in row))
            for row in COMPANY_PIECES
        )

    def _summed(self, piece: Piece, found: Found, here: Surroundings, finder: Finder) -> float:
        weights, sums = self._of_form[found.form], self._sums[found.form]
        known = sums.get(piece)
        if known is None:
            if len(sums) > _MAX_KEPT:
                sums.clear()
            features = features_in(piece, found, here, finder)
            sums[piece] = known = sum([weights.get(feature, 0.0) for feature in features])
        return known


@cache
def _load(language: str) -> Weights:
    with packaged(language, "detection.json") as file:
        learned = json.loads(file.read_text(encoding="utf-8"))
        threshold = weights_in({"threshold": learned["threshold"]})["threshold"]
        return Weights(weights_in(learned["weights"]), threshold)
