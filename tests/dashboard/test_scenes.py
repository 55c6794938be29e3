"""Scenes kept for the browser to fetch, and the policy they come under."""

import json

from dashboard import server
from dashboard.scenes import SceneStore


def test_a_scene_comes_back_under_its_digest():
    store = SceneStore()

    digest = store.put({"places": [1]})

    assert json.loads(store.get(digest)) == {"places": [1]}


def test_the_same_scene_has_the_same_name():
    store = SceneStore()

    assert store.put({"a": 1}) == store.put({"a": 1}) != store.put({"a": 2})


def test_the_oldest_scenes_are_forgotten():
    store = SceneStore()
    first = store.put({"n": -1})

    for number in range(500):
        store.put({"n": number})

    assert store.get(first) is None


def test_the_policy_names_no_other_machine():
    assert "//" not in server.content_policy(None)


def test_offered_tiles_may_be_loaded_as_images_only():
    policy = server.content_policy("https://tile.example.org")

    assert [rule.split()[0] for rule in policy.split("; ") if "tile.example.org" in rule] == ["img-src"]
