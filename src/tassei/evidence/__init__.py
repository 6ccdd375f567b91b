"""What a person can show: engagements, contributions, examinations, skills, knowledge.

In: YAML, JSON or JSON Lines (`read`). Out: frozen `Evidence` values, and what was understood of
figures and dates that were written in words (`Understood`). Always: what is absent is unknown (None),
what a given list leaves out is false for the editions that the evidence is written for, and nothing
is guessed: what cannot be understood for sure is a fault.
"""
