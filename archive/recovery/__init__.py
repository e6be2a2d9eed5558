"""After a killed run: `repair` closes the files that it left open, `pending` finds missing rows."""
