"""The register of personal data and its doors: what is held about people, and how it is collected and erased."""
