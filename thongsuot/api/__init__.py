"""The same over HTTP."""
