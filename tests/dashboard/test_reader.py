"""What the reader shows beside the text."""

import dataclasses

from dashboard.catalogue import Catalogue
from dashboard.messages import Messages
from dashboard.reader import view
from dashboard.selection import Selection
from gazetteer.wording import Wording


def test_the_reader_says_what_hampered_the_open_article_and_no_other(catalogue):
    first, second = catalogue.analysis.readings
    hampered = dataclasses.replace(first, warnings=(Wording("Nur groß.", "Capitals only."),))
    shown = Catalogue(dataclasses.replace(catalogue.analysis, readings=(hampered, second)))

    notices = [
        view(Selection(article=reading.article.id), shown, Messages.load("de"), moves=0, dark=False)[
            "notices"
        ]
        for reading in (hampered, second)
    ]

    assert notices == [["Nur groß."], []]
