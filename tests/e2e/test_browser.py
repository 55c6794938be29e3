"""The main job, done with a real mouse and a real keyboard, the network cable pulled."""

import json
import re
import urllib.request

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e
expect.set_options(timeout=20_000)  # milliseconds; a busy machine is no fault

HOSTILE = (
    "<img src=x onerror=top.__hit=1> {{7*191}} ${top.__hit=2} `x` {% for a in b %} "
    "</script><script>top.__hit=3</script>\n\n"
    "Der Zug <script>top.__hit=4</script> fuhr von Berlin nach Hamburg, `${top.__hit=5}` und "
    "{{cycler.__init__}} weiter. Hamburg liegt 255 Kilometer nordwestlich von Berlin {% raw %} "
    "\\u003cimg src=x onerror=top.__hit=6>."
)
HOSTILE_NAME = "<img src=x onerror=top.__hit=7>{{7*191}}${top.__hit=8}`.txt"


LONELY_PLACE = """() => {
    const size = map.getSize();
    const at = (place) => map.latLngToContainerPoint([place.lat, place.lon]);
    const seen = luftlinie.shown().scene.places.filter((place) => {
        const point = at(place);
        return point.x > 60 && point.y > 90 && point.x < size.x - 60 && point.y < size.y - 60;
    });
    const alone = (place) =>
        seen.every((other) => other === place || at(place).distanceTo(at(other)) > place.r + other.r + 6);
    return seen.filter(alone).sort((a, b) => b.n - a.n)[0].name;
}"""
ENDS_IN_VIEW = """() => {
    const { scene, select } = luftlinie.shown();
    const line = scene.claims.find((claim) => claim.id === select.claim).line;
    return [line[0], line[line.length - 1]].map((end) => map.getBounds().contains(end));
}"""
CHOSEN_IN_THE_MIDDLE = """() => {
    const { scene, select } = luftlinie.shown();
    const place = scene && scene.places.find((each) => each.id === select.place);
    const middle = map.getSize().divideBy(2);
    return place && map.latLngToContainerPoint([place.lat, place.lon]).distanceTo(middle) < 30;
}"""
ALL_CAPITALS = (
    "UNWETTER\n\nIN NÜRNBERG UND FÜRTH SIND AM MONTAG VIELE KELLER VOLLGELAUFEN, SAGT DIE FEUERWEHR."
)
COMMA_ON_THE_NEXT_LINE = """(names) => names.filter((name) => {
  const behind = name.nextSibling?.firstChild;
  if (behind?.nodeType !== Node.TEXT_NODE || !/^[.,:;]/.test(behind.data)) return false;
  const mark = document.createRange();
  mark.setStart(behind, 0);
  mark.setEnd(behind, 1);
  return mark.getBoundingClientRect().top > [...name.getClientRects()].pop().bottom - 2;
}).map((name) => name.textContent)"""
CUT_OFF = """() => [...document.querySelectorAll(".stMainBlockContainer, iframe")]
    .map((element) => element.getBoundingClientRect())
    .filter((box) => box.right > innerWidth + 1 || box.left < -1).length"""
SCENE_ADDRESS = """() => performance.getEntriesByType("resource").map((entry) => entry.name)
    .find((name) => name.includes("/scenes/"))"""


def test_a_click_on_a_marker_shows_the_sentences_and_scrolls_the_text(visit):
    window = visit().open()
    window.wait_for_rest()
    name = window.on_map(LONELY_PLACE)

    window.page.mouse.click(*window.point_of(name))

    assert window.card_title() == name
    expect(window.page.locator(".card .passages li").first).to_be_visible()
    here = window.page.locator(".text .mention.here").first
    expect(here).to_be_in_viewport()
    named = window.page.locator(".card .passages [aria-current] mark")
    assert named.inner_text() == here.inner_text()


def test_a_click_on_a_word_moves_the_map(visit):
    window = visit().open()
    word = window.page.locator(".text .mention.r-place", has_text="Ukraine").first

    word.click()

    title = window.card_title()
    window.map_frame.wait_for_function(CHOSEN_IN_THE_MIDDLE)
    latitude = window.on_map("() => map.getCenter().lat")
    assert (title, 44 < latitude < 54) == ("Ukraine", True)


def test_a_click_on_a_claim_moves_map_and_text(visit):
    window = visit().open()
    row = window.page.locator(".ledger tbody tr", has_text="680 Kilometer").first
    quote = row.locator("td").first.inner_text()

    row.click()

    assert quote in window.card_title()
    expect(window.page.locator(".text .claim.here").first).to_be_in_viewport()
    window.map_frame.wait_for_function("() => luftlinie.shown().select.claim !== null && map.getZoom() >= 5")
    ends = window.on_map(ENDS_IN_VIEW)
    assert ends == [True, True]


def test_a_claim_is_chosen_by_keyboard_alone(visit):
    window = visit().open()
    button = window.page.locator(".ledger tbody tr button").first

    button.focus()
    window.page.keyboard.press("Enter")

    assert button.inner_text() in window.card_title()


