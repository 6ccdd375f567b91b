"""My record: what somebody has recorded, with the verdicts it leads to.

In: evidence files. Out: entries, a page with the answer first, and the evidence file again. Always: a
file that cannot be read changes nothing, and nobody's newer version is overwritten.
"""
