"""The command line: one module a command, each a thin layer over the packages below.

In: arguments and files. Out: text or JSON on standard output, progress and faults on standard error,
an exit code (0 done, 1 a check found something, 2 the request or the evidence is wrong, 3 the encoded
standard is wrong). Always: nothing is half-written; a fault is one message, never a traceback.
"""
