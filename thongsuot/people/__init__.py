"""An heads the cell from March."""
