"""The evidence pack of a run of the recorder: what was kept, who was called, how it looked, of which code and when."""

import csv
import datetime as dt
import hashlib
import io
import json
import subprocess
from pathlib import Path

from PIL import Image

from tests.journeys.recording import Recorder, Told
from tests.journeys.running import ROOT


def commit() -> str:
    return subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False
    ).stdout.strip()


def keep_evidence(folder: Path, recorded: dict[str, Recorder], told: list[Told], shots: dict[str, bytes]) -> None:
    """Write kept.csv, called.csv, a picture of each state, and checked.json, which the page about cookies reads."""
    folder.mkdir(parents=True, exist_ok=True)
    table(folder / "kept.csv", ("state", "where", "name", "first page", "seconds it lasts", "flags"), kept(recorded))
    calls = [(state, path, called) for state, one in recorded.items() for path, called in one.elsewhere]
    table(folder / "called.csv", ("state", "page", "called"), calls)
    for state, shot in shots.items():
        few = Image.open(io.BytesIO(shot)).convert("RGB").quantize(96, dither=Image.Dither.NONE).convert("RGB")
        few.save(folder / f"{state.replace(' ', '-').lower()}.webp", "WEBP", lossless=True, method=6)
    pages = {path for one in recorded.values() for path in one.visited}
    summary = {
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "commit": commit(),
        "pages": len(pages),
        "states": list(recorded),
        "names": sorted({one.name for one in told}),
        "table": hashlib.sha256((folder / "kept.csv").read_bytes()).hexdigest(),
    }
    (folder / "checked.json").write_text(json.dumps(summary, indent=1) + "\n")


def kept(recorded: dict[str, Recorder]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for state, one in recorded.items():
        for name, cookie in sorted(one.cookies.items()):
            flags = [flag for flag in ("httpOnly", "secure") if cookie[flag]] + [f"SameSite={cookie['sameSite']}"]
            left = "" if cookie["left"] is None else round(cookie["left"], -3)
            rows.append((state, "cookie", name, cookie["first"], left, " ".join(flags)))
        rows += [(state, place, key, first, "", "") for (place, key), first in sorted(one.keys.items())]
    return rows


def table(path: Path, heading: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
