"""How fast public pages are sent: beside a file, the bare server with the same bytes, and plain Wagtail."""
