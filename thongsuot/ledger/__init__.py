"""Unit U, measure M, that day, +1, because of O."""
