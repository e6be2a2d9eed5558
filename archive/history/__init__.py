"""The archive as a function of its captures: observations, identity, revisions, nights."""
