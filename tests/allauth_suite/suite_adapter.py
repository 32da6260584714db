"""Our adapter over the one of allauth's test projects, which keeps telephones and messages where its tests look."""

from tests.projects.common.adapters import AccountAdapter as Theirs

from accounts.adapter import AccountAdapter as Ours


class Adapter(Ours, Theirs):
    pass
