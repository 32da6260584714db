"""Days on which nobody works besides those that the library of holidays knows: staff add them, open cases follow."""
