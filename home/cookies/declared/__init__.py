"""What may be on a device, as the software declares it, and the check that its settings agree."""
