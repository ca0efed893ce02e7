"""Which names went by, in a memory that does not grow with them: a Bloom filter."""

import struct
from base64 import urlsafe_b64decode
from functools import cached_property

_BITS = 1 << 27
"""16 MiB. Of six million names, as the parts of 100,000 firms have, one in a thousand is taken for known."""


class Seen:
    """Names are digests of `short_digest`: their own bits are as good as any hash of them. The answer depends
    on nothing but the names before.
    """

    @cached_property
    def _bits(self) -> bytearray:
        """Made for the first name: a plan in which nothing changes has none."""
        return bytearray(_BITS >> 3)

    def again(self, name: str) -> bool:
        """Whether the name went by before, or, very seldom, one that looks like it. From now on it has."""
        bits, again = self._bits, True
        for number in struct.unpack_from("<4I", urlsafe_b64decode(name[:24])):
            place, bit = (number % _BITS) >> 3, 1 << (number & 7)
            if not bits[place] & bit:
                again = False
                bits[place] |= bit
        return again