def test_the_arrow_keys_lead_from_mention_to_mention(visit):
    window = visit().open()
    window.page.locator(".text").focus()

    window.page.keyboard.press("ArrowRight")
    window.page.keyboard.press("ArrowRight")
    window.page.keyboard.press("Enter")

    second = window.page.locator(".text .mention, .text .badge").nth(1)
    expect(second).to_have_class(re.compile(r"\bhere\b"))
    expect(second).to_be_focused()


def test_of_places_upon_each_other_a_second_click_reaches_the_next(visit):
    window = visit().open()
    window.page.mouse.click(*window.point_of("Kim-Il-sung-Platz"))
    assert window.card_title() == "Kim-Il-sung-Platz"
    window.map_frame.wait_for_function(CHOSEN_IN_THE_MIDDLE)

    window.page.mouse.click(*window.point_of("Kim-Il-sung-Platz"))

    expect(window.page.locator(".card h3")).to_have_text("Pjöngjang")
    expect(window.page.locator(".card .chip", has_text="Kim-Il-sung-Platz")).to_be_visible()


def test_a_leg_shows_its_kilometres_its_border_and_its_sentences(visit):
    window = visit().open()
    window.page.get_by_text("Reise (").click()

    window.page.locator(".ledger tbody tr", has_text="Spurwechsel").click()

    facts = window.page.locator(".card dl")
    expect(facts).to_contain_text("Grenze Nordkorea – Russland")
    expect(facts).to_contain_text("1.435 → 1.520 mm")
    expect(window.page.locator(".card .passages li").first).to_be_visible()
    expect(window.page.locator("html")).to_have_attribute("lang", "de")


def test_a_copied_link_opens_the_same_view(visit):
    window = visit().open()
    window.page.locator(".text .mention.r-place").nth(3).click()
    title = window.card_title()
    window.page.get_by_role("button", name="Link kopieren").click()
    window.page.get_by_role("button", name="Kopiert").wait_for()
    link = window.page.evaluate("navigator.clipboard.readText()")

    other = visit().open(link)

    assert other.card_title() == title
    expect(other.page.locator(".text .mention.here").first).to_be_in_viewport()


def test_the_back_button_returns_to_the_view_before(visit):
    window = visit().open()
    for row in (0, 1):
        window.page.locator(".ledger tbody tr").nth(row).click()
        expect(window.page.locator(".ledger tbody tr").nth(row)).to_have_class("chosen")

    window.page.go_back()

    expect(window.page.locator(".ledger tbody tr").nth(0)).to_have_class("chosen")


def test_the_slider_moves_the_train_along_its_way(visit):
    window = visit().open()
    window.page.get_by_text("Reise (").click()
    slider = window.page.locator(".journey input")
    slider.wait_for()
    window.map_frame.wait_for_function("() => luftlinie.shown().train")
    before = window.on_map("() => luftlinie.shown().train.middle")

    slider.press("End")

    window.map_frame.wait_for_function(
        "(before) => luftlinie.shown().train && luftlinie.shown().train.middle[0] !== before[0]", arg=before
    )


def test_hostile_text_is_shown_as_text_and_runs_nowhere(visit):
    window = visit().open()
    window.page.get_by_role("button", name="Artikel", exact=False).first.click()
    window.page.locator('input[type="file"]').set_input_files(
        {"name": HOSTILE_NAME, "mimeType": "text/plain", "buffer": HOSTILE.encode()}
    )

    expect(window.page.locator(".text h2")).to_contain_text("{{7*191}} ${top.__hit=2} `x` {% for a in b %}")
    window.page.locator(".text .mention", has_text="Hamburg").first.click()
    assert window.card_title() == "Hamburg"
    window.map_frame.wait_for_function(CHOSEN_IN_THE_MIDDLE)
    assert all(frame.evaluate("top.__hit === undefined") for frame in window.page.frames)
    assert "1337" not in window.page.locator("body").inner_text()


def test_nothing_is_cut_off_on_a_phone(visit):
    window = visit(viewport={"width": 390, "height": 844}, color_scheme="dark").open()

    wide = window.page.evaluate(CUT_OFF)

    assert wide == 0
    assert window.on_map("() => document.body.dataset.theme") == "dark"
    window.map_frame.wait_for_function("() => map.getSize().y === 354")


def test_the_scene_and_the_page_come_under_a_policy_that_seals_them_off(visit, address):
    window = visit().open()
    scene = window.on_map(SCENE_ADDRESS)

    with urllib.request.urlopen(scene, timeout=10) as answer:
        policy, body = answer.headers["Content-Security-Policy"], json.load(answer)

    assert "//" not in policy
    assert body["places"]
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.headers["Content-Security-Policy"] == policy


