"""Country borders and coasts of the world."""
