"""A peer's side of the conversation: one JSON line asks, one JSON line answers.

A peer calls need() before it imports what may be absent, then serve().
"""

import importlib.metadata
import importlib.util
import json
import os
import sys
import traceback

# Libraries print where they like: answers keep the real output, everything else goes to errors.
_answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)


def need(*packages):
    """Versions of installed packages, by name; an answer and the end where one is missing.

    A package that is imported under another name than it is installed by is "install:import".
    """
    names = [package.partition(":")[::2] for package in packages]
    missing = [name for name, module in names if not importlib.util.find_spec(module or name)]
    if missing:
        _say({"missing": missing})
        sys.exit(3)
    versions = {name: importlib.metadata.version(name) for name, _ in names}
    return {"python": sys.version.split()[0], **versions}


def serve(versions, handlers):
    """Answers until the input ends. A request that fails is answered with its reason."""
    _say({"ready": versions})
    for line in sys.stdin:
        asked = json.loads(line)
        name = asked.pop("do")
        try:
            _say({"ok": handlers[name](**asked)})
        except Exception as error:
            traceback.print_exc()
            _say({"error": f"{type(error).__name__}: {error}"})


def _say(answer):
    _answers.write(json.dumps(answer) + "\n")
    _answers.flush()
