"""The models of policies and of Wagtail's core that say nothing about anybody with an account."""

from accounts.personal_data.register import declare_free

PUBLIC = "The text of a page: what it says of anybody is meant for everybody"
RIGHTS = "What groups of staff may do"
RESTRICTED = "Which page or files are for whom; the password is shared and nobody's own"
STEPS = "How drafts are approved; who did it is “approvals”"
INDEX = "A copy of the words of pages and of files' titles, to search in"


def declare() -> None:
    """Declare the fields of the CMS that say nothing about a person, with the reason for each."""
    text = ("preamble", "sections", "language", "significance", "change_summary", "effective_from", "amends")
    mail = ("tell_of_first", "tell_newcomers", "always_notify_because", "about_personal_data", "links_because")
    asking = ("asks_for", "grace_days", "least_age", "asks_this_time", "asks_because")
    kinds = ("kinds", "short_notice_because", "tell_of_correction")
    declare_free("policies.PolicyPage", *text, *mail, *asking, *kinds, why=PUBLIC)
    days = ("new_purpose", "new_data", "new_recipient", "transfer_abroad", "longer_keeping", "automated_decisions")
    declare_free(
        "policies.LeastNotice", *days, "rights", "other", why="How long before it begins a change is announced"
    )
    _rights()
    _approving()
    _finding()
    declare_free("wagtailcore.Locale", "language_code", why="The languages of the site")
    declare_free("wagtailcore.Site", "hostname", "port", "site_name", "root_page", "is_default_site", why="The site")
    declare_free("wagtailcore.Collection", "path", "depth", "numchild", "name", why="Folders of images and files")


def _rights() -> None:
    for what in ("Page", "Collection", "Site"):
        declare_free(f"wagtailcore.Group{what}Permission", "group", what.lower(), "permission", why=RIGHTS)
    for what in ("Page", "Collection"):
        name = f"wagtailcore.{what}ViewRestriction"
        declare_free(name, "restriction_type", "password", what.lower(), why=RESTRICTED)
        declare_free(f"{name}_groups", f"{what}ViewRestriction".lower(), "group", why=RESTRICTED)


def _approving() -> None:
    declare_free("wagtailcore.Workflow", "name", "active", why=STEPS)
    declare_free("wagtailcore.WorkflowTask", "sort_order", "workflow", "task", why=STEPS)
    declare_free("wagtailcore.WorkflowPage", "page", "workflow", why=STEPS)
    declare_free("wagtailcore.WorkflowContentType", "content_type", "workflow", why=STEPS)
    declare_free("wagtailcore.Task", "name", "content_type", "active", why=STEPS)
    declare_free("wagtailcore.GroupApprovalTask_groups", "groupapprovaltask", "group", why=STEPS)


def _finding() -> None:
    words = ("title", "body", "autocomplete")
    in_postgresql = ("title_text", "body_text")
    place = ("content_type", "object_id", "title_norm")
    declare_free("wagtailsearch.IndexEntry", *place, *words, *in_postgresql, why=INDEX)
    declare_free("wagtailsearch.SQLiteFTSIndexEntry", *words, "index_entry", why=INDEX)
    origin = ("content_type", "base_content_type", "object_id", "model_path", "content_path", "content_path_hash")
    to = ("to_content_type", "to_object_id")
    declare_free("wagtailcore.ReferenceIndex", *origin, *to, why="Which page uses which image, file or page")
