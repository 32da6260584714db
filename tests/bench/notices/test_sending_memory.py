"""What the memory of a worker does from the first mail to the last: `manage.py send_notices` as in production.

BENCH_MEMORY_MAILS     how many mails; 300000 take some minutes. Left out unless it is set
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.notices.places import TREE
from tests.bench.notices.sink import HOST

MAILS = int(os.environ.get("BENCH_MEMORY_MAILS", "0"))
EVERY_SECONDS = 0.5
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "plum.settings.production",
    "SECRET_KEY": "only-for-the-benchmark-" + "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": f"{HOST},www.example.org",
    "SITE_URL": "https://www.example.org",
}


def test_memory_of_a_worker(tell, skip, smtp_port, postgresql):
    if not MAILS:
        skip("the memory of a worker: set BENCH_MEMORY_MAILS=300000")
    postgresql.first.do("people", count=MAILS * 11 // 10 + 100)
    postgresql.first.do("prepare", contender="ours", mails=MAILS)
    settings = SETTINGS | {"DATABASE_URL": postgresql.url, "EMAIL_URL": f"smtp://{HOST}:{smtp_port}"}
    worker = subprocess.Popen([sys.executable, "manage.py", "send_notices"], cwd=TREE, env=os.environ | settings)
    samples = []
    while worker.poll() is None:
        samples.append(memory_of(worker.pid))
        time.sleep(EVERY_SECONDS)
    assert postgresql.first.do("sent", contender="ours") == MAILS
    tell(f"\nMemory of a worker over {MAILS:,} mails, in MB, the most in each tenth of the time")
    for name, part in (("resident", 0), ("of that its own", 1)):
        tell(f"{name:16}" + " ".join(f"{most:6.1f}" for most in tenths([sample[part] for sample in samples])))


def memory_of(pid: int) -> tuple[float, float]:
    """What is resident of a process, and what of it is not files that others share; nothing if it has just ended."""
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = [status.partition(f"{name}:")[2].split()[:1] for name in ("VmRSS", "RssAnon")]
    resident, own = (int(found[0]) / 1024 if found else 0.0 for found in kilobytes)
    return resident, own


def tenths(samples: list[float]) -> list[float]:
    count = len(samples)
    return [max(samples[count * at // 10 : max(count * (at + 1) // 10, count * at // 10 + 1)]) for at in range(10)]
