"""Tassei judges work records against Japan's IT Skill Standard, with a proof of every verdict.

The front door of the library:

    from tassei import Judge, Month, read_evidence, standards

    everything = standards()
    judge = Judge(everything, everything.readings_with({}))
"""

__version__ = "0.1.0"
