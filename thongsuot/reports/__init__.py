"""Under this district 83 % of cells met, and here is why not the rest."""
