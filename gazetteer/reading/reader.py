"""Reading one article: sentences, quantities, mentions and what they denote."""

from __future__ import annotations

from dataclasses import dataclass

from gazetteer.reading.articles import Article, Sentence
from gazetteer.reading.quantities import Quantity
from gazetteer.reading.resolution import Resolution


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """All that was read from one article, each part in text order."""

    article: Article
    sentences: tuple[Sentence, ...]
    quantities: tuple[Quantity, ...]
    resolutions: tuple[Resolution, ...]
