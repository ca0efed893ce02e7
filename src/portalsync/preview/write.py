"""The folder of a preview, whole or not at all; what others put there stays."""

from portalsync.folders import OwnFolder

PAGES = OwnFolder("preview", "made by portalsync preview")
