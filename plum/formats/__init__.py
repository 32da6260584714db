"""How this site writes dates and times, by language; Django looks here before its own."""
