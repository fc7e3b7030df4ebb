"""Bringing people, places and topics into the archive: read → parse → check → match → store.

`formats/` and `records.py` know no database; `matching.py` finds whom a record means; `store.py` writes.
"""
