"""What the doctor looks at around the policies: one list, all well or what to do."""
