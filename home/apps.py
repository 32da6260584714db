from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"

    def ready(self) -> None:
        from home import identity, personal_data, signals  # noqa: F401  (identity registers itself)

        personal_data.declare()
        signals.connect()
