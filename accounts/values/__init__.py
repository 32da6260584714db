"""What people type and read, as plain values: addresses, telephone numbers, words for days and counts. Pure."""
