import pytest


@pytest.fixture(autouse=True)
def ledger_file(settings, tmp_path):
    """A ledger of the test's own."""
    settings.ERASURE_LEDGER = tmp_path / "ledger" / "erasures.jsonl"
    return settings.ERASURE_LEDGER
