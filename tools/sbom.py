"""Writes the bill of materials `requirements/sbom.cdx.json` (CycloneDX 1.6) from the locked requirements.

    python tools/sbom.py          after `python tools/lock.py`, which runs it as well

The wheel contains the file (PEP 770). It lists what the core and its extras need, with the locked versions, and which
package needs which. `scope` is `required` for the core and `optional` for packages that only extras need. It contains
no time and no random value, so the same lock gives the same bytes.
"""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "test.txt"
"""The lock file that contains all packages."""
TARGET = ROOT / "requirements" / "sbom.cdx.json"

_PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\\n]+?))? \\\n"
    r"(?P<rest>(?:[ ]{4}.*\n?)*)",
    re.M,
)
_PARENT = re.compile(r"#(?: via)?\s+([\w.-]+)(?: \(|\s*$)", re.M)


def locked(text: str) -> dict[str, dict[str, Any]]:
    """Return each pinned package by name: its version, its environment marker, and the packages that need it."""
    found = {}
    for pin in _PIN.finditer(text):
        rest = pin["rest"]
        parents = {normal(each) for each in _PARENT.findall(rest)} - {"via"}
        found[normal(pin["name"])] = {
            "version": pin["version"],
            "marker": (pin["marker"] or "").strip(),
            "parents": sorted(parents),
        }
    return found


def normal(name: str) -> str:
    """Return the normalized name of a package (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: Iterable[str]) -> set[str]:
    """Return the normalized names of the required packages, without extras and version bounds."""
    return {normal(re.split(r"[\s<>=!~\[;]", each, maxsplit=1)[0]) for each in requirements}


def closure(direct: Iterable[str], pins: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return the given packages and all that they need, as far as the lock contains them."""
    reached: set[str] = set()
    waiting = list(direct)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [each for each, pin in pins.items() if name in pin["parents"]]
    return reached


def bill(project: Mapping[str, Any], pins: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the bill of materials of a project from its lock. Raises `KeyError` if a package is not locked."""
    core = named(project["dependencies"])
    extras = named(each for more in project["optional-dependencies"].values() for each in more)
    required, everything = closure(core, pins), closure(core | extras, pins)
    reference = f"pkg:pypi/{project['name']}@{project['version']}"
    components = [component(name, pins[name], name in required) for name in sorted(everything)]
    edges = {reference: sorted(purl(name, pins[name]) for name in core | extras)}
    for name in sorted(everything):
        needs = [each for each in everything if name in pins[each]["parents"]]
        edges[purl(name, pins[name])] = sorted(purl(each, pins[each]) for each in needs)
    told: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": reference,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"license": {"id": project["license"]}}],
                "purl": reference,
            }
        },
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": needs} for ref, needs in edges.items()],
    }
    number = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(told, sort_keys=True))
    return {**told, "serialNumber": f"urn:uuid:{number}"}


def component(name: str, pin: Mapping[str, Any], required: bool) -> dict[str, Any]:
    """Return the entry of one package, without file digests.

    Which file pip chooses depends on the machine; the lock has the digests of all files.
    """
    told = {
        "type": "library",
        "bom-ref": purl(name, pin),
        "name": name,
        "version": pin["version"],
        "scope": "required" if required else "optional",
        "purl": purl(name, pin),
    }
    if pin["marker"]:
        return {**told, "properties": [{"name": "xiangji:marker", "value": pin["marker"]}]}
    return told


def purl(name: str, pin: Mapping[str, Any]) -> str:
    """Return the package URL (purl) of a pinned package."""
    return f"pkg:pypi/{name}@{pin['version']}"


def text() -> str:
    """Return the content of the file for the present lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = bill(project, locked(LOCK.read_text("utf-8")))
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    TARGET.write_text(text(), "utf-8", newline="\n")
    print(TARGET.relative_to(ROOT).as_posix())


if __name__ == "__main__":
    main()
