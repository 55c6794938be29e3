"""Reading one article: sentences, quantities, mentions and what they denote."""

from __future__ import annotations

from dataclasses import dataclass

from gazetteer.reading.articles import Article, Sentence
from gazetteer.reading.quantities import Quantity
from gazetteer.reading.resolution import Resolution
from gazetteer.wording import Wording


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """All that was read from one article, each part in text order."""

    article: Article
    sentences: tuple[Sentence, ...]
    quantities: tuple[Quantity, ...]
    resolutions: tuple[Resolution, ...]
    warnings: tuple[Wording, ...] = ()
    """What went wrong without stopping the reading, such as a geocoder that did not answer."""
