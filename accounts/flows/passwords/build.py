"""Makes common.txt.gz: passwords of 12 characters and more that people are known to choose.

Django's list, of leaked passwords in the order of their frequency, has 20,000 entries, of which some 190 are so long.
This takes those, and what people and cracking tools make of the shorter ones when 12 characters are asked for: doubled,
two of them together, with years and runs of digits at the end, and walks over the keyboard. It is made, not leaked:
docs/decisions/0006 says what that is worth. The same Django makes the same file:

    python -m accounts.flows.passwords.build
"""

import gzip
from collections.abc import Iterable, Iterator
from itertools import chain, product
from pathlib import Path

from django.contrib.auth import password_validation

MADE = Path(__file__).with_name("common.txt.gz")
SHORTEST, LONGEST = 12, 24
COMMON, MOST_COMMON = 300, 50  # how many get tails, and how many are put together with each other
YEARS = [str(year) for year in range(1980, 2031)]
DIGITS, ALPHABET = "1234567890", "abcdefghijklmnopqrstuvwxyz"
TAILS = [*(DIGITS[:length] for length in range(1, 11)), "!", "1!", "123!"]
ROWS = (DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", ALPHABET)
COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.")
ZIGZAG = "1q2w3e4r5t6y7u8i9o0p"


def leaked() -> list[str]:
    """Return Django's list, the most frequent first."""
    path = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.strip() for line in lines]


def repeated(words: Iterable[str]) -> Iterator[str]:
    for word, times in product(words, range(2, 9)):
        yield word * times


def lengthened(words: Iterable[str]) -> Iterator[str]:
    for word, tail in product(words, TAILS + YEARS + [year + "!" for year in YEARS]):
        yield word + tail


def together(words: list[str]) -> Iterator[str]:
    return (first + second for first, second in product(words, repeat=2))


def walks() -> Iterator[str]:
    """Yield runs along the rows, columns and zigzags of a keyboard and the alphabet, there and back."""
    paths = [*("".join(pair) for pair in product(ROWS, repeat=2)), "".join(COLUMNS), ZIGZAG, *ROWS]
    for path in chain(paths, (path[::-1] for path in paths)):
        for length in range(SHORTEST, min(len(path), LONGEST) + 1):
            yield path[:length]
            yield path[-length:]
    yield from (symbol * SHORTEST for symbol in DIGITS + ALPHABET)


def common_passwords() -> list[str]:
    """Return the whole list, without doubles, the likeliest first."""
    words = leaked()
    short = [word for word in words if word.isascii() and 4 <= len(word) < SHORTEST]
    made = chain(words, walks(), repeated(short[:COMMON]), together(short[:MOST_COMMON]), lengthened(short[:COMMON]))
    return list(dict.fromkeys(password for password in made if SHORTEST <= len(password) <= LONGEST))


def write(path: Path = MADE) -> int:
    passwords = common_passwords()
    path.write_bytes(gzip.compress("\n".join(passwords).encode() + b"\n", mtime=0))
    return len(passwords)


if __name__ == "__main__":
    write()
