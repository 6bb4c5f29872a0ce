"""Postal addresses of many countries as patterns for the ``regex`` module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_NUMBER: Final = r"(?:\d{1,5} ?[a-zA-Z]?(?:[-/]\d{1,4}[a-zA-Z]?)?|\d{1,5} 1/2)"
_CAPITAL: Final = r"\p{Lu}[\p{L}\p{M}'\u2019.-]{1,30}(?!\w)"
_WORD: Final = r"(?:\p{L}[\p{L}\p{M}'\u2019.-]{0,30}|\d{1,3}(?:st|nd|rd|th))"
_LINK: Final = r"(?:de la|de los|de las|de|des|du|del|della|delle|dei|degli|di|da|dos|das|do|la|le|les|el|of|zum|zur|am|im|an der|auf der|van de|van der|van|von)"
_UNIT: Final = (
    r"(?:(?i:apt|apartment|app|appt|suite|ste|unit|flat|floor|fl|room|rm|studio|bldg|building|block|lot|level|wohnung|etage"
    r"|piso|puerta|depto|int|interno|scala|appartement|b\u00e2t|bus|lgh|hus|kv|\u043a\u0432|house|plot)\.? ?#?(?:\d{1,5}[a-zA-Z]?|[A-Z])\b|# ?\d{1,5}[a-zA-Z]?)"
)
_ROADS: Final = (
    r"(?:street|str|st|road|rd|avenue|ave|av|lane|ln|boulevard|blvd|drive|dr|crescent|cres|terrace|ter|parkway|pkwy|highway|hwy"
    r"|court|ct|expressway|freeway|fwy|turnpike|causeway|mews|esplanade|promenade|cul-de-sac|motorway|nagar|marg|chowk)"
)
"""Words that hardly stand behind a number and a word for anything but a road."""
_OTHER_ROADS: Final = (
    r"(?:Way|Place|Pl|Square|Squares|Sq|Close|Circle|Cir|Walk|Row|Hill|Hills|Park|Plaza|Trail|Trl|Loop|Alley|Aly|Path|Pike|Run|Pass"
    r"|Green|Grove|Gardens?|Heights|Ridge|Crossing|Landing|Point|Points|Quay|Wharf|Gate|View|Vale|Rise|Mount|Drives?|Courts?|Courtyard|Station"
    r"|Village|Villages|Meadows?|Valley|Valleys|Springs?|Fork|Forks|Ford|Glen|Haven|Harbors?|Island|Islands|Isle|Junctions?|Keys?|Knolls?"
    r"|Lakes?|Light|Lodge|Manors?|Mills?|Mission|Motorway|Orchard|Oval|Overpass|Passage|Pines?|Plains?|Port|Prairie|Ramp"
    r"|Ranch|Rapids|River|Roads|Shoals?|Shores?|Skyway|Spurs?|Stravenue|Stream|Streets|Summit|Throughway|Trace|Track"
    r"|Tunnel|Underpass|Unions?|Viaduct|Ville|Vista|Wall|Wells?|Estates?|Extensions?|Falls|Ferry|Fields?|Flats?|Forest|Forge"
    r"|Fort|Divide|Dam|Dale|Curve|Crest|Creek|Cove|Corner|Commons?|Cliffs?|Centers?|Canyon|Camp|Bypass|Burgs?|Brooks?|Bridge|Branch"
    r"|Bottom|Bluffs?|Bend|Beach|Bayou|Arcade|Annex|Terrace|Colony|Vihar|Enclave|Sector|Layout|Bagh|Ganj|Path)"
)
_FIRST: Final = (
    r"(?:(?i:rue|avenue|av|ave|bd|blvd|boulevard|all\u00e9e|allee|impasse|chemin|quai|route|calle|c/|cl|avenida|avda|av|paseo|pza|plaza|camino|carrer"
    r"|carretera|ronda|rua|r|travessa|alameda|pra\u00e7a|praca|estrada|rodovia|via|viale|piazza|corso|vicolo|largo|strada|ulica|ul|aleja|al|plac|pl|osiedle|os"
    r"|jalan|jl|str|bulevardul|calea|aleea|n\u00e1m|n\u00e1m\u011bst\u00ed|ulice|ulitsa|prospekt|carrera|cra|kra|transversal|diagonal|\u0443\u043b|\u0443\u043b\u0438\u0446\u0430|\u0432\u0443\u043b|\u0432\u0443\u043b\u0438\u0446\u044f|\u043f\u0440"
    r"|\u043f\u0440\u043e\u0441\u043f\u0435\u043a\u0442|\u043f\u0440-\u0442|\u043f\u0435\u0440|\u0431\u0443\u043b|\u043d\u0430\u0431|\u0448\u043e\u0441\u0441\u0435|\u03bf\u03b4\u03cc\u03c2|\u0111\u01b0\u1eddng|ph\u1ed1|ng\u00f5|place|cours|square|passage)\b\.?)"
)
"""Words for a road that stand in front of its name."""
_GLUED: Final = (
    r"(?:stra\u00dfe|strasse|str\.?|weg|gasse|allee|platz|stieg|pfad|ufer|chaussee|promenade|straat|laan|plein|gracht|kade|singel|dreef|dijk|steeg|gata"
    r"|gaten|gatan|v\u00e4gen|vagen|veien|vegen|vej|(?<=\p{L}{5})gade|st\u00edgur|katu|kuja|polku|tie)"
)
_BEHIND: Final = r"(?:stra\u00dfe|strasse|str\.|weg|allee|platz|ring|damm|utca|\u00fat|\u00fatja|t\u00e9r|k\u00f6r\u00fat|v\u00e4g|gata|gate|vei|vej|all\u00e9|katu|caddesi|cad\.|cd\.|sokak|sok\.|sk\.|bulvar\u0131|mahallesi|mah\.)"
_STATES: Final = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
    r"|AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT|NSW|QLD|VIC|TAS|ACT|SA)"
)
_UK: Final = r"(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})"
_CANADA: Final = r"(?:[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d)"
_POSTCODE: Final = (
    rf"(?:{_UK}|{_CANADA}|(?:{_STATES} )?\d{{5}}(?:-\d{{3,4}})?|\d{{4}} ?[A-Z]{{2}}|(?:[A-Z]{{1,2}}-)?\d{{4,6}}|\d{{3}} \d{{2}}|\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}}"
    r"|\u3012?\d{3}-\d{4})\b"
)
_PLACE_NAME: Final = rf"{_CAPITAL}(?:[ -](?:{_LINK} )?{_CAPITAL}){{0,3}}"
_MORE: Final = (
    rf"(?:(?:,| ?\n| -|;)? ?(?:{_UNIT}|{_POSTCODE}(?: {_PLACE_NAME})?)|(?:, ?| ?\n ?| - ){_PLACE_NAME}(?: (?:{_POSTCODE}|{_STATES}\b))?"
    rf"| {_PLACE_NAME},? (?:{_STATES} )?{_POSTCODE})"
)
_TAIL: Final = rf"(?:{_MORE}){{0,6}}"
_HEAD: Final = rf"(?:{_UNIT},? (?:\n ?)?)?"
_EDGE: Final = r"(?<![\w.,/#-])"

FORMS: Final[Mapping[str, str]] = {
    "Street": (
        rf"{_EDGE}{_HEAD}{_NUMBER},? (?P<name>(?:{_WORD} ){{1,3}}?)(?P<road>(?i:{_ROADS}))\b\.?(?: (?:[NS]?[EW]|[NS]|North|South|East|West)\b)?{_TAIL}"
    ),
    "OtherStreet": (
        rf"{_EDGE}{_HEAD}(?P<number>{_NUMBER}),? (?P<name>(?:{_CAPITAL} ){{1,3}}?){_OTHER_ROADS}\b(?=\W*$|[,.;)\n]| {_UNIT}| {_PLACE_NAME},? (?:{_STATES} )?{_POSTCODE}){_TAIL}"
    ),
    "StreetFirst": (
        rf"{_EDGE}{_NUMBER}(?: ?(?:bis|ter|quater))?,? {_FIRST} ?(?:{_LINK} |l'|d'|l\u2019|d\u2019)*{_CAPITAL}(?:[ -](?:{_LINK} )*{_CAPITAL}){{0,4}}{_TAIL}"
    ),
    "NumberLast": (
        rf"{_EDGE}{_FIRST} ?(?:{_LINK} |l'|d')*{_CAPITAL}(?:[ -](?:{_LINK} )*{_CAPITAL}){{0,4}},? (?:(?:n[\u00b0\u00ba.]|nr|No|N|num|#|\u0434|\u0431\u0443\u0434|\u03b1\u03c1)\.?:? ?)?{_NUMBER}\b{_TAIL}"
    ),
    "GluedStreet": (
        rf"{_EDGE}(?:{_CAPITAL}[ -]){{0,2}}(?i:\p{{L}}{{2,30}}(?:-\p{{L}}{{2,20}}){{0,3}}-?{_GLUED}) {_NUMBER}\b{_TAIL}"
    ),
    "SpacedStreet": (
        rf"{_EDGE}(?:{_CAPITAL} ){{1,3}}(?i:{_BEHIND}),? (?:No:? ?)?{_NUMBER}\b\.?{_TAIL}"
    ),
    "PostBox": (
        rf"(?i:\b(?:p\.? ?o\.? ?box|post office box|postfach|postbus|apartado(?: postal)?|casilla|caixa postal|bo\u00eete postale|casella postale"
        rf"|skr\. po\u010dtowa|postboks|private bag))\.?:? ?\d{{1,6}}(?: \d{{2,3}}){{0,2}}\b{_TAIL}"
    ),
    "CityState": rf"(?<![\w@]){_PLACE_NAME}, ?{_STATES},? \d{{5}}(?:-\d{{4}})?\b",
    "Postcode": rf"(?<![\w-])(?:(?:{_PLACE_NAME}),? )?(?:{_UK}|{_CANADA})(?![\w-])",
    "PostcodePlace": (
        rf"(?<![\w.,-])(?:(?:[A-Z]{{1,2}}-)?(?!19\d\d|20\d\d)\d{{4,5}}|\d{{2}}-\d{{3}}|\d{{3}} \d{{2}}|\d{{4}} [A-Z]{{2}}) (?P<place>{_PLACE_NAME})"
    ),
    "EastAsian": (
        r"(?:\u3012 ?\d{3}-\d{4} ?)?[\u3040-\u30ff\u3400-\u9fff]{1,12}[\u90fd\u9053\u5e9c\u770c\u7701\u5e02\u533a\u5340\u53bf\u7e23\u753a\u6751\u9547\u9109][\u3040-\u30ff\u3400-\u9fff\d\uff10-\uff19\u2212\uff0d-]{1,40}[\d\uff10-\uff19]"
        r"[\d\uff10-\uff19\u4e01\u76ee\u756a\u5730\u53f7\u865f\u6a13\u697c\u5ba4\u5ea7\u5f0f\u2212\uff0d-]{0,12}"
        r"|[\uac00-\ud7a3]{1,7}[\uc2dc\ub3c4\uad70](?: [\uac00-\ud7a3\d]{1,12}){1,4} \d{1,5}(?:-\d{1,5})?"
    ),
}
"""How a street, a post box or a postcode is written, with what stands beside it."""
NEEDS: Final[Mapping[str, str]] = {
    "Street": rf" (?i:{_ROADS})\b",
    "OtherStreet": rf" {_OTHER_ROADS}\b",
    "NumberLast": rf"{_EDGE}{_FIRST}",
    "GluedStreet": rf"(?i:{_GLUED}) \d".replace(r"(?<=\p{L}{5})", ""),
    "EastAsian": "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]",
}
"""What every match of a form holds, as patterns for ``re``: looking for that alone costs less."""
SAID: Final = (
    r"(?i:\b(?<!mail )(?<!ip )(?<!mac )(?<!web )(?<!wallet )(?:address(?: is|:| =)|addr:|(?:i|we|he|she|they) live[sd]? (?:at|on)|living at|lives? at|lived at|resid(?:es?|ed|ing) at"
    r"|located at|deliver(?:ed)? (?:it |them )?to|ship(?:ped|ping)? (?:it |them )?to|send (?:it|them) to|mail (?:it|them) to|moved to|moving to|adresse(?: ist| est|:)"
    r"|wohn(?:e|t|haft) in|habite (?:au|\u00e0)|direcci\u00f3n(?: es|:)|vivo en|indirizzo(?: \u00e8|:)|endere\u00e7o(?: \u00e9|:)|adres(?: is|:)|woon(?:t|achtig)? (?:op|in)|adres to))"
    r"[ \n]{1,2}((?=[\d#]|\p{Lu}|\p{Lo})[^\n;!?()<>@]{6,140}?)(?=\.(?:\s|$)|[;!?()<>]|\n|$|\s(?:and|but|please|und|et|y|because|since|so|or|if)\s)"
)
"""What follows "my address is", up to the end of the sentence."""
