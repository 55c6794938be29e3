"""Is it so? Claims found in sentences and held against geometry."""
