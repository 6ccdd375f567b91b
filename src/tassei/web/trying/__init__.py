"""Trying a record without an account: a form for one field, or a file; a verdict with its proof.

In: what a visitor enters. Out: a page. Always: nothing is kept, and what cannot be read comes back with
everything that was typed.
"""
