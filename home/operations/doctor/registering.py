"""Which examinations the site itself has; the other apps register theirs."""

from accounts.examining import Examination, add_examination
from home.operations.doctor import database, mail, organisation, outside, place, pooler, processes


def register() -> None:
    """Have the doctor look. Called once, when the app starts."""
    add_examination(
        Examination("database", "Database", database.look_whether_it_answers, order=0),
        Examination("tables", "Tables", database.look_at_tables),
        Examination("pooler", "Pooler", pooler.look_at_pooler),
        Examination("clock", "Clock", database.look_at_clock),
        Examination("time-zones", "Time zones", place.look_at_time_zones, asks_database=False),
        Examination("static", "Static files", place.look_at_static_files, asks_database=False),
        Examination("folders", "Folders", place.look_at_folders, asks_database=False),
        Examination("bucket", "Bucket", place.look_at_bucket, asks_database=False),
        Examination("space", "Space", place.look_at_space, alarming=True, asks_database=False),
        Examination("backup", "Backup", place.look_at_backup, alarming=True, asks_database=False),
        Examination("machines", "Machines", processes.look_at_machines),
        Examination("cache", "Cache", processes.look_at_cache),
        Examination("mail", "Mail server", mail.look_at_server, asks_database=False),
        Examination("dns", "Records of the mail domain", mail.look_at_records),
        Examination("certificate", "Certificate", outside.look_at_certificate, asks_database=False),
        Examination("front", "What stands in front", outside.look_from_outside, asks_database=False),
        Examination("security-txt", "security.txt", organisation.look_at_security_txt),
        Examination("missing", "What the site still lacks", organisation.look_at_what_is_missing),
    )
