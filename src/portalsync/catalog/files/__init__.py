"""The files that a configuration consists of. The one list that names every kind, in the order people read
them.
"""

from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.files.layers import DEFAULTS, FIRM, GROUP
from portalsync.catalog.files.network import NETWORK
from portalsync.catalog.files.personas import PERSONA
from portalsync.catalog.files.vendors import VENDOR

KINDS: tuple[FileKind, ...] = (NETWORK, DEFAULTS, GROUP, FIRM, PERSONA, FACTS, VENDOR)
