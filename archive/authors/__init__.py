"""Who wrote: one author behind several spellings, joined by evidence or by a person's decision."""
