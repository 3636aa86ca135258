"""An is told once, in the morning, what waits."""
