"""Values that say nothing of a person, the tricky ones too."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from typing import Final

from making.template import Marked, no

WORDS: Final[dict[str, str]] = {
    "plan": "free|pro|Team|Enterprise Plus|starter-monthly|business_annual|Basic|Premium Family|trial",
    "product": "Aurora Desk Lamp|Merino Crew Sweater|Trailblazer 40L Backpack|Harper Dining Chair|"
    "Florence Leather Sofa|Jasmine Green Tea|Apple AirPods Pro (2nd generation)|Mason Jar Set|"
    "Stanley Quencher 40oz|Nike Air Jordan 1 Low|Levi's 501 Original|Dr. Martens 1460 Boots|"
    "Paris Eau de Parfum|Oxford Shirt Slim Fit|Victoria Sponge Mix|Kindle Paperwhite|Lego Creator 31120|"
    "Calvin Klein Crew Socks|Billy Bookcase|Café de Olla 250 g|Rasierklingen 8er Pack|Lampe de bureau"
    "|Hamilton Beach Toaster|Georgia Peach Candle|Amber Glow Serum"
    "|Theo Dark Chocolate 85%|Sofia Two-Seater Sofa|Ruby Lip Balm"
    "|Charlotte Ruffle Dress|Edison Bulb 6-Pack|Chelsea Boots Black"
    "|Bordeaux Wine Glass Set|Kashmir Wool Scarf|Nordic Oak Side Table"
    "|Galaxy Buds2 Pro|The North Face Nuptse Jacket|Ray-Ban Wayfarer"
    "|Bosch GSR 18V-55|Philips Sonicare 4100|Hoodie 'Berlin' schwarz"
    "|Vitamin C Tropfen|Kinderfahrrad 20 Zoll|Nintendo Switch OLED"
    "|Weber Spirit E-310|Gift Card 50|Bananas (1kg)|iPhone 15 Case - Clear"
    "|Cable USB-C 2 m|Sauvignon Blanc 2022|Crème hydratante visage"
    "|Zapatos de cuero|コーヒーメーカー|無線イヤホン|Кофеварка капельная|Team Plan (annual)"
    "|API Credits 10k|Extra Seats",
    "category": "Home & Garden|Women > Shoes|electronics|Kids|Beauty/Skin Care|Books|pet-supplies|"
    "Outdoor Cooking|Men|Baby & Toddler|Groceries|Haushalt|Jouets"
    "|Sofas & Armchairs|Running|Laptops > Gaming|Tops|Face Care|Toys & Games|Wine"
    "|Sale|Jewelry|Office Supplies|Accessoires|Zubehör|Deportes|Bebidas"
    "|subscriptions|add-ons|Fiction|Science",
    "brand": "Patagonia|Samsung|Ralph Lauren|Johnson & Johnson|L'Oréal|Bosch|Sony|IKEA|Hermès|Wilson"
    "|Adidas|Nike|Zara|H&M|Uniqlo|Philips|Dyson|Lindt|Jack Daniel's|Ben & Jerry's"
    "|Tommy Hilfiger|Hugo Boss|Michael Kors|Marc Jacobs|Victoria's Secret"
    "|Harley-Davidson|Dell|Lenovo|Asus|Tesla|Kellogg's|Nestlé|Levi's|Puma|Anker"
    "|Logitech",
    "event": "Order Completed|Signed Up|checkout_started|Video Playback Paused|Lead Converted|Level Up|"
    "Playground Run|Cart Viewed|invoice.paid|user.created|Application Opened|Trial Ended"
    "|Experiment Viewed|Cart Abandoned|Push Notification Opened|Review Submitted"
    "|Subscription Renewed|Document Shared|Card Linked|deal_closed|Quiz Finished"
    "|Tour Step 3|Session Replay Started|Wishlist Shared|Coupon Applied"
    "|file.uploaded",
    "feature": "Dark Mode|Smart Search|Bulk Export|Magic Wand|Guest Checkout|Chat Assist|Kanban Board|"
    "Single Sign-On|Grace Period|Crystal Reports|Olive Theme|beta_dashboard"
    "|Quick Actions|Auto Layout|Focus Mode|Saved Filters|Calendar Sync"
    "|Smart Reply|Comments|Audit Log|Bulk Invite|Two-Factor Login|Price Alerts"
    "|Command Palette|Voice Notes|Spell Check|Jump To|Hot Reload|Blue Ribbon"
    "|Dependency Graph|Timeline View|Export to PDF",
    "button": "Add to Cart|Get Started|Jetzt kaufen|Continuer|Save & Close|Buy Now|Talk to Sales|"
    "Learn More|Aceptar|Anmelden|Sign in with Google|Start free trial|Next: Shipping"
    "|Submit|Cancel|OK|Close|Book a Demo|Continue with Apple|Watch Video"
    "|Download PDF|Apply Coupon|View Details|Try Again|Contact Us|Log in|Weiter"
    "|In den Warenkorb|Ajouter au panier|Acheter maintenant|Comprar ahora"
    "|Saber más|Registrarse|Inscreva-se|Accedi|Verder|Zaloguj się|購入する"
    "|Upgrade Plan|Share|Retry|Allow All Cookies|Skip for now|See Pricing",
    "page": "Pricing|Home|Account Settings|Checkout - Payment|About Us|Help Center|Blog|Product Detail|"
    "Terms of Service|Dashboard » Reports|Getting Started|404"
    "|Contact|Careers|Privacy Policy|Product Listing|Search Results"
    "|Order Confirmation|Wishlist|My Orders|Integrations|Changelog|Team Members"
    "|Onboarding - Step 2|Startseite|Warenkorb|Accueil|Mon compte|Inicio"
    "|Mi cuenta|Billing & Plans|Release Notes|What's New|Compare Plans"
    "|Customer Stories|Status|API Reference|Welcome",
    "campaign": "spring_sale|Black Friday 2025|welcome-series-3|webinar-4|brand_us_search|Retargeting Q3|"
    "Mother's Day|back-to-school|influencer_wave_2|launch"
    "|Q4_retargeting_lookalike|easter-2026|Free Shipping Weekend|abandoned_cart_2"
    "|Valentine's Day|Cyber Monday Deals|NL_2025_46|brand-awareness-DE"
    "|Win-back 90d|Google_Search_Generic|Summer Vibes|holiday gift guide"
    "|TikTok Spark Ads|app_install_ios|nurture-seq-B|Reactivation May",
    "utm source": "google|newsletter|facebook|partner|linkedin|bing|producthunt|tiktok|direct|reddit",
    "utm medium": "cpc|email|social|organic|affiliate|referral|display|push",
    "company": "Northwind Traders|Acme Corp|Globex|Initech GmbH|Stark Industries|Wayne Enterprises|"
    "Müller & Söhne KG|Datadog|Atlassian|Deutsche Bahn|SNCF|Petrobras|Goldman Sachs|Ernst & Young"
    "|Acme|Hooli|Umbrella Corporation|Vandelay Industries|Siemens AG|BNP Paribas"
    "|Banco Santander|Toyota|Johnson Controls|McKinsey & Company|Morgan Stanley"
    "|Marks & Spencer|Ben's Bikes|Smith Logistics Ltd|Baker Hughes"
    "|Williams Racing|Peloton|Figma|Notion Labs|Spotify AB|Zalando SE"
    "|Mercado Libre|Tata Consultancy|Sainsbury's|Carl Zeiss|Martin Engineering"
    "|Ashley Furniture|Charles Schwab|Lincoln Financial|Jordan Brothers",
    "vendor": "Stripe|PayPal|Braintree|Twilio|SendGrid|Zendesk|Intercom|Auth0|Cloudflare|Klarna|Adyen"
    "|Okta|Segment|HubSpot|Salesforce|Mailchimp|Plaid|Checkout.com|Square|Shopify"
    "|Algolia|Datadog|Snowflake|OpenAI|Google|GitHub",
    "currency": "EUR|USD|GBP|CHF|JPY|BRL|INR|SEK|PLN|ZAR",
    "country": "Germany|France|US|Brazil|Norway|DE|GB|India|Japan|Deutschland|Georgia|Jordan|Chad|NL|España"
    "|United Kingdom|Canada|Mexico|South Korea|Turkey|Ireland|Australia|CH|SE"
    "|Italia|Polska|United Arab Emirates|Côte d'Ivoire|Nigeria|New Zealand",
    "locale": "en-GB|de_DE|fr-FR|pt-BR|en|ja|zh-Hans-CN|es-419|nl-NL|sv",
    "language": "English|German|fr|Español|Deutsch|pt|Japanese",
    "time zone": "Europe/Lisbon|America/New_York|Asia/Kolkata|UTC|America/Argentina/Buenos_Aires|GMT+2|"
    "Australia/Sydney|America/St_Johns|Africa/Lagos",
    "os": "Windows|macOS|iOS|Android|Linux|Mac OS X|iPadOS|Chrome OS|Windows 11 Home|Ubuntu",
    "browser": "Chrome|Firefox|Safari|Mobile Safari|Edge|Samsung Internet|Opera|Brave",
    "device model": "iPhone15,2|iPhone 14 Pro|Pixel 9 Pro|SM-G991B|Galaxy S23 Ultra|MacBookPro18,3|Moto G54|"
    "Redmi Note 12|iPad Air|OnePlus 11|Nexus 5X|Galaxy Z Flip",
    "device type": "Desktop|Mobile|Tablet|ios|android|web|smart_tv|console",
    "manufacturer": "Apple|Samsung|Google|Xiaomi|Motorola|OnePlus|Sony|HUAWEI",
    "carrier": "T-Mobile|Verizon|Vodafone|Orange|Jio|Telefónica|AT&T|O2|Telstra|Movistar"
    "|Sprint|Airtel|SFR|Bouygues Telecom|Claro|Vivo|Tim|Elisa|Telia|EE|Three|Bell"
    "|Rogers",
    "library": "analytics.js|mixpanel-browser|posthog-node|analytics-python|ShopKit Web SDK|amplitude-ts|"
    "@segment/analytics-next|web",
    "user agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/131.0.0.0 Safari/537.36|Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1|okhttp/4.12.0|python-requests/2.32.3|"
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0|ShopKit/5.2.1 (Android 14; Pixel 8)",
    "status": "active|pending|completed|FAILED|in_progress|Cancelled|refunded|shipped|opened|delivered|on hold"
    "|draft|approved|Closed Won|queued|partially_refunded|On Track|expired"
    "|trialing|past_due|published",
    "method": "card|apple_pay|PayPal|invoice|bank_transfer|google|password|SSO|magic_link|GET|POST",
    "error": "card_declined|ECONNRESET|Invalid input|404 Not Found|TypeError: x is undefined|timeout|"
    "Internal Server Error|rate_limit_exceeded|ValidationError|E_1042",
    "colour": "#ff8800|#1E90FF|Navy Blue|crimson|Rose Gold|Olive|Jade|rgb(12,34,56)|Forest Green|anthrazit"
    "|black|white|Red|beige|#fff|#A1B2C3|Midnight Blue|Space Gray|Heather Grey"
    "|Amber|Ruby|Violet|Sienna|Coral|Blau|rouge|verde|off-white|Ivory|Graphite",
    "size": "XL|M|42|10.5|US 9|One Size|30x32|256GB|500 ml",
    "coupon": "SUMMER20|WELCOME10|BLACKFRIDAY|FREESHIP2025|VIP-50-OFF|HOLA15|XMAS-24-FR",
    "version": "7.3.2.1|5.12.0|2.1.0-beta.3|17.5|10.0.19045|v3.44|131.0.6778.86|2025.11.2|1.2.3+456",
    "job title": "Software Engineer|Head of Growth|VP Sales|Nurse|Product Manager|Werkstudent|CTO|Teacher|Founder"
    "|Data Scientist|Marketing Manager|Chief of Staff|Accountant"
    "|Sales Representative|Student|Freelancer|Lehrerin|Ingénieur"
    "|Gerente de Ventas|Physician|Attorney|Senior Backend Developer|Intern"
    "|Director, Product|Retired",
    "industry": "Retail|Healthcare|FinTech|Real Estate|Education|Automotive|Public Sector|Gaming|Logistik"
    "|Software|Manufacturing|Hospitality|Non-Profit|Energy|Legal Services"
    "|Media & Entertainment|Biotech|Construction|Insurance|Agriculture",
    "department": "Sales|Engineering|Human Resources|Customer Success|Marketing|Finance & Legal|R&D",
    "team": "Platform|Growth Squad|Blue Team|Checkout Core|Tiger Team|iOS Guild"
    "|Data Platform|Red Team|Sales EMEA|Core Web|Falcon|Growth|Content"
    "|Team Phoenix|Payments|QA|Mercury|Design Guild|SRE",
    "size band": "1-10|11-50|51-200|201-500|1,000+|small|SMB|mid_market",
    "experiment": "onboarding_v2|New Pricing Page|control|variant_b|exp-checkout-2025-11|holdout"
    "|checkout_button_color|paywall-v4|Search Ranking B|price_test_19|treatment"
    "|off|new-nav-2025",
    "genre": "Indie Rock|True Crime|Documentary|K-Pop|Jazz|RPG|Thriller|Romance|Deep House"
    "|Pop|Hip-Hop|Classical|Comedy|Horror|Sports|News & Politics|Kids & Family"
    "|Anime|Sci-Fi|Country|Reggaeton|Ambient|Strategy|Puzzle|Folk",
    "title": "The Great Gatsby|Breaking Bad|Queen's Gambit|Abbey Road|Daily News Briefing|Emma|Dune: Part Two|"
    "Steve Jobs|Harry Potter and the Goblet of Fire|Clean Code|Morning Yoga for Beginners|La casa de papel"
    "|The Crown|Stranger Things|Bohemian Rhapsody|Rumours|Pride and Prejudice"
    "|Anna Karenina|Don Quixote|Jane Eyre|Madame Bovary|Rebecca|Oliver Twist"
    "|Barbie|Oppenheimer|Elvis|Ted Lasso|Peaky Blinders|Friends"
    "|House of the Dragon|Champions League: Matchday 5|How to Build a PC"
    "|10 Tips for Better Sleep|Market Wrap: Stocks Slip|Die Verwandlung"
    "|Le Petit Prince|El Laberinto del Fauno|Kids Yoga|The Daily|Serial S01E03"
    "|Introduction to Algorithms|Thinking, Fast and Slow|Jolene|Hey Jude|Roxanne"
    "|Billie Jean",
    "level": "Dragon's Lair|World 1-4|Frostbite Canyon|Boss: Hydra|tutorial_02|Arena III|Willow Creek"
    "|Desert Storm|Chapter 3: The Heist|Bowser's Castle|Green Hill Zone|Stage 7"
    "|Haunted Mansion|Space Station Alpha|Level 42|Candy Kingdom|Ice Age"
    "|Sunset City",
    "item": "Sword of Dawn|Health Potion|Gold Pack (500)|Legendary Chest|Iron Pickaxe|Season Pass|Ruby Shield"
    "|Shadow Cloak|Double XP Boost|Phoenix Feather|Starter Bundle|Mystery Box"
    "|Emerald Ring|Crystal Staff|Skin: Neon Samurai|100 Gems|Battle Pass Tier 10"
    "|Archer's Bow|Rose Quartz",
    "model": "gpt-4o-mini|claude-3-5-sonnet|llama-3.1-70b|gemini-1.5-pro|text-embedding-3-small|mistral-large",
    "tool": "web_search|code_interpreter|calculator|get_weather|send_email|sql_query|Jira|Figma",
    "file name": "report.pdf|Q3-budget.xlsx|screenshot.png|invoice_template.docx|data-export.csv|logo.svg|README.md"
    "|resume.docx|IMG_2041.HEIC|contract_signed_v2.pdf|menu.jpg"
    "|2025-10-export.parquet|index.html|photo (3).jpeg|main.py",
    "mime": "application/json|image/png|text/html; charset=utf-8|video/mp4|application/pdf",
    "role": "admin|editor|viewer|Owner|guest|billing_admin|member|super_user",
    "gateway": "stripe|adyen-live|worldpay|SEPA|ACH|iDEAL|boleto|UPI",
    "condition": "Migraine|hypertension|Type 2 Diabetes|Allergy|annual check-up|Flu shot",
    "airport": "LHR|CDG|JFK|FRA|GRU|NRT|SYD|LIS",
    "airline": "Lufthansa|Delta|Ryanair|Air France|Emirates|KLM"
    "|British Airways|Qatar Airways|JetBlue|Iberia|easyJet|LATAM|ANA",
    "fare": "Economy Light|Business|FIRST|Premium Economy|Y|Flex Plus",
    "room": "Deluxe King|Standard Twin|Junior Suite|Family Room|Garden View Double",
    "screen": "HomeViewController|CheckoutScreen|Profile|Settings > Notifications|LoginActivity|Search Results"
    "|OnboardingStep3|CartFragment|Home Feed|ProductDetail|PaymentSheet|Add Card"
    "|Welcome Screen|Inbox",
    "element": "btn-primary|div.card > a:nth-child(2)|nav_link_pricing|#submit|menu_item|cta_hero|aria-label"
    "|Sign up free|input[name=search]|FooterLink|img.logo|tab-2|checkout-button"
    "|span.price|Header / CTA",
    "branch": "main|feature/new-checkout|release-2025.11|hotfix-1234|develop|dependabot/npm/lodash-4.17.21",
    "repo": "platform-api|web-frontend|infra-terraform|mobile-ios|design-system",
    "language name": "Python|TypeScript|Go|Ruby|Java|Rust|Julia|Dart",
    "sentence": "How do I reset my settings?|Great service, thanks!|The export is slow on large files.|"
    "Please add dark mode to the dashboard.|Wie kann ich mein Abo kündigen?|Where can I find my invoices?|"
    "Too expensive for what it does.|Love the new design!|Lieferung kam pünktlich, alles bestens.|"
    "Could not connect to the server, please retry.|Le produit correspond à la description.|"
    "Summarize the attached report in three bullet points.|write a sql query for monthly revenue by plan"
    "|The app crashes when I open the camera.|Is there a discount for students?"
    "|I love it, works perfectly.|Refund please, the item arrived broken."
    "|Can we get an API for exports?|Setup took five minutes, very easy."
    "|Schriftgröße ist zu klein.|Die App stürzt beim Start ab."
    "|Comment changer la langue de l'interface ?|No puedo descargar la factura."
    "|O aplicativo está muito lento hoje."
    "|Der Filter funktioniert nicht mehr seit dem Update."
    "|Explain quantum computing in simple terms."
    "|Generate a product description for a red bicycle"
    "|Fix the failing unit test in the checkout module"
    "|Please enable SSO for our workspace.|Delivery was two days late."
    "|10/10 would recommend|What does error E_1042 mean?"
    "|Why was I charged twice in October?|Translate this page to Spanish"
    "|too many notifications|Bug: dropdown closes on hover|Dark mode when?"
    "|Thanks for the quick reply!|Nice, but the battery drains fast.",
    "query": "running shoes|wireless headphones|how to export csv|cheap flights to anywhere|vegan recipes|"
    "billy regal|lampe|size chart|blue jeans|pilates for beginners|python dataclass default"
    "|red dress|macbook charger|gift ideas for dad|hotel near beach"
    "|jobs remote python|return policy|best pizza|mid century sofa|iphone 15 case"
    "|kinderwagen|chaussures randonnée|zapatillas mujer|invoice overdue"
    "|status:open label:bug|error 503|order history|how to cancel|latte art"
    "|air fryer xl",
    "path": "/pricing|/docs/api/events|/products/aurora-desk-lamp|/checkout/step-2|/blog/2025/11/launch|"
    "/de/hilfe|/settings/billing|/search",
    "url": "https://www.example.com/pricing|https://shop.example.org/products/aurora-desk-lamp?color=navy|"
    "https://docs.vela.app/api/v2/events#limits|https://www.google.com/|https://news.ycombinator.com/|"
    "https://app.northwind.io/reports?range=30d&tab=revenue|android-app://com.google.android.gm/|"
    "https://brightline.co.uk/?utm_source=newsletter&utm_medium=email&utm_campaign=spring_sale|"
    "https://l.facebook.com/|https://t.co/|https://cdn.example.com/img/products/4417_large.jpg|"
    "http://localhost:3000/dashboard|https://www.google.com/search?q=running+shoes",
    "domain": "www.google.com|shop.example.org|news.ycombinator.com|$direct|app.northwind.io|duckduckgo.com",
    "package name": "com.example.shop.checkout|io.vela.app|org.mozilla.firefox|com.northwind.mobile.beta",
    "reason": "too_expensive|Missing features|moved to competitor|other|no longer needed|Wrong size",
    "shipping method": "DHL Express|Standard|UPS Ground|Click & Collect|Next-day|Royal Mail Tracked 24"
    "|FedEx 2Day|Hermes|Colissimo|Store Pickup|PostNL|Economy (5-7 days)|Same Day"
    "|Overnight",
    "enum": "monthly|annual|high|low|left|top_banner|v2|none|yes|organic|A|gold|weekly|unknown|default",
    "environment": "production|staging|dev|eu-central-1|us-east-1|sandbox",
    "affiliation": "Google Store|Apple App Store|Online Shop|Amazon Marketplace|Partner Network",
}


class Harmless:
    """Draws harmless values by kind."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def __call__(self, kind: str) -> Marked:
        """A value of a kind of `WORDS`."""
        return no(kind, self.rng.choice(WORDS[kind].split("|")))

    def thing_id(self) -> Marked:
        """The id of a thing: an order, a product, a request."""
        rng = self.rng
        n = rng.randrange(10**3, 10**9)
        return no(
            "id of a thing",
            rng.choice(
                [f"ord_{n:x}", f"{n}", f"INV-2025-{n % 10**6:06}", f"{n:010}", f"SKU-{n % 10**5}-BLK",
                 f"#{n % 10**5}", f"{n % 10**4}-{n % 97:02}-XL", self._uuid(), f"{rng.getrandbits(96):024x}",
                 f"PROD{n % 10**4}", f"pi_{rng.getrandbits(80):x}", f"{rng.randrange(10**12, 10**13)}",
                 f"B0{rng.randrange(10**7, 10**8)}", f"TX{rng.getrandbits(48):X}"]
            ),
        )  # fmt: skip

    def uuid(self) -> Marked:
        """A UUID of a thing."""
        return no("UUID of a thing", self._uuid())

    def number_id(self) -> Marked:
        """A thing's numeric id."""
        return no("numeric id of a thing", self.rng.randrange(10**6, 10 ** self.rng.randint(7, 14)))

    def hash(self) -> Marked:
        """A commit or content hash."""
        return no(
            "hash", f"{self.rng.getrandbits(160):040x}"[: self.rng.choice([7, 12, 40, 40, 32])]
        )

    def time(self) -> Marked:
        """A moment that is no birth date, as text or number."""
        rng = self.rng
        seconds = 1_733_000_000 + rng.randrange(30_000_000)
        at = dt.datetime.fromtimestamp(seconds, dt.UTC)
        return no(
            "timestamp",
            rng.choice(
                [at.isoformat(), at.strftime("%Y-%m-%dT%H:%M:%S.000Z"), seconds, seconds * 1000 + 123,
                 at.strftime("%Y-%m-%d"), at.strftime("%Y-%m-%d %H:%M:%S"), f"{seconds}",
                 at.strftime("%b %d, %Y"), at.strftime("%d.%m.%Y"), at.strftime("%a, %d %b %Y %H:%M:%S GMT")]
            ),
        )  # fmt: skip

    def price(self) -> Marked:
        """An amount."""
        amount = round(self.rng.uniform(1, 2500), 2)
        return no(
            "price", self.rng.choice([amount, int(amount), f"{amount:.2f}", f"${amount:,.2f}"])
        )

    def count(self) -> Marked:
        """A number of things."""
        return no("count", self.rng.choice([self.rng.randint(0, 20), self.rng.randint(20, 10**7)]))

    def large(self) -> Marked:
        """A counter, a size or a sum of 7 to 16 digits."""
        return no("large number", self.rng.randrange(10**6, 10 ** self.rng.randint(7, 16)))

    def share(self) -> Marked:
        """A ratio."""
        return no("ratio", round(self.rng.random(), 4))

    def flag(self) -> Marked:
        """Yes or no."""
        return no("boolean", self.rng.random() < 0.5)

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
