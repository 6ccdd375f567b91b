"""What every front end says in the same words: faults, rules, proofs, judgements.

In: values of the packages below, and a language. Out: words for people (`faults`, `found`, `lines`)
and the JSON that other programs rely on (`judgements`). Always: nothing is decided here; the same
value reads the same in the terminal, the browser and on paper.
"""
