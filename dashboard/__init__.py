"""The screen: a window on what `gazetteer` computed."""
