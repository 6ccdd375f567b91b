"""Coming in and going out; and the first account of all.

In: a name and a password. Out: a session. Always: a wrong name and a wrong password are answered alike,
and who tries too often waits.
"""
