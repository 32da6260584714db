"""What an operator needs beside the site itself; docs/operations.md says how it is used."""
