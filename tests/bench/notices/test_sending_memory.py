"""What a worker's memory does from the first to the last mail.

BENCH_MEMORY_MAILS     how many mails; 300000 take a minute or two. Left out unless it is set
"""

import os
import threading

from . import places

MAILS = int(os.environ.get("BENCH_MEMORY_MAILS", "0"))
EVERY_SECONDS = 1.0


def test_memory_of_a_worker(tell, skip, smtp_port, postgresql):
    if not MAILS:
        skip("the memory of a worker: set BENCH_MEMORY_MAILS=300000")
    postgresql.first.do("people", count=int(MAILS * 1.1))
    postgresql.first.do("prepare", contender="ours", mails=MAILS)
    worker = places.Process(postgresql.url)
    worker.do("sent", contender="ours")  # it has started
    samples, over = [worker.memory()], threading.Event()
    watch = threading.Thread(target=_watch, args=(worker, samples, over))
    watch.start()
    worker.do("send", contender="ours", mails=MAILS, port=smtp_port, connections=8)
    over.set()
    watch.join()
    worker.end()
    tell(f"\nMemory of a worker over {MAILS:,} mails, MB: {samples[0]:.0f} before the first; {_tenths(samples[1:])}")


def _watch(worker: places.Process, samples: list[float], over: threading.Event) -> None:
    while not over.wait(EVERY_SECONDS):
        samples.append(worker.memory())


def _tenths(samples: list[float]) -> str:
    """The most in each tenth of the time."""
    size = max(1, len(samples) // 10)
    tenths = [max(samples[at : at + size]) for at in range(0, len(samples), size)]
    return "in tenths of the time " + " ".join(f"{most:.1f}" for most in tenths)
