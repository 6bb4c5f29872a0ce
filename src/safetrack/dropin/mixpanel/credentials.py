"""`mixpanel.credentials`, which sends nothing, under the name that it has beside what is ours."""

from mixpanel.credentials import *  # noqa: F403
