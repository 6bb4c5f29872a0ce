"""`mixpanel.flags.types`, which sends nothing, under the name that it has beside what is ours."""

from mixpanel.flags.types import *  # noqa: F403
