"""Who says what? Articles, sentences, quantities, mentions and what they denote."""
