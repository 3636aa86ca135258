"""This is how it all runs."""
