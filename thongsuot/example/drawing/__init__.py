"""The handbook's plates, drawn from the words in ``content/plates.toml``: for a phone first, one drawing a language."""
