"""Who writes a policy, who may approve it, and the ready-made groups of both."""
