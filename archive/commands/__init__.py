"""The commands of this package, one module for each kind of question; each joins the group."""

from archive.commands.registry import register

__all__ = ["register"]
