"""The standard for everybody to read: categories, fields, levels, clauses, doubts, readings.

In: the encoded standards. Out: public pages, and a verdict for evidence that somebody tries; nothing
is stored. Always: every clause stands beside its place in the document and the doubts that touch it.
"""
