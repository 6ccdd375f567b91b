"""The least that has to be added for a level to be met, proved to be least.

In: a `Judge`, a person's `Evidence`, and `Costs` (data, replaceable). Out: a `Plan`, the additions
with their cost and the earliest month; alternatives that really differ; paths, maps and staffing; or,
where a level cannot be met, a minimal `Conflict` of clauses and facts. Always: what is known false
stays false, a plan that is applied to the evidence is judged met by the interpreter, and no part of
it can be left out. The solver is OR-tools CP-SAT (extra `[plan]`), loaded on first use.
"""
