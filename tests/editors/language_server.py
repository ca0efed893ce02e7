"""A session with yaml-language-server, as VS Code holds one: JSON-RPC over stdin and stdout."""

import json
import queue
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

PATIENCE = 300


@dataclass(frozen=True)
class Completion:
    """One entry of the list that opens."""

    label: str
    documentation: str
    inserts: str


class LanguageServer:
    """The server, in a folder; `schemas` says what VS Code's `yaml.schemas` says."""

    def __init__(self, program: Path, workspace: Path, schemas: dict[str, str]) -> None:
        self.workspace = workspace
        self._settings = {"yaml": {"schemas": schemas, "schemaStore": {"enable": False}}}
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._last = 0
        self._opened = 0
        self._process = subprocess.Popen(
            ["node", str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=workspace
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input = self._process.stdin
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        text = {"dynamicRegistration": False}
        completion = {**text, "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        hover = {**text, "contentFormat": ["markdown"]}
        root = self.workspace.as_uri()
        self._ask("initialize", {
            "processId": None,
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "firm"}],
            "capabilities": {
                "workspace": {"configuration": True, "workspaceFolders": True},
                "textDocument": {"completion": completion, "hover": hover, "publishDiagnostics": {}},
            },
        })  # fmt: skip
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {}})
        self._next(lambda message: message.get("method") == "workspace/configuration")
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._input.close()

    def problems(self, folder: str, text: str) -> list[str]:
        """What the editor underlines in a file of this text."""
        uri = self._open(folder, text)
        published = "textDocument/publishDiagnostics"
        message = self._next(lambda found: found.get("method") == published and found["params"]["uri"] == uri)
        return [problem["message"] for problem in message["params"]["diagnostics"]]

    def completions(self, folder: str, text: str, name: str | None = None) -> dict[str, Completion]:
        """What is offered where `|` stands in the text."""
        found = self._ask("textDocument/completion", self._place(folder, text, name))
        return {item["label"]: _completion(item) for item in found["items"]}

    def hover(self, folder: str, text: str) -> str:
        """What the editor says about the word that `|` stands in."""
        found = self._ask("textDocument/hover", self._place(folder, text))
        return str(found["contents"]["value"]) if found else ""

    def _open(self, folder: str, text: str, name: str | None = None) -> str:
        """Open a new file: the server is slow to notice that an old one has another text."""
        self._opened += 1
        uri = (self.workspace / folder / f"{name or f'file-{self._opened}'}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _place(self, folder: str, text: str, name: str | None = None) -> dict[str, Any]:
        before, mark, after = text.partition("|")
        assert mark
        uri = self._open(folder, before + after, name)
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}

    def _ask(self, method: str, parameters: dict[str, Any]) -> Any:
        self._last += 1
        number = self._last
        self._send({"id": number, "method": method, "params": parameters})
        answer = self._next(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, parameters: dict[str, Any]) -> None:
        self._send({"method": method, "params": parameters})

    def _next(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next message of a kind; what the server asks on the way is answered."""
        while True:
            message = self._messages.get(timeout=PATIENCE)
            if "id" in message and "method" in message:
                self._send({"id": message["id"], "result": self._answer(message)})
            if wanted(message):
                return message

    def _answer(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item["section"], {}) for item in message["params"]["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._input.flush()

    def _read(self, stream: BinaryIO) -> None:
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self._messages.put(json.loads(stream.read(length)))
        stream.close()


def _completion(item: dict[str, Any]) -> Completion:
    documentation = item.get("documentation") or ""
    if isinstance(documentation, dict):
        documentation = documentation["value"]
    edit = item.get("textEdit") or {}
    return Completion(item["label"], documentation, edit.get("newText") or item.get("insertText") or "")
