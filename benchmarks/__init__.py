"""Each figure that the documentation quotes, reproducible by `script/bench`."""
