"""Rules: what is asked of a person, as small frozen typed nodes; evaluates nothing.

In: an `Indicator` and the chosen `Readings` (`from_indicators`). Out: one tree of nodes, from which
others make the verdict, the proof, the tables of a columnar kernel and a plan; from here come its
static checks (`checks`) and its wording in both languages (`wording`). Always: no node negates, so a
rule that holds still holds when more facts are true.
"""
