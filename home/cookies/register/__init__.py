"""The register of what may be on a device: what the software declares, what editors add, and who is told of it."""
