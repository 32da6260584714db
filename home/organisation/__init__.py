"""The setting that says who runs the site and how it looks, and everything that is drawn from it."""
