"""The yearly cycle as values: an assessment, what may be done to it next, and by whom.

In: a frozen `Case`, a move, and who makes it. Out: the next `Case`, or every reason why not. Always:
nothing here knows a database, a page or a clock, so the whole of it can be walked through by a test;
nobody judges themselves, and whoever has decided once does not decide on the appeal.
"""
