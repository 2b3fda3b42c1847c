"""A headless Chromium driven through its DevTools pipe, with the standard library alone."""

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
browser_needed = pytest.mark.skipif(BROWSER is None or os.name == "nt", reason="no Chromium on this machine")
HAND_OVER = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
)
"""Chromium wants its pipe at 3 and 4, where Python cannot put it without running code between fork and exec."""
PATIENCE = 60.0
"""Seconds until an answer of the browser is given up."""


class Tab:
    """One page: `open` a file, `run` an expression; `faults` are errors and warnings on its console."""

    def __init__(self, asks: int, answers: int) -> None:
        self.asks, self.answers = asks, answers
        self.buffer = b""
        self.count = 0
        self.faults: list[str] = []
        self.events: list[str] = []
        made = self.call("Target.createTarget", {"url": "about:blank"})
        self.session = ""
        self.session = self.call("Target.attachToTarget", {"targetId": made["targetId"], "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        self.count += 1
        message: dict[str, Any] = {"id": self.count, "method": method, "params": params or {}}
        if getattr(self, "session", ""):
            message["sessionId"] = self.session
        os.write(self.asks, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.count:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: dict[str, Any] = answer["result"]
                return result

    def read(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.answers], [], [], max(until - time.monotonic(), 0))
            assert ready, "the browser does not answer"
            self.buffer += os.read(self.answers, 1 << 20)
        line, _, self.buffer = self.buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self.note(message.get("method", ""), message.get("params", {}))
        return message

    def note(self, method: str, params: dict[str, Any]) -> None:
        self.events.append(method)
        if method == "Runtime.exceptionThrown":
            self.faults.append(json.dumps(params["exceptionDetails"]))
        if method == "Runtime.consoleAPICalled" and params["type"] in {"error", "warning", "assert"}:
            self.faults.append(json.dumps(params["args"]))
        if method == "Log.entryAdded" and params["entry"]["level"] in {"error", "warning"}:
            self.faults.append(json.dumps(params["entry"]))
        if method == "Network.requestWillBeSent" and not params["request"]["url"].startswith(("file:", "data:")):
            self.faults.append(f"asks the network for {params['request']['url']}")

    def open(self, file: Path, width: int, height: int = 900) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", size)
        self.events.clear()
        self.call("Page.navigate", {"url": file.as_uri()})
        while "Page.loadEventFired" not in self.events:
            self.read()

    def run(self, expression: str) -> Any:
        """The value of an expression, whose promise is waited for."""
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        answer = self.call("Runtime.evaluate", asked)
        assert "exceptionDetails" not in answer, f"{expression}: {answer['exceptionDetails']}"
        return answer["result"].get("value")


@contextmanager
def browsing(folder: Path) -> Iterator[Tab]:
    """A browser of its own, closed at the end; its profile lies in `folder`."""
    import fcntl  # not on Windows, where these tests are skipped

    assert BROWSER, "guarded by the mark"
    to_browser, asks = os.pipe()
    answers, from_browser = os.pipe()
    inner = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (to_browser, from_browser)]
    switches = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run"]
    process = subprocess.Popen(
        [sys.executable, "-c", HAND_OVER, *map(str, inner), BROWSER, *switches, f"--user-data-dir={folder / 'profil'}"],
        pass_fds=inner,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for end in (to_browser, from_browser, *inner):
        os.close(end)
    try:
        yield Tab(asks, answers)
    finally:
        process.terminate()
        process.wait(timeout=30)
        os.close(asks)
        os.close(answers)
