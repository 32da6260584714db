"""The texts of the demo's policies, and what reads them."""
