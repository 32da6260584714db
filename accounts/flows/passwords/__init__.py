"""What a password must not be. The list of common ones is made by `build`, from Django's own."""
