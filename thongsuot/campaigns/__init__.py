"""On the basis of directive D the district owes this, and hands it to its committees."""
