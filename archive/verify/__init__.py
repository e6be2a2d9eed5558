"""Checks of the archive against its checksums."""
