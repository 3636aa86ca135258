"""How Vietnamese is written, counted and dated."""
