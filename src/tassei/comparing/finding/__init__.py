"""A linter over an encoding and its document: proposals for the register of doubts.

In: an `Edition`, and its `Document` where there is one. Out: `Proposal`s, each with the rule that
made it, its places and what it touches. Always: a proposal names a place where a person should look;
whether it is a doubt, and how it is read, is for that person to say.
"""
