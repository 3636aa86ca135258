"""Article 5 clause 2 cites Article 3."""
