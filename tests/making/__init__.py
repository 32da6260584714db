"""Makes what tests need: people, policies, notices and their troubles. No test is in here, and no fixture."""
