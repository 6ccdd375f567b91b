"""Editions held against one another, and against the documents they were read from.

In: editions with the crosswalk between them, evidence, or a document with its edition. Out: what
changed from one edition to another (`differences`), the story of a category along its lineage
(`story`), evidence carried over to another edition (`carry`), where two language versions part
(`translation`), and proposals for the register of doubts (`finding`). Always: what corresponds to
what is said by the crosswalk and the shared ids; nothing is guessed from names, and each difference
stands beside its two places in the documents.
"""
