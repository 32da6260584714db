"""The register: what is declared and what editors add, for the page, for policies, and against what these say."""
