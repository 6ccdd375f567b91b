"""A workforce at once: the rules of the standard over Parquet tables of people.

In: a folder with the tables of `schema`. Out: for each person and field the highest level surely and
possibly met, and the masks of levels behind them. Always: the answers are those of `judging`, person
by person; what is unknown stays open; memory does not grow with the number of people.

`circuit` and `program` turn rules into tables, `columns` makes columns of Arrow batches, `slices` lays
columns out, `kernel` decides. None of them knows a field or a threshold.
"""
