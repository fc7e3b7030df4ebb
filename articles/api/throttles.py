"""How many requests one may make. Counted in Django's cache: by default that of each process."""

from rest_framework import throttling
from rest_framework.settings import api_settings


class SettingsRate:
    """Takes the rate from the settings as they are now, not as they were when the class was made."""

    def get_rate(self) -> str | None:
        return api_settings.DEFAULT_THROTTLE_RATES[self.scope]


class AnonymousThrottle(SettingsRate, throttling.AnonRateThrottle):
    """By address, of those who give no token."""

    scope = "anonymous"


class UserThrottle(SettingsRate, throttling.UserRateThrottle):
    """By user, of those who give a token."""

    scope = "user"

    def get_cache_key(self, request, view):
        return super().get_cache_key(request, view) if request.user.is_authenticated else None
