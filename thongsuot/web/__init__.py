"""A page looks like this."""
