"""The five roles an account may have, and what each is for."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Role(StrEnum):
    """One role an account; stored by its code. SECURITY.md, "Access", says what each may do; `policy.py` holds it."""

    MONITOR = "monitor"
    """Records; sees name and place of those who are held, or were released within a day, in the cities of the watch."""
    LAWYER = "lawyer"
    """Opens the files of the people assigned to them, and no others."""
    COORDINATOR = "coordinator"
    """Assigns, merges, withdraws, forgets; sees every file, and who read which."""
    JOURNALIST = "journalist"
    """Reads figures that may be published."""
    ADMIN = "admin"
    """Keeps accounts, keys and health; sees nothing about anybody on record."""

    @property
    def is_outside(self) -> bool:
        """Whether it is told what readers outside are told, and nothing that is held back from them."""
        return self is Role.JOURNALIST


LABELS = {
    Role.MONITOR: _l("monitor"),
    Role.LAWYER: _l("lawyer"),
    Role.COORDINATOR: _l("coordinator"),
    Role.JOURNALIST: _l("journalist"),
    Role.ADMIN: _l("administrator"),
}
