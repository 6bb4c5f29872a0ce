"""Remote evaluation: what is asked is in the address of the request, and passes the guard first."""

from __future__ import annotations

import asyncio
from typing import Any, Final, TypeAlias

from mixpanel import MixpanelException
from mixpanel.flags import remote_feature_flags as vendor

from safetrack.dropin.mixpanel.flags.provider import IS_UNWATCHED, GuardedProvider
from safetrack.dropin.value_free import value_free_calls
from safetrack.event import Reason
from safetrack.vendors.mixpanel import MIXPANEL_FLAGS

Question: TypeAlias = tuple[Any, str | None]
"""A context as it may leave, and the flag that is asked for; all flags without one."""


class Asked(dict[Any, Any]):
    """The caller's context, with the question that was made of it ahead of time."""

    __slots__ = ("question",)
    question: Question | None


@value_free_calls
class RemoteFeatureFlagsProvider(GuardedProvider, vendor.RemoteFeatureFlagsProvider):
    """`mixpanel.RemoteFeatureFlagsProvider`, which asks for pseudonyms.

    What the policy's ``traits:`` do not let out is not asked about either: a rollout by such a
    property matches nobody.
    """

    async def aget_all_variants(self, context: Any) -> Any:
        """As the vendor's; what is to be searched is searched off the event loop."""
        return await super().aget_all_variants(await self._ahead(context, None))

    async def aget_variant(
        self, flag_key: str, fallback_value: Any, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """As the vendor's; what is to be searched is searched off the event loop."""
        asked = await self._ahead(context, flag_key)
        before = IS_UNWATCHED.set(True)
        try:
            return await super().aget_variant(flag_key, fallback_value, asked, *args, **kwargs)
        finally:
            IS_UNWATCHED.reset(before)

    async def _ahead(self, context: Any, flag_key: str | None) -> Any:
        if not isinstance(context, dict):
            return context
        asked = Asked(context)
        asked.question = await asyncio.to_thread(self._question, context, flag_key)
        return asked

    def _prepare_query_params(self, context: Any, flag_key: str | None = None) -> Any:
        """The SDK's last step before the HTTP library."""
        is_ready = isinstance(context, Asked)
        question = context.question if is_ready else self._question(context, flag_key)
        if question is None:
            raise MixpanelException("safetrack lets nothing of this question out")
        return super()._prepare_query_params(*question)

    def _question(self, context: Any, flag_key: str | None) -> Question | None:
        guard = self.safetrack
        if not isinstance(context, dict):
            if guard.is_observing:
                return context, flag_key  # the vendor's own error
            guard.drop(Reason.UNREADABLE)
            return None
        message = {key: dict.get(context, key) for key in _OWN if dict.__contains__(context, key)}
        message["groups"] = {k: value for k, value in dict.items(context) if k not in _OWN}
        message["flag_key"] = flag_key
        clean = guard.clean_one(message, MIXPANEL_FLAGS)
        if clean is message:
            return context, flag_key
        if clean is None:
            return None
        named = flag_key if clean.pop("flag_key", None) == flag_key else None
        left = {**clean.pop("groups", {}), **clean}
        if left.keys() <= {"custom_properties"}:
            guard.withhold(Reason.RULE)  # nobody is left to ask about
            return None
        return left, named


_OWN: Final = ("distinct_id", "device_id", "custom_properties")
"""Keys of a context that are no group keys."""


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
