"""When a request or complaint is due, and how that is worked out. Pure: days go in, days and words come out."""
