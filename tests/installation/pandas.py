"""Hides pandas from the processes of khobao that the tests start.

An installation has no pandas. Where it is there, for the tests of the data frames, sqlite-utils
imports it, and every command starts in twice the time.
"""

raise ImportError("hidden by tests/installation, as an installation has no pandas")
