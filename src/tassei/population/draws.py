"""Chance without state: a draw depends on the seed, its purpose and a key, and on nothing else.

So a person's data are the same in whatever portion they are made, on any machine and under any
version of the libraries: there is integer arithmetic only, and no sequence to keep in step.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]
Shares = npt.NDArray[np.float64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


class Draws:
    """Independent draws for every purpose and key; the mixing is that of SplitMix64."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def raw(self, purpose: str, keys: Keys) -> Keys:
        """64 even bits for each key."""
        digest = hashlib.blake2b(f"{self._seed}/{purpose}".encode(), digest_size=8).digest()
        bits = keys * _STEP
        bits += np.uint64(int.from_bytes(digest, "little"))
        bits ^= bits >> np.uint64(30)
        bits *= _FIRST
        bits ^= bits >> np.uint64(27)
        bits *= _SECOND
        bits ^= bits >> np.uint64(31)
        return bits

    def below(self, purpose: str, keys: Keys, bound: int | Numbers) -> Numbers:
        """A number from 0 to below the bound, which is 1 to 2**31; one bound, or one for each key."""
        bits = self.raw(purpose, keys) >> np.uint64(32)
        scaled = bits * np.asarray(bound, dtype=np.uint64)
        return (scaled >> np.uint64(32)).astype(np.int64)

    def chance(self, purpose: str, keys: Keys, probability: float | Shares) -> Flags:
        """True with a probability; one for all, or one for each key."""
        bits = self.raw(purpose, keys) >> np.uint64(32)
        limit = np.asarray(np.multiply(probability, 2.0**32), dtype=np.uint64)
        less: Flags = bits < limit
        return less

    def weighted(self, purpose: str, keys: Keys, weights: Sequence[int] | Numbers) -> Numbers:
        """The number of an entry, as often as its weight says."""
        upto = np.cumsum(np.asarray(weights, dtype=np.int64))
        drawn = self.below(purpose, keys, int(upto[-1]))
        return np.searchsorted(upto, drawn, side="right").astype(np.int64)

    def one_of(self, purpose: str, keys: Keys, values: Sequence[int]) -> Numbers:
        """One of the values; what stands there twice is drawn twice as often."""
        return np.asarray(values, dtype=np.int64)[self.below(purpose, keys, len(values))]
