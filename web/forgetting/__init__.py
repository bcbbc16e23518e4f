"""The way to being forgotten: a verified request, a second account's approval, the delay, the keys destroyed, the record told."""

from web.forgetting.carrying_out import carry_out, forgettings_unrecorded, record_missing_forgettings
from web.forgetting.pages import forgetting

__all__ = ["carry_out", "forgetting", "forgettings_unrecorded", "record_missing_forgettings"]
