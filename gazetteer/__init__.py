"""The library: reads places, measures claims, follows journeys.

It knows no screen and, but for `gazetteer.places.geocoding`, no network.
"""
