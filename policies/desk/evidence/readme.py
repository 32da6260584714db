"""`README.txt`: what each file of the evidence is, how to check it, and what that proves."""

from django.conf import settings

from accounts.personal_data.archive.zipping import File

CHECKING = """\
HOW TO CHECK IT

Unpack it into an empty folder, and there:

    sha256sum -c SHA256SUMS      every file is as it was packed (macOS: shasum -a 256 -c SHA256SUMS)
    python3 check.py             the same, and every digest and link of the chain computed anew

check.py is short and plain: read it before you run it.

WHAT THAT PROVES

- Each version's digest is the SHA-256 of its text as it stands in chain/….txt, in UTF-8.
- Each link of the chain is the SHA-256 of the version's facts in chain/….json, written as JSON with sorted keys, no
  blanks and ASCII only. Among the facts is the link before it, 64 zeros for the first version. So no version can be
  changed, left out or put in between without every later link being another one.
- Whoever makes evidence could make a whole chain anew. Compare the last link with what others hold: the site shows
  digest and JSON of every version for ever, feeds and archives of the web keep copies, and earlier evidence has the
  earlier links.
- Notices, logs and figures are as the site held them when this was made. They are not part of the chain.
"""


def readme(about: str, files: list[File]) -> list[str]:
    """Return the lines of the text, each with its end."""
    lines = [f"Evidence from {settings.SITE_URL}", f"About: {about}", "", "FILES", ""]
    lines += [f"{file.path}: {file.about}" for file in files]
    lines += ["manifest.json: the length and the SHA-256 of each file, and when this was made", ""]
    return [f"{line}\n" for line in [*lines, *CHECKING.splitlines()]]
