"""What editors do to articles, links and subjects, whether in the admin or through the API.

A person's decision is recorded as one, so that no machine undoes it, and stands in the history of the row.
"""
