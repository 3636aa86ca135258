"""The Thanh Xuân campaign of 2023, with people who do not exist."""
