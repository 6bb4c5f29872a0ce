"""Words that analytics names are made of: events, keys, labels, products, plans, platforms.

Put together for safetrack. Two uses: a phrase made of nothing but these words is not the name of
a person or place, whatever the language model says; and a key made of them can be shown as it is.
Words that are common given or family names as well ("mark", "grant", "page" as in "Larry Page"
only together with an unknown word) are left out where they would hide a person on their own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_VERBS: Final = """
abandon abandoned accept accepted accepting access accessed activate activated activation add added
adding adjust adjusted allow allowed answer answered apply applied approve approved archive archived
ask asked assign assigned attach attached authenticate authenticated authorize authorized back
begin began block blocked book booked bought browse browsed build built buy call called cancel
canceled cancelled change changed changing charge charged check checked checkout choose chosen
claim claimed clear cleared click clicked clicking clone cloned close closed collapse collapsed
comment commented commit committed compare compared complete completed completing configure
configured confirm confirmed connect connected consent contact continue continued convert converted
copied copy create created creating crash crashed deactivate deactivated decline declined delete
deleted deliver delivered deny denied deploy deployed detect detected disable disabled disconnect
disconnected discount discounted dismiss dismissed display displayed download downloaded drag
drop dropped earn earned edit edited embed embedded enable enabled end ended enroll enrolled enter
entered evaluate evaluated exceed exceeded execute executed exit exited expand expanded expire
expired export exported fail failed failing favorite favorited fetch fetched fill filled filter
filtered finish finished fire fired fix fixed focus focused follow followed forget forgot forgotten
fork forked format fulfill fulfilled generate generated get go going granted handle handled hide
hidden highlight hover identify identified ignore ignored import imported impress impression
improve improved index indexed initialize initialized initiate initiated insert inserted inspect
install installed invite invited invoke invoked join joined jump keep kept label launch launched
learn leave left like liked limit limited link linked list listed listen listened load loaded
loading locked log logged login logging logout manage managed map mapped matched measure merge
merged message migrate migrated mint minted missing modify modified monitor mount move moved mute
muted navigate navigated notify notified obtain occur occurred onboard onboarded onboarding open
opened opening opted optimize order ordered paid park pause paused pay perform performed pick
picked pin pinned ping place placed play played poll polled post posted prepare prepared press
pressed preview previewed print printed process processed processing prompt promote promoted
provide provided provision provisioned publish published pull pulled purchase purchased push pushed
queue queued quit rate rated read reading receive received recommend recommended reconnect record
recorded recover recovered redeem redeemed redirect redirected reduce refer referred refresh
refreshed refund refunded regenerate register registered reject rejected release released reload
reloaded remind remove removed removing rename renamed render rendered renew renewed reopen
reopened reorder reordered repeat replace replaced replied reply report reported request requested
require required resend resent reserve reserved reset resize resolve resolved respond responded
restart restarted restore restored resume resumed retry retried retrieve return returned reveal
reverse review reviewed revoke revoked roll rotate rotated run running save saved saving scan
scanned schedule scheduled scroll scrolled search searched see select selected selecting send sent
serve served set share shared shipped shop show shown sign signed sign signup signin signout skip
skipped snooze sort sorted start started starting stop stopped store stored stream streamed submit
submitted subscribe subscribed succeed succeeded suggest suggested suspend suspended swipe swiped
switch switched sync synced tag tagged take taken tap tapped test tested toggle toggled track
tracked tracking train trained transfer transferred transform translate triggered trigger try tried
turn type typed unblock undo uninstall uninstalled unlink unlock unlocked unmute unpin unsubscribe
unsubscribed update updated updating upgrade upgraded downgrade downgraded upload uploaded use used
using validate validated verify verified view viewed viewing visit visited vote voted wait waited
warn watch watched withdraw withdrawn write written zoom
"""

_THINGS: Final = """
a about ab account accounts action actions activity ad ads address admin admins advertiser
advertising affiliate age agent agents agreement alert alerts all amount amounts an analysis
analytics and answer any api apis app apps application applications appointment are area array
article articles as asset assets at attempt attempts attribute attribution audience audio audit
author auth authentication auto availability available avatar average axis backend background
backup badge balance banner bar base basic basket batch benchmark best beta billing block blog
board body bonus boolean bot bottom bounce box boxes brand breadcrumb browser browsers bucket
budget bug bulk bundle business button buttons by cache calendar callback campaign campaigns
capacity card cards carousel cart case cases cash catalog catalogue category categories cell
center certificate channel channels chart charts chat chatbot checkbox choice city class client
clients cloud cluster code codes cohort collection collections color colour column columns command
comments commission community company companies component components computer condition config
configuration confirmation connection connections connector consumer contacts container content
contents context contract control controls conversation conversations conversion cookie cookies
copy core cost costs count counter country counts coupon coupons course courses cpu credential
credentials credit credits criteria currency current cursor custom customer customers cycle daily
dark dashboard dashboards data database dataset date dates day days deal deals debit debug decision
default delay delivery demo department depth description design desktop detail details developer
developers device devices dialog digital direct direction directory discount display distance
docs document documentation documents does domain domains done double draft drafts drawer driver
dropdown duration early earnings ecommerce edge edition editor education effect element elements
email emails embed employee employees empty endpoint endpoints engagement engine enterprise
entity entry environment error errors estimate estimated event events every exact example exception
exit experience experiment experiments explorer export exports extension external extra factor
failure false family faq fast favourite feature featured features fee feed feedback fees field
fields file files filters final first flag flags flash flow folder folders font footer for form
forms forum frame framework free frequency friend friends from front full function functions
funnel funnels gallery game games gateway general generation gift global goal goals gold good
grid gross group groups growth guest guide guides header headers headline health height hello help
high history home homepage hook host hour hours how html icon icons id ids identifier identity
image images in inbox index industry info information inline input inputs insight insights
installation instance instances integer integration integrations interaction interest interface
internal interval inventory invitation invitations invoice invoices is issue issues it item items
job jobs journey json just key keyboard keys keyword keywords kind label labels landing language
languages last late latency latest layer layout lead leaderboard leads length lesson lessons level
levels lib library license light limits line lines links live local locale location locations
lock logo long lookup loop loyalty machine mail main maintenance manager map market marketing
marketplace master match material max maximum me measurement media medium meeting meetings member
members membership memory menu menus merchant messages messaging meta metadata method methods
metric metrics migration min minimum minute minutes mobile modal mode model models module money
month monthly months more mouse multi music my name names native navigation navbar net network new
news newsletter next no node none normal not note notes notification notifications now null number
numbers object objective objects of off offer offers offline old on once one online only open
operating operation operator opt option optional options or orders org organic organization
organizations origin original other our out outcome output outputs outside overlay overview own
owner package packages page pages pageview pageviews paid panel parameter parameters parent part
partial participant partner partners password passwords past path payload payment payments payout
pending per percent percentage performance period permission permissions person personal phase
phone photo photos picture pipeline pixel plan plans platform platforms player playlist plugin
plugins plus point points policy pool pop popular popup portal position posts power preference
preferences premium preset previous price prices pricing primary printer priority privacy private
pro problem product production products professional profile profiles profit program progress
project projects prompt prompts promo promotion promotions properties property provider providers
proxy public purchases purpose quality quantity quarter query question questions queue quick quiz
quota quote radio random range rank ranking rating ratings ratio raw reach reaction reader ready
real reason reasons recent recipe recipient recommendation recommendations recording records
recovery recurring reference referral referrals referrer refunds region regions registration
regular rejection related relation release reminder remote renewal replay reports repository
requests required reservation resolution resource resources response responses result results
retail retention revenue reviews reward rewards right role roles room root route router row rows
rule rules runtime safe sale sales sample sandbox saved scale scenario schema score scores screen
screens script scroll sdk season seat seats second secondary seconds secret section sections
secure security segment segments selection self seller server servers service services session
sessions setting settings setup severity shape share shared sharing shelf shipment shipping
shopping short sidebar silver simple single site sites size sizes slide slider slot small smart
snapshot social software solution some sort source sources space spaces special specification
speed spend sport sports stack staff stage staging standard star starter state states static
statistics status statuses step steps stock storage storefront stores story stories strategy
streak string student students style subject submission subscriber subscribers subscription
subscriptions subtotal success successful suggestion suggestions suite summary super supplier
support survey surveys system systems tab table tables tablet tabs tags target task tasks tax taxes
team teams template templates term terms text texts the theme thread threshold thumbnail ticket
tickets tier tiers tile time timeline timeout timer times timestamp timezone tip tips title titles
to today token tokens tool toolbar tools tooltip top topic topics total totals touch tour traffic
training traits transaction transactions transit translation trends trend trial trials triggers
true tutorial tutorials two types ui unique unit units unknown unlimited up url urls usage user users
username utm ux valid validation value values variable variables variant variants vendor vendors
verification version versions vertical video videos views virtual visibility visible visitor
visitors visits voice volume voucher waitlist wallet warehouse warning watchlist web webhook
webhooks webinar website week weekly weeks weight welcome widget widgets width window windows
wishlist with without wizard word words work worker workflow workflows workspace workspaces world
year yearly years yes you your zero zip zone
"""

_MORE: Final = """
accessories adapter addon addons agency anonymous anonymousid apparel arpu arr artifact assistant
authorization autocapture autocomplete backlog bag bank beauty billed biweekly bookmark boots
botnet bounced brightness broadcast browserify build bytes ca calculator calories camera cancellation
captcha caption carrier cents chapter charger checklist churn churned claims cleanup clipboard
clothing cms cold collaboration collaborator combo comparison completion completions compliance
compute concurrent conference consumption converted cooking coordinates coverage cpc cpm crm cron
csat csv ctr cta customization deadline deeplink deduction delta demographics denied dependency
deployment deposit destination developer diagnostics diff digest dimension dimensions discovery
discussion disk dispatch distinct donation dose draft dress drill earbuds electronics embedding
embeddings employer encryption enrollment entitlement episode equipment escalation evaluation exam
exercise expansion expense expiry exploration exposure extract fashion fallback fiber fingerprint
finance fitness fleet flight floor food footwear freemium freight fulfillment furniture gas geo gpu
grade graph graphql grocery guardrail gym handler hardware hash headphones heartbeat
heatmap highlight hobby hook hostname hotel http https hub inference influencer insert inspection
insurance intent investment ip isp iteration jacket kit kitchen lag laptop latency leaderboard ledger
legacy legal lifecycle lifetime liquidity listing litre llm loan logistics loyalty ltv macro managed
manual manufacturer margin maturity mcp meal merchandise microphone milestone mobile mortgage mrr
multivariate nav newsletter nonce nps oauth occupation occupancy office onboarding operational
optimization outage overdue override ownership pack pageleave paragraph parser partition pass
passenger passkey paste patch patient payload payroll peak pdf pharmacy pickup pii pilot pipeline
pixel playback playground podcast portfolio postal postback precision predicted prediction
prepaid prescription presentation principal procurement producer profiler proposal protocol provider
proximity quarterly queue radius rationale readme realtime receipt receiver redirect redis
rediscover refill regex registry regression rental replenish reseller reset restaurant retries
returning revision revisit ringtone risk roadmap rollout roaming router saas salary sampling
satisfaction scanner scheduler scope screenshot scripting sdk seasonal semantic sender sensor
sentiment sequence serial serverless shirt shoes shortcut sku sla slack slug sms sneaker snippet
span spec sprint sql ssl sso stars startup storage streaming stripe studio submodule subdomain
superproperty surface sweater synthetic tariff taxonomy telemetry tenant terminal thanks thermostat
throughput throttle timeline toast tolerance touchpoint trace traceback transcript transcription
transport travel treatment trip trust tshirt typing undefined unread unverified upsell uptime urgent
utc uuid vacation dev prod stg uat qa preprod prd env nightly canary rc lts validator variation vector vehicle viewport vip visitor vpn wearable weather
wifi workbook workout workshop yield
wireless os ios central east west north south northeast northwest southeast southwest eastern western
cotton leather wool linen jeans pants shorts socks hat cap belt watch ring necklace mat lamp chair
desk sofa bed pillow blanket towel mug bottle cup plate coffee tea water juice milk cheese bread
chicken beef pizza burger salad fruit vegetable chocolate snack organic vegan gluten sugar toy doll
puzzle bike bicycle helmet tent camping garden tools tool paint brush speaker monitor cable adapter
mini soft hard slim fit comfort classic vintage modern outdoor indoor waterproof portable
rechargeable stainless steel wooden glass plastic paper ultra plus turbo max air hd 4k
"""

_PRODUCTS: Final = """
ai adwords airtable airpods amazon amplitude android angular ansible apple asana aws azure bing
bitbucket bootstrap brave braze chrome chromebook chromecast chromium claude cloudflare cohere
confluence copilot databricks datadog debian discord django docker dropbox duckduckgo ebay edge
elasticsearch electron etsy excel expo express facebook fastapi fedora figma firefox firebase flask
flutter galaxy gemini git github gitlab gmail google googlebot gpt gsheets hubspot huawei
imac instagram intercom ios ipad iphone ipod java javascript jira jquery kafka kindle kotlin
kubernetes langchain laravel lenovo linkedin linux llama macbook mac macos mailchimp mastercard
messenger metamask microsoft mistral mixpanel mongodb motorola mozilla msie mysql netflix next
nextjs node nodejs nokia notion nvidia okta okhttp oneplus openai opera oracle outlook paypal
pinterest pixel playstation postgres postgresql posthog powerpoint python pytorch rails react
reddit redshift roku ruby rust safari salesforce samsung sap segment sentry shopify shopkit siri
skype snapchat snowflake snowplow spotify spring sqlite stripe swift symfony tableau teams telegram
tensorflow tiktok trello tumblr twilio twitter typescript ubuntu unix visa vue whatsapp wikipedia
windows wordpress xbox xiaomi yahoo yandex youtube zapier zendesk zoom webkit gecko khtml blink
applewebkit
"""

_MONEY_AND_PLACE: Final = """
aed ars aud bgn brl btc cad chf clp cny cop czk dkk egp eth eur euro euros gbp hkd huf idr ils inr
jpy krw kwd mxn myr ngn nok nzd pen php pkr pln qar ron rub sar sek sgd thb try twd uah usd usdc usdt
vnd zar dollar dollars pound pounds yen cent apac emea latam amer eu uk us usa gb
monday tuesday wednesday thursday friday saturday sunday january february march july
september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu
thur thurs fri sat sun gmt utc cet cest est edt pst pdt cst cdt mst mdt bst ist jst aest am pm q1 q2 q3 q4 h1 h2
red blue yellow orange purple pink beige navy teal
bronze platinum diamond starter growth scale essential essentials advanced ultimate unlimited
hobby individual solo lite mini xs xl xxl medium large tiny huge
english german french spanish italian portuguese dutch polish swedish danish norwegian finnish
turkish arabic hebrew hindi chinese japanese korean russian ukrainian greek czech hungarian
romanian vietnamese thai indonesian
administrator analyst architect engineer executive founder freelancer operator recruiter reviewer
"""

_WORDS: Final = frozenset(
    f"{_VERBS} {_THINGS} {_MORE} {_PRODUCTS} {_MONEY_AND_PLACE}".replace("_", " ").split()
)
_SHORT: Final = 2
_LONGEST_NUMBER: Final = 4


@lru_cache(maxsize=4096)
def is_known(word: str) -> bool:
    """Whether a word (lower or any other case) belongs to the vocabulary, its plural included.

    Single letters are known, and numbers of up to four digits.
    """
    word = word.lower()
    if len(word) < _SHORT or word.isdigit():
        return len(word) <= _LONGEST_NUMBER
    return word in _WORDS or (word.endswith("s") and word[:-1] in _WORDS)


_BRANDS: Final = """
abbott accenture acer acura adidas adobe adyen airbnb aldi alexa alibaba allianz amadeus amd armani asics aston
audi avis axa balenciaga barbie barclays bayer bentley benz beretta bloomberg bmw boeing bosch bose braun
brembo bugatti buick burberry burger cadillac canon caterpillar chanel chevrolet
chevron chrysler cisco citroen clarks colgate converse corona cortana coach crocs dacia daikin daimler
danone decathlon dell deloitte delonghi delta denon diesel dior disney dodge dolce dominos duracell dyson
ericsson evernote fendi ferrari fiat fila fitbit ford fossil fuji fujitsu garmin gatorade geico givenchy goldman
goodyear grammarly gucci guess haribo harley heineken heinz hermes hershey hilton hitachi honda hoover hyatt hyundai
ikea infiniti intel ivanti jaguar jbl jeep jenkins johnnie kafka kellogg kellogs kenwood kenzo kia klarna
knorr kodak kpmg kraft lacoste lamborghini lancome lavazza lego levi levis lexus lidl lincoln linksys
lloyds loreal lufthansa lululemon lyft macys madewell marriott maserati maybelline mazda mcdonald mcdonalds mckinsey mercedes merrell merrill
michelin micron miele mitsubishi moncler nescafe nestle nespresso netgear nike nikon nintendo nissan nivea nordstrom
novartis oakley oculus olympus opel oppo oral panasonic pandora patagonia pepsi perrier peugeot pfizer
pirelli playmobil polaroid porsche prada prius puma purina qualcomm quicksilver rayban reebok renault ricoh rimowa
roche rolex rover ryanair saab samsonite sanofi santander schwab schwinn sephora sharp shein siemens skoda
sonos sony starbucks subaru suzuki swarovski swatch taco tesla teva texaco thule timberland tissot
tom toshiba toyota tui turbotax uber umbro unilever uniqlo valentino vanguard vercel verizon versace victorinox
vivo vodafone volkswagen volvo walmart wells wendys whirlpool wolt wrangler xerox yamaha zara zeiss
zalando zillow claude gemini siri jira hermes celery gunicorn flask django maven gradle heroku netlify vercel
haskell scala kotlin lua perl fortran pascal erlang elixir clojure elm dart jasmine mocha karma
cypress selenium puppeteer ember backbone nuxt svelte astro remix deno prisma sequelize
hadoop hive cassandra couchbase neo4j influx grafana prometheus consul nomad vault packer vagrant chef
consuela sonar nagios zabbix splunk kibana logstash jaeger zipkin istio envoy helm argo tekton spinnaker bamboo
roboto helvetica arial verdana courier garamond futura lato inter calibri cambria lucida tahoma
visa maestro discover klarna venmo zelle revolut wise monzo chime stripe marqeta plaid brex ramp gusto rippling
monday asana trello basecamp notion linear clickup wrike loom miro figma canva sketch invision zeplin
ubuntu debian fedora mint arch gentoo suse catalina ventura sonoma sequoia monterey mojave yosemite
"""

_BRAND_WORDS: Final = frozenset(_BRANDS.split())


def is_brand(word: str) -> bool:
    """Whether a word (lower case) is a brand or a tool, and perhaps a name as well (``ford``)."""
    return word in _BRAND_WORDS
