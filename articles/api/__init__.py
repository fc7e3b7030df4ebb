"""The API: the archive for programs, under /api/v1/. It reads by the same filters as the pages; editors may write.

Begin at urls.py; base.py is what all its answers share.
"""
