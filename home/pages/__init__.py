"""What the pages around the policies have besides their words."""
