"""Drives Chromium by its DevTools protocol over a pipe, with nothing but Python's own library.

https://chromedevtools.github.io/devtools-protocol/
"""
import base64
import json
import os
import select
import subprocess
import time


class Failed(Exception):
    """The browser refused a command, or a script in the page threw."""


class Browser:
    """A headless Chromium with one page."""

    def __init__(self, folder, size=(1440, 1000)):
        command_read, self._commands = os.pipe()
        self._answers, answer_write = os.pipe()
        options = [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
            "--disable-component-update", "--disable-default-apps", "--remote-debugging-pipe", "--force-color-profile=srgb",
            f"--window-size={size[0]},{size[1]}", f"--user-data-dir={folder}/profile",
        ]
        # Chromium's sandbox cannot be set up by root.
        if os.getuid() == 0:
            options.append("--no-sandbox")
        self._log = open(f"{folder}/browser.log", "wb")
        # The protocol's pipe is the descriptors 3 and 4.
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec chromium "$@" 3<&{command_read} 4>&{answer_write}', "chromium", *options, "about:blank"],
            pass_fds=(command_read, answer_write), stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)
        os.close(command_read)
        os.close(answer_write)
        self._buffer = b""
        self._count = 0
        self._session = None
        self.events = []
        targets = self.send("Target.getTargets", session=False)["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self._session = self.send(
            "Target.attachToTarget", session=False, targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Audits", "Accessibility", "DOM"):
            self.send(f"{domain}.enable")
        self.size(*size)

    def close(self):
        try:
            self.send("Browser.close", session=False)
        except (OSError, Failed):
            pass
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def send(self, method, session=True, **parameters):
        """A command's answer; what happens in the meantime is kept in `events`."""
        self._count += 1
        number = self._count
        message = {"id": number, "method": method, "params": parameters}
        if session and self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._commands, data):]
        deadline = time.monotonic() + 60
        while True:
            answer = self._read(deadline)
            if answer.get("id") == number:
                if "error" in answer:
                    raise Failed(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def _read(self, deadline):
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._answers], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise Failed("the browser does not answer")
            piece = os.read(self._answers, 1 << 20)
            if not piece:
                raise Failed("the browser ended")
            self._buffer += piece
        text, self._buffer = self._buffer.split(b"\0", 1)
        message = json.loads(text)
        if "method" in message:
            self.events.append(message)
        return message

    def run(self, script):
        """The value of a script in the page; promises are waited for."""
        answer = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise Failed(f"{script[:200]}: {details.get('exception', {}).get('description', details['text'])}")
        return answer["result"].get("value")

    def wait(self, script, seconds=15):
        """Until a script's value is true; whether it became so."""
        deadline = time.monotonic() + seconds
        while not self.run(script):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def open(self, url):
        """Loads a page anew, whether or not it is the one that is there."""
        known = len(self.events)
        self.send("Page.navigate", url=url)
        deadline = time.monotonic() + 30
        while not any(event["method"] == "Page.loadEventFired" for event in self.events[known:]):
            self._read(deadline)

    def size(self, width, height, scale=1):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False)

    def theme(self, name):
        self.send("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": name}, {"name": "prefers-reduced-motion", "value": "reduce"}])

    def type(self, text):
        self.send("Input.insertText", text=text)

    def press(self, key, modifiers=0):
        """A key by its name in `KeyboardEvent.key`; 2 is Ctrl, 8 is Shift."""
        codes = {
            "Enter": (13, "\r"), "Tab": (9, None), "Escape": (27, None), " ": (32, " "), "ArrowLeft": (37, None), "ArrowUp": (38, None),
            "ArrowRight": (39, None), "ArrowDown": (40, None), "Home": (36, None), "End": (35, None), "a": (65, "a"),
            "Backspace": (8, None),
        }
        code, text = codes[key]
        event = {"key": key, "code": {" ": "Space", "a": "KeyA"}.get(key, key), "windowsVirtualKeyCode": code, "modifiers": modifiers}
        if text and not modifiers & 2:
            event["text"] = text
        self.send("Input.dispatchKeyEvent", type="keyDown", **event)
        event.pop("text", None)
        self.send("Input.dispatchKeyEvent", type="keyUp", **event)

    def move(self, x, y):
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def screenshot(self, file, whole=False):
        data = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        with open(file, "wb") as output:
            output.write(base64.b64decode(data))

    def accessibility(self):
        """The nodes of the accessibility tree that are not ignored: `{role, name, node}`."""
        nodes = []
        for node in self.send("Accessibility.getFullAXTree")["nodes"]:
            if not node.get("ignored"):
                properties = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
                nodes.append({
                    "role": node.get("role", {}).get("value"), "name": node.get("name", {}).get("value", ""),
                    "properties": properties, "node": node.get("backendDOMNodeId"),
                })
        return nodes
