"""What we write to people about their requests: templates whose legal parts nobody can change, and their own words."""

from accounts.rights.letters.writing import Letter, LetterKind, write_letter

__all__ = ["Letter", "LetterKind", "write_letter"]
