"""Between the data under `standards/` and the values of `framework`.

In: YAML files (`load`), or the form compiled from them when the package is built (`compiled`). Out:
`Standards`, the whole of what is known; the same values as YAML again (`dump`) and as the indicator
table (`table`). Always: either everything loads, or every fault of every file is reported at once;
what comes out is checked, so that no other package checks names again.
"""
