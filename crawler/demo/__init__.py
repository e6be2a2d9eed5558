"""The one-minute tour on the stand-in newspaper."""
