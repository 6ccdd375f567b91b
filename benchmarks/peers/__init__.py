"""What one would pick instead of the kernel, judging the same four indicators.

Each peer is a script with an environment of its own (`requirements-*.txt`), so that none of them is
among the dependencies of the package. `columns` makes what they read, `rule` says what they judge,
`serve` is how they are asked, `running` starts them.
"""
