"""Which way, when? Railways, routes, events and the time between them."""
