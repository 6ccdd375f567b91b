"""What administrators and skills managers keep: people, units, roles, accounts, settings, and the whole.

In: forms and sheets of people who may change them. Out: rows written through `history`, sheets, pages.
Always: a sheet is written as a whole or not at all, and only as it was shown before; there is always
somebody left who can administer; nobody but administrators reaches beyond the own units.
"""
