"""Copies of an article: exact and near."""
