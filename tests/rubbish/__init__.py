"""Requests of rubbish over every address of the site, as four kinds of visitor; see `__main__`."""
