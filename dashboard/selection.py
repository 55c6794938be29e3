"""What the reader has chosen, and what choosing something does: pure steps from one view to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.catalogue import Catalogue
from gazetteer.reading.articles import Span


@dataclass(frozen=True, slots=True)
class Selection:
    """The open article and the one thing in focus; at most one of place, claim and leg is set."""

    article: str | None = None
    """Id of the article in the reader."""
    place: str | None = None
    """Id of the place in focus."""
    claim: str | None = None
    """Id of the claim in focus."""
    mention: str | None = None
    """Id of the mention the text scrolls to, one of `place`."""
    leg: str | None = None
    """What tells the leg in focus, among whatever articles: its id in the catalogue."""
    passage: Span | None = None
    """Where the text scrolls to when it is neither a mention nor a claim."""
    fit: bool = False
    """Whether the map turns to the places of the open article, because nothing else is in focus."""

    def parameters(self) -> dict[str, str]:
        """Return the part of the view that a link carries."""
        named = {
            "article": self.article,
            "place": self.place,
            "claim": self.claim,
            "mention": self.mention,
            "leg": self.leg,
        }
        return {key: value for key, value in named.items() if value}


def from_parameters(parameters: Mapping[str, str], catalogue: Catalogue) -> Selection:
    """Read a link's view; what this analysis does not hold is left out."""
    article = parameters.get("article")
    start = Selection(article if article in catalogue.articles else None)
    claim, mention = parameters.get("claim", ""), parameters.get("mention", "")
    place, leg = parameters.get("place"), catalogue.leg_number(parameters.get("leg"))
    if claim in catalogue.claim_numbers:
        return choose_claim(start, catalogue.claim_numbers[claim], catalogue)
    if mention in catalogue.mention_numbers:
        return choose_mention(start, catalogue.mention_numbers[mention], catalogue)
    if place in catalogue.mentions_of:
        return choose_place(start, catalogue.place_numbers[place], catalogue)
    if leg is not None:
        return choose_leg(start, leg, catalogue)
    return start


def open_article(selection: Selection, article: str | None, catalogue: Catalogue) -> Selection:
    """Open an article; the place in focus stays, shown where this article first names it."""
    opened = replace(selection, article=article, mention=None, passage=None)
    if selection.place is not None and selection.place in catalogue.place_numbers:
        return choose_place(opened, catalogue.place_numbers[selection.place], catalogue, stay=True)
    return replace(opened, claim=None, leg=None, fit=True)


def choose_place(selection: Selection, number: int, catalogue: Catalogue, *, stay: bool = False) -> Selection:
    """Put a place in focus and go to its first mention, in the open article if it has one.

    Args:
        selection: The view so far.
        number: The place's number.
        catalogue: What there is.
        stay: Keep the open article even when it does not name the place.
    """
    if not 0 <= number < len(catalogue.place_ids):
        return selection
    place = catalogue.place_ids[number]
    mentions = [catalogue.resolutions[found].mention for found in catalogue.mentions_of.get(place, ())]
    here = [mention for mention in mentions if mention.span.article == selection.article]
    first = next(iter(here or ([] if stay else mentions)), None)
    return Selection(
        article=first.span.article if first else selection.article,
        place=place,
        mention=first.id if first else None,
    )


def choose_mention(selection: Selection, number: int, catalogue: Catalogue) -> Selection:
    """Put the place a mention denotes in focus, at this very mention."""
    if not 0 <= number < len(catalogue.resolutions) + len(catalogue.stand_ins):
        return selection
    resolution = catalogue.mention(number)
    mention = resolution.mention
    return Selection(
        article=mention.span.article,
        place=resolution.entry.id if resolution.entry else None,
        mention=mention.id,
    )


def choose_claim(selection: Selection, number: int, catalogue: Catalogue) -> Selection:
    """Put a claim in focus, in its article."""
    if not 0 <= number < len(catalogue.analysis.claims):
        return selection
    claim = catalogue.claim(number)
    return Selection(article=claim.span.article, claim=claim.id)


def choose_leg(selection: Selection, number: int, catalogue: Catalogue) -> Selection:
    """Put a leg in focus, and go to the first sentence that reports one of its ends."""
    if not 0 <= number < len(catalogue.legs):
        return selection
    ends = [catalogue.events.get(event) for event in catalogue.legs[number].leg.events]
    sources = [source for event in reversed(ends) if event for source in event.sources]
    passage = next((source for source in sources if source.article == selection.article), None)
    passage = passage or next(iter(sources), None)
    article = passage.article if passage else selection.article
    return Selection(article=article, leg=catalogue.leg_ids[number], passage=passage)


def choose_passage(
    selection: Selection, article: str, start: int, end: int, catalogue: Catalogue
) -> Selection:
    """Go to a passage and keep what is in focus."""
    if article not in catalogue.articles:
        return selection
    return replace(selection, article=article, mention=None, passage=Span(article, start, end))
