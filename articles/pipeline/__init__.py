"""The way in: read, parse, annotate, store. `run.py` puts the stations in a row; docs/tour.md tells the way."""
