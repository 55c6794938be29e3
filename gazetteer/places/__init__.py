"""Where is it? The gazetteer: entries, names, the compiled index, and the geocoder behind it."""
