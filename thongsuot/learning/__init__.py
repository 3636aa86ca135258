"""Studied at meeting M, the cell answered 8 of 10 on passage P."""
