"""The cell lay under that ward until July."""
