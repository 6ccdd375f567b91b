"""The standard's nouns: what an edition of the standard consists of, as frozen values.

In: nothing; `encoding` builds these values from data. Out: editions, fields, indicators, skills,
doubts and readings for every other package. Always: a value says what the document says, never
what it is taken to mean; meaning is made in `rules` under chosen readings.
"""
