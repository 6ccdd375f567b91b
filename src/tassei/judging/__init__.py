"""Rule + evidence -> verdict and proof.

In: `Evidence` and the rules that `rules.from_indicators` makes under chosen readings. Out: for each
person, field and level a `Judgement`: a verdict, the proof that it is read from, and what is missing.
Always: a fact that is not recorded is unknown; the same edition, evidence, readings and month give
the same bytes on any machine.

A rule never negates, so it is judged in two worlds: one where every unknown fact is taken as no, one
where it is taken as yes. It is met where it holds in both, not met where it holds in neither.
"""
