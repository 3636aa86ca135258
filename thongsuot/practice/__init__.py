"""In its self-review the cell found X; Bình must do Y by May because of that."""
