"""The dashboard: a window on the library, which computes nothing about the world itself."""
