"""What visitors are shown of the versions, and in which forms: pages, JSON, mementos, a text recognised."""
