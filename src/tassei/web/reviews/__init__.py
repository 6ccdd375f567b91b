"""Reviews: what waits for whom, one case in all its parts, the committee, and the dossier.

In: rows of assessments, remarks and seats, and the record as it was submitted. Out: pages, and moves made
on them. Always: a move is made by `desk` alone; a verdict that was kept stands with the record that it was
computed from; what one member holds is told to no other before all have said theirs.
"""
