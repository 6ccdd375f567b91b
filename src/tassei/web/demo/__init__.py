"""The example organisation, served to look around in: everybody's record, roles, and accounts.

In: the examples that come with the package. Out: an application filled with them. Always: it lives in a
folder of its own that is gone afterwards, answers this machine alone, and has passwords of the day.
"""
