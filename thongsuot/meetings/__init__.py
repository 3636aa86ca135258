"""The cell met on requirement R; 12 of 15 were there; conclusion C."""
