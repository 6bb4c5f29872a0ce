"""What the demo's people write to support: topics, and texts with gaps for personal details.

Gaps: ``{name}``, ``{first}``, ``{email}``, ``{phone}``, ``{order}``, ``{colleague}`` (a full name),
``{company}``, ``{city}``. Texts are written as people write: with and without greeting, in one
line, in lower case, with a signature.
"""

from __future__ import annotations

from typing import Final

PERSONAL: Final[tuple[tuple[str, str], ...]] = (
    ("billing", "Hi, this is {name}. Order {order} was charged twice. Please refund it, or call me on {phone}."),
    ("billing", "Hello, my invoice for {order} still shows the old address. Can you send a corrected one to {email}? Thanks, {name}"),
    ("billing", "The card on our account expired. {colleague} will send the new one. You can reach her at {phone}. Best regards, {name}"),
    ("billing", "Could you add {email} to the billing contacts of {company}? {first}"),
    ("billing", "We were billed for ten seats but only have six. See order {order}. Regards, {name}, {company}"),
    ("billing", "refund please!! order {order}, my number is {phone}"),
    ("billing", "Please forward the receipt for {order} to our accountant {colleague}. Thank you. {name}"),
    ("account", "I cannot log in any more. My account is {email} and my name is {name}."),
    ("account", "My colleague {colleague} left the company last week. Please move her projects to me, {email}."),
    ("account", "I signed up twice by mistake. Please merge the other account into {email}. {name}, {city}"),
    ("account", "Hi team, {name} here. I changed my last name and need the profile updated. My phone is {phone}."),
    ("account", "locked out since this morning, call me: {phone}. my mail is {email}"),
    ("account", "Please delete my account and everything you hold about me. My name is {name}, my address is {email}."),
    ("account", "The invitation for {colleague} never arrived. Could you send it again? Best, {first}"),
    ("api", "We get 429 errors since yesterday although we are far below the limit. Contact: {name}, {phone}"),
    ("api", "Requests from our office in {city} time out. {colleague} on my team sees the same. Write to {email}, please."),
    ("api", "Is there a way to raise the rate limit for {company}? I am happy to explain on the phone, {phone}. {name}"),
    ("api", "Streaming stops after about thirty seconds. I attached the log. Thanks! {name}"),
    ("api", "our key was posted in a public repository by {colleague}, we rotated it already. any abuse? {email}"),
    ("api", "Hi, who can help with the batch endpoint? I spoke to {colleague} last month about order {order}. Cheers, {first}"),
    ("sales", "I would like to talk to someone about an enterprise contract. {name}, head of data at {company}, {phone}."),
    ("sales", "Can we get a quote for forty seats? Please send it to {email} and copy {colleague}."),
    ("sales", "We met at the conference in {city}. My name is {name} and I promised to follow up. Reach me at {email}."),
    ("sales", "Does the education discount also apply to {company}? Regards, {name}"),
    ("bug", "The usage chart is empty for me. Screenshot sent from {email}. {first}"),
    ("bug", "When I open the playground it shows the project of {colleague} and not mine. Please look into this. {name}"),
    ("bug", "Export fails with a server error, order {order}. You may call {phone} during the day."),
    ("bug", "Dark mode hides the save button. Not urgent. Greetings from {city}, {name}"),
)  # fmt: skip

IMPERSONAL: Final[tuple[tuple[str, str], ...]] = (
    ("api", "Is the older embedding model going away this year?"),
    ("api", "What is the maximum size of a batch file?"),
    ("billing", "Do you offer yearly invoices?"),
    ("billing", "Where can I see what I will pay this month?"),
    ("bug", "The documentation search returns nothing at all today."),
    ("account", "How do I turn on two-factor login?"),
    ("sales", "Is there a plan for schools?"),
    ("api", "Please support structured output in the playground, too."),
)
