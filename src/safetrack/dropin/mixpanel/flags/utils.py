"""`mixpanel.flags.utils`, which sends nothing, under the name that it has beside what is ours."""

from mixpanel.flags.utils import *  # noqa: F403
