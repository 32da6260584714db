"""Reviews by people without an account: asked by a signed link, answered on a public page."""
