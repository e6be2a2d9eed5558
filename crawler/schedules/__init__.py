"""Templates of `khobao schedule`, one file for each kind of timer."""
