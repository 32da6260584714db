"""How many queries each page of ours may ask: a table, and a site with something at each address."""
