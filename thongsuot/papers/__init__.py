"""It leaves as No 12-KH/ĐU in the layout in force that day."""
