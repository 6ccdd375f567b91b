"""Questions that a record answers: asked by the form that keeps nothing and by that of one's own record.

In: what a field turns on, what is recorded, what was answered. Out: controls for a page, and an evidence
file of the answers. Always: "don't know yet" is an answer, what was not asked stays as it was recorded,
and each fault stands beside the question that it is about.
"""
