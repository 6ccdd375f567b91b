"""Cycles: a round of assessments is set up, opened, followed and closed by a skills manager.

In: forms, and lines of people with their reviewers. Out: rows of cycles, assessments and seats. Always:
nothing reaches beyond the units that the manager manages; what is shown before it is confirmed is what
is then done, or nothing is.
"""
