"""`examples/portal`, as a vendor starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.contract.gate import APPLIER, READER

from portalsync.resources import folder

PORTAL = folder("schemas").parent / "examples" / "portal" / "portal.py"


class serving:  # noqa: N801 - read as a context manager
    def __init__(self, facts: Path, store: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        variables = {**os.environ, "PORTAL_APPLY_TOKEN": APPLIER, "PORTAL_READ_TOKEN": READER}
        command = [sys.executable, str(PORTAL), str(facts), str(store), str(self.port)]
        self.process = subprocess.Popen(
            command, env=variables, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def __enter__(self) -> str:
        for _ in range(3000):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", self.port)) == 0:
                    return f"http://127.0.0.1:{self.port}"
            assert self.process.poll() is None
            time.sleep(0.1)
        raise AssertionError("the example does not listen")

    def __exit__(self, *_error: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=300)
