from policies.models.pages import PolicyIndexPage, PolicyPage
from policies.models.versions import PolicyVersion, Significance, Standing

__all__ = ["PolicyIndexPage", "PolicyPage", "PolicyVersion", "Significance", "Standing"]
