"""Places: the administrative units of the region, their mentions in texts, and what became of them.

On 1 July 2025 Vietnam merged provinces, abolished districts and merged communes. A unit belongs to
one side of that day; `archive.places.gazetteer` knows both and what lies within what.
"""
