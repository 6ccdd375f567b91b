"""A workforce at once: the rules of the standard over Parquet tables of people.

In: a folder with the tables of `schema`. Out: for each person and field the highest level surely and
possibly met, and the masks of levels behind them. Always: the answers are those of `judging`, person
by person; what is unknown stays open; memory does not grow with the number of people.

`program` turns rules into tables, `kernel` runs the tables over columns, `columns` makes columns of
Arrow batches. None of them knows a field or a threshold.
"""
