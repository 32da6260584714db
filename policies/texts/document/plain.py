"""Writes words without markup so that raised and lowered ones keep their meaning: 10³, H₂O, x^(a,b)."""

from policies.texts.document.runs import Run, Runs

_RAISED = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
_LOWERED = dict(zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))


def plain_text(runs: Runs) -> str:
    """Return the words of a line. Raised and lowered ones use Unicode's letters, or follow `^` or `_`."""
    return "".join(map(_run_text, runs))


def _run_text(run: Run) -> str:
    if not run.script:
        return run.text
    letters, mark = (_RAISED, "^") if run.script == "super" else (_LOWERED, "_")
    if all(letter in letters for letter in run.text):
        return "".join(letters[letter] for letter in run.text)
    return f"{mark}{run.text}" if len(run.text) == 1 else f"{mark}({run.text})"
