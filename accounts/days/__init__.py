"""How people type days and moments: what is understood, the fields that take them, and what their text means."""
