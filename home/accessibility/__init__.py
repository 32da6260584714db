"""The accessibility statement: it says what was tested, from the results that the tests wrote."""
