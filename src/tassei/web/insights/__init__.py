"""Insights: how many people stand where, for those who may read totals of a unit.

In: `Standing` rows, targets, decisions; who asks, and for which unit, cycle and edition. Out: tables on a
page, as CSV and as a workbook, all of the same numbers. Always: of people whose verdicts a reader may not
read nothing is told but numbers that `masking` lets through, over all units at once.
"""
