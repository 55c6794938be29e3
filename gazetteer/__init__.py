"""The library: reads places, measures claims, follows journeys. It knows no screen and, but for one module, no network."""
