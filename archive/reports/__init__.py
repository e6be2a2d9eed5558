"""Counts and their pictures: trends, coverage, status. Read only."""
