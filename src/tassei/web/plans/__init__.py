"""Plans: the next steps of an engineer, the way to a level, and goals agreed with the superior.

In: a record, and `tassei.planning` (the extra `plan`, without which nothing here is served). Out: pages, and
`Goal` rows. Always: a plan is what the interpreter judges met; a goal is proposed by the engineer alone and
agreed by the superior alone, and what either says is in the history.
"""
