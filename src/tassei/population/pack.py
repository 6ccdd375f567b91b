"""Evidence -> the tables of a population, and back, without loss.

What comes back from packing and unpacking is written as the same evidence, to the order of
engagements and the difference between an empty list and one that is not recorded.
"""