def test_what_hampers_reading_an_article_stands_above_its_text(visit):
    window = visit().open()
    window.page.get_by_role("button", name="Artikel", exact=False).first.click()
    window.page.locator('input[type="file"]').set_input_files(
        {"name": "laut.txt", "mimeType": "text/plain", "buffer": ALL_CAPITALS.encode()}
    )

    expect(window.page.locator(".text .notice")).to_contain_text("durchweg groß geschrieben")
    expect(window.page.locator(".text .notice")).to_be_in_viewport()


def test_no_line_of_the_text_begins_with_the_comma_behind_a_name(visit):
    window = visit(viewport={"width": 390, "height": 844}).open()

    torn = window.page.locator(".text .mention").evaluate_all(COMMA_ON_THE_NEXT_LINE)

    assert torn == []


def test_a_pasted_text_without_places_is_seen_at_once_and_says_what_happened(visit):
    window = visit(locale="en-GB").open()

    window.page.get_by_role("button", name="Articles").click()
    window.page.locator("textarea").fill("Dough\n\nYeast likes it warm, but never hot, and wants patience.")
    window.page.get_by_role("button", name="Read this text").click()

    expect(window.page.locator(".text .notice")).to_contain_text("No place was found in this text.")
    expect(window.page.locator("textarea")).to_be_hidden()


def test_a_phrase_that_stands_for_a_place_leads_to_it(visit):
    window = visit().open()

    window.page.get_by_role("button", name="Artikel").first.click()
    window.page.locator("textarea").fill("Ein Fest\n\nIn Weimar wird gefeiert. Diese Stadt ist alt.")
    window.page.get_by_role("button", name="Text auswerten").click()
    window.page.locator(".text .r-anaphor", has_text="Diese Stadt").click()

    assert window.card_title() == "Weimar"
    expect(window.page.locator(".text .r-anaphor")).to_have_class(re.compile(r"\bsame\b"))


def test_files_come_in_together_and_go_one_by_one(visit):
    window = visit().open()
    files = {
        "wien.txt": "Wien\n\nWien liegt an der Donau.",
        "rom.txt": "Rom\n\nRom liegt am Tiber.",
        "kaputt.txt": "Köln",
    }

    window.page.get_by_role("button", name="Artikel").first.click()
    window.page.locator('input[type="file"]').set_input_files(
        [
            {"name": name, "mimeType": "text/plain", "buffer": text.encode("latin-1")}
            for name, text in files.items()
        ]
    )

    expect(window.page.get_by_text("Nicht gelesen: kaputt.txt")).to_be_visible()
    expect(window.page.get_by_text("Eigene Texte (2)")).to_be_visible()
    window.page.get_by_role("button", name="Remove rom.txt").click()
    expect(window.page.get_by_text("Eigene Texte in dieser Sitzung: 1")).to_be_visible()
    window.page.keyboard.press("Escape")
    expect(window.page.locator(".text h2")).to_have_text("Wien")


PHONES = [{"width": 390, "height": 844}, {"width": 360, "height": 640}]
SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, select")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && Math.max(box.width, box.height) < 40;
}).map((one) => one.textContent)"""
NOT_IN_SIGHT = """(one) => {
    const box = one.getBoundingClientRect();
    return box.top < -1 || box.bottom > innerHeight + 1;
}"""


@pytest.fixture(params=PHONES, ids=lambda size: f"{size['width']}x{size['height']}")
def phone(visit, request):
    return visit(viewport=request.param, has_touch=True, is_mobile=True)


def at_rest(window):
    """Wait until the page no longer scrolls."""
    window.page.wait_for_function(
        "() => { const top = document.querySelector('.stMain').scrollTop;"
        " const rests = window.__top === top; window.__top = top; return rests; }",
        polling=300,
    )


def test_on_a_phone_a_tapped_marker_brings_its_sentence_under_the_map(phone):
    window = phone.open()

    window.page.touchscreen.tap(*window.point_of("Ussurijsk"))

    assert window.card_title() == "Ussurijsk"
    at_rest(window)
    expect(window.page.locator(".card .passages [aria-current]")).to_be_in_viewport(ratio=1)
    assert not window.map_element().evaluate(NOT_IN_SIGHT)


def test_on_a_phone_a_tapped_word_brings_the_map(phone):
    window = phone.open()
    word = window.page.locator(".text .mention.r-place", has_text="Ukraine").first
    word.scroll_into_view_if_needed()

    word.tap()

    assert window.card_title() == "Ukraine"
    at_rest(window)
    assert not window.map_element().evaluate(NOT_IN_SIGHT)
    expect(window.page.locator(".card h3")).to_be_in_viewport()


def test_on_a_phone_no_tab_is_wider_than_the_screen_and_fingers_have_room(phone):
    window = phone.open()

    for tab in ("Behauptungen (", "Untereinander (", "Reise (", "Orte ("):
        window.page.get_by_text(tab).tap()
        expect(window.page.locator(".ledger tbody tr").first).to_be_visible()
        assert window.page.evaluate("() => document.querySelector('.stMain').scrollWidth <= innerWidth")
    # Buttons have not their full size while a tab is still being drawn.
    window.page.wait_for_function(f"() => ({SMALL_TARGETS})().length === 0")
