"""Re-extraction: captures read again with the layouts of today."""
