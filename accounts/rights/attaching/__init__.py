"""Files with requests: what is taken, where it is kept, and how it is given out again."""
