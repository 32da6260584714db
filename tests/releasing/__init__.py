"""What a release leaves behind, so that the next ones can be held against it."""
