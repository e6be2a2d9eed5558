"""Search: from a query to ranked hits. Read only."""
