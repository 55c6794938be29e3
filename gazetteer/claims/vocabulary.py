"""Words in a quote that tell which check is meant, in every language that is read."""

from __future__ import annotations

from functools import cache

from gazetteer.reading.folders import languages_with
from gazetteer.reading.tables import table


def words_in(quote: str, topic: str) -> tuple[str, ...]:
    """Return which words of a topic a quote contains.

    Args:
        quote: The words of a claim.
        topic: A key of `reading/languages/*/checks.toml`, such as `gauge_change`.
    """
    # A space before every word, so that a beginning of a word is found by plain search.
    spaced = " " + " ".join(quote.casefold().split())
    return tuple(word for word in _topics().get(topic, ()) if f" {word}" in spaced)


@cache
def _topics() -> dict[str, tuple[str, ...]]:
    topics: dict[str, tuple[str, ...]] = {}
    for language in languages_with("checks.toml"):
        for topic, words in table(language, "checks.toml").items():
            topics[topic] = (*topics.get(topic, ()), *(word.casefold() for word in words))
    return topics
