"""Finished public pages, kept in the memory of each process of the web server for as long as they are true."""
