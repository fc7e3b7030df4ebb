"""Reconciliation: matching names in somebody's table with people, places and topics of the archive.

The Reconciliation Service API 0.2 of the W3C Entity Reconciliation Community Group
(https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/), as OpenRefine speaks it. A batch
of questions (questions.py) finds candidates by name (candidates.py), which are scored (scoring.py). The identifier
of a person, a place or a topic is its slug.
"""
