"""Claims: every statement of an article that says where places lie or how far, long or fast a way is."""

from __future__ import annotations

from gazetteer.claims.claim import Claim
from gazetteer.claims.relations import relation_claims
from gazetteer.claims.scene import Scene
from gazetteer.claims.separations import separation_claims
from gazetteer.claims.trips import trip_claims
from gazetteer.places.index import Gazetteer
from gazetteer.reading.folders import languages_with
from gazetteer.reading.reader import ArticleReading


def claims_in(reading: ArticleReading, gazetteer: Gazetteer) -> tuple[Claim, ...]:
    """Return the measurable statements of an article, unchecked, in text order.

    Args:
        reading: What was read from the article.
        gazetteer: For names after `of` or `von` that the reader left alone.

    Returns:
        Claims whose roles hold a place where the text says one, and None where it does not;
        nothing where the article's language has no words for relations.
    """
    if reading.article.language not in languages_with("relations.toml"):
        return ()
    scene = Scene.of(reading, gazetteer)
    found: list[Claim] = []
    located: Claim | None = None
    for sentence in scene.sentences:
        quantities = scene.quantities_within(sentence.span.start, sentence.span.end)
        if not quantities:
            continue
        separations = separation_claims(scene, sentence, quantities, located)
        located = separations[-1] if separations else located
        taken = {claim.quantity.span for claim in separations if claim.quantity is not None}
        rest = tuple(q for q in quantities if q.span not in taken)
        found.extend(separations)
        found.extend(trip_claims(scene, sentence, rest, located))
    found.extend(relation_claims(scene, tuple(sorted(found, key=lambda claim: claim.span.start))))
    return _ordered(found)


def _ordered(claims: list[Claim]) -> tuple[Claim, ...]:
    """Sort by position and keep one claim per start and relation, so that ids stay unique."""
    kept: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.span.start, c.quantity is None, -c.span.end)):
        kept.setdefault(claim.id, claim)
    return tuple(kept.values())
