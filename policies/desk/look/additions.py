"""What other rooms of the desk add to the look, above the button: who approved it, or who still has to.

They fill the list in `AppConfig.ready()`.
"""

from collections.abc import Callable

from laces.components import Component

from accounts.models import User
from policies.desk.look.looking import Look

# Takes the look, who is looking, and the token that a form of theirs must bring back; None shows nothing.
Addition = Callable[[Look, User, str], Component | None]

additions: list[Addition] = []
