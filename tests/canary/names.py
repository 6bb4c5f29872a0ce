"""Names of people, streets and mail domains to make canaries of.

Every word has at least six letters and stands in no text that safetrack itself writes, so that
finding one means finding a canary.
"""

from __future__ import annotations

from typing import Final

FIRST: Final = """
    Anneliese Beatrice Benjamin Bernadette Caroline Catarina Catherine Christopher
    Constance Cordelia Cristina Dorothea Eleanor Elisabeth Emmanuel Fernanda Florence
    Francesca Frederick Gabriela Genevieve Giovanni Giuseppe Gregory Harriet Henrietta Ignacio
    Isabella Jacqueline Jennifer Jonathan Josephine Katarzyna Kimberly Lawrence Leonardo Leopold
    Lorenzo Magdalena Marcella Margaret Marguerite Marianne Matthew Mathilde Michelle Nathaniel
    Nicholas Patricia Penelope Priscilla Raymond Rebecca Reginald Rosalind Samantha Sebastian
    Stephanie Svetlana Theodore Thomasina Timothy Valentina Veronica Victoria Winifred
""".split()  # noqa: SIM905  a page of names reads better than a list of strings
LAST: Final = """
    Abernathy Achterberg Albuquerque Andersson Arbuckle Aszkenazy Bachmann Balakrishnan Bandaranaike
    Barrington Baskerville Beaumont Bergstrom Blackwood Blumenthal Boateng Bradshaw Brzezinski
    Calloway Cardenas Castellano Chakraborty Chamberlain Cholmondeley Clutterbuck Cunningham
    Dalgaard Davenport Delacroix Desjardins Dimitrov Dombrowski Drummond Eberhardt Eriksson
    Escobedo Featherstone Fernandes Figueroa Fitzgerald Fitzpatrick Fothergill Friedrich
    Gallagher Galbraith Georgiou Goldschmidt Gonzalez Greenwood Grigoryan Guttierez Haverford
    Heathcote Henriksen Herrera Hirschfeld Hollingsworth Hovhannisyan Huntington Ivanovic Jankowski
    Johansson Kaczmarek Karagiannis Kavanagh Kowalczyk Kristiansen Kuznetsov Lancaster Lindqvist
    Lombardi Ludwigsen MacDougall Mandelbaum Marchetti Martinez Mcallister Mendelssohn
    Montgomery Moriarty Mulligan Nakamura Nightingale Novakova Obasanjo Okonkwo Oppenheimer
    Papadopoulos Pemberton Petrosyan Pettigrew Pickering Ramachandran Rasmussen Reinhardt Robertson
    Rodriguez Rosenberg Rothschild Saltzman Sandoval Schneider Schumacher Silverstein Sokolowski
    Srinivasan Stavropoulos Sutherland Szymanski Takahashi Thibodeaux Thompson Trevelyan
    Underwood Valenzuela Vandenberg Vasquez Villanueva Wadsworth Wellington Whitfield Wiesenthal
    Winchester Wojciechowski Yamamoto Yevgenyev Zamorano Zielinski
""".split()  # noqa: SIM905
STREETS: Final = """
    Amberfield Applecross Ashbourne Beechcroft Birchwood Bramblewood Bridgewater Brookhaven
    Cedarhurst Chestnutwood Cloverdale Copperfield Cottonwood Elmhurst Fairhaven Foxglove Glenwood
    Hawthorne Hazelmere Hollybrook Honeysuckle Juniperdale Kingfisher Larkspur Lavenderhill Magnoliawood
    Maplewood Meadowbrook Mulberry Oakhampton Orchardleigh Primrose Rosewood Sandalwood Silverbirch
    Stonebridge Sycamore Thornbury Westbrook Willowbrook
""".split()  # noqa: SIM905
MAIL: Final = """
    bluefjord brightpebble coldharbour copperkettle driftmarsh emberlane fernhollow glasswren
    hazelport ironquay juniperbay kelpstone larkfield mossgate northwick opalridge pinewhistle
    quillbrook rowanmoor saltmeadow thistlebank umberwood velvetpine wrenhaven
""".split()  # noqa: SIM905
