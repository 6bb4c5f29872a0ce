"""Families whose keys are in the language of those who wrote the plan."""

from __future__ import annotations

from typing import Any

from making.scene import Scene, message
from making.template import no, online, text, yes


def german(s: Scene) -> dict[str, Any]:
    """German keys."""
    p = s.person(s.pick("de_DE", "de_AT", "de_CH"))
    return _event(
        s, "Bestellung abgeschlossen", p.user_id,
        vorname=yes("first name", p.first), nachname=yes("last name", p.last), geburtsdatum=yes("birth date", p.birth_date),
        telefonnummer=yes("phone", p.phone), e_mail=yes("email", p.email), strasse=yes("street", p.street),
        plz=yes("postal code", p.postcode), ort=yes("city", p.city), land=no("country", s.pick("Deutschland", "Österreich")),
        kundennummer=yes("user id", f"K-{s.rng.randrange(10**5, 10**7)}"), benutzername=yes("handle", p.handle),
        bestellnummer=s.h.thing_id(), zahlungsart=no("method", s.pick("Rechnung", "Lastschrift")), betrag=s.h.price(),
        produkt=no("product", s.pick("Akku-Bohrschrauber", "Kaffeemühle", "Winterjacke Damen")), anzahl=s.h.count(),
        kategorie=no("category", s.pick("Garten", "Haushalt", "Spielwaren")), ansprechpartner=yes("person", p.name),
        nachricht=text("Bitte rufen Sie {} unter {} zurück.", yes("person", p.name), yes("phone", p.phone), keep=("Bitte rufen",)),
        ist_neukunde=s.h.flag(), gutschein=s.h("coupon"),
    )  # fmt: skip


def french(s: Scene) -> dict[str, Any]:
    """French keys."""
    p = s.person(s.pick("fr_FR", "fr_CA"))
    return _event(
        s, "Commande validée", p.user_id,
        prenom=yes("first name", p.first), nom=yes("last name", p.last), nom_complet=yes("person", p.name),
        date_de_naissance=yes("birth date", p.birth_date), telephone=yes("phone", p.phone), courriel=yes("email", p.email),
        adresse=yes("address", p.address), code_postal=yes("postal code", p.postcode), ville=yes("city", p.city),
        pays=no("country", "France"), identifiant_client=yes("user id", p.user_id), numero_commande=s.h.thing_id(),
        montant=s.h.price(), produit=no("product", s.pick("Chaussures de sport", "Machine à café", "Cahier A4")),
        quantite=s.h.count(), moyen_paiement=no("method", s.pick("carte bancaire", "virement")), panier=s.h.count(),
        commentaire=text("Merci de contacter {}.", yes("person", p.name), keep=("Merci de contacter",)), nouveau_client=s.h.flag(),
        adresse_ip=online("ip", s.ids.ip()),
    )  # fmt: skip


def spanish(s: Scene) -> dict[str, Any]:
    """Spanish and Portuguese keys."""
    p = s.person(s.pick("es_ES", "es_MX"))
    q = s.person("pt_BR")
    if s.rng.random() < 0.5:
        return _event(
            s, "Pedido finalizado", q.user_id,
            nome=yes("person", q.name), sobrenome=yes("last name", q.last), data_nascimento=yes("birth date", q.birth_date),
            telefone=yes("phone", q.phone), celular=yes("phone", q.phone), endereco=yes("street", q.street), cep=yes("postal code", q.postcode),
            cidade=yes("city", q.city), bairro=yes("city", q.city), usuario=yes("handle", q.handle), valor=s.h.price(),
            produto=no("product", s.pick("Tênis de corrida", "Panela de pressão")), quantidade=s.h.count(),
            forma_pagamento=no("method", s.pick("pix", "boleto")), pedido_id=s.h.thing_id(), pais=no("country", "Brasil"),
            mensagem=text("Oi, sou {}, meu zap é {}", yes("person", q.name), yes("phone", q.phone)), cupom=s.h("coupon"),
        )  # fmt: skip
    return _event(
        s, "Pedido realizado", p.user_id,
        nombre=yes("first name", p.first), apellidos=yes("last name", p.last), fecha_nacimiento=yes("birth date", p.birth_date),
        telefono=yes("phone", p.phone), correo=yes("email", p.email), direccion=yes("street", p.street),
        codigo_postal=yes("postal code", p.postcode), ciudad=yes("city", p.city), pais=no("country", s.pick("España", "México")),
        usuario=yes("handle", p.handle), importe=s.h.price(), producto=no("product", s.pick("Zapatillas rojas", "Cafetera italiana")),
        cantidad=s.h.count(), metodo_pago=no("method", s.pick("tarjeta", "transferencia")), pedido=s.h.thing_id(),
        mensaje=text("Hola, soy {} y quiero cambiar mi pedido", yes("person", p.name), keep=("quiero cambiar mi pedido",)),
        cliente={"nombre": yes("person", p.name), "dni": yes("national id", f"{s.rng.randrange(10**7, 10**8)}K")}, es_nuevo=s.h.flag(),
    )  # fmt: skip


def others(s: Scene) -> dict[str, Any]:
    """Italian, Dutch, Polish, Swedish keys."""
    which = s.pick("it_IT", "nl_NL", "pl_PL", "sv_SE")
    p = s.person(which)
    fields: dict[str, dict[str, Any]] = {
        "it_IT": {"nome": yes("first name", p.first), "cognome": yes("last name", p.last), "data_di_nascita": yes("birth date", p.birth_date),
                      "indirizzo": yes("street", p.street), "citta": yes("city", p.city), "cellulare": yes("phone", p.phone), "importo": s.h.price(),
                      "prodotto": no("product", s.pick("Scarpe da corsa", "Moka 3 tazze")), "ordine": s.h.thing_id(), "quantita": s.h.count()},
        "nl_NL": {"voornaam": yes("first name", p.first), "achternaam": yes("last name", p.last), "geboortedatum": yes("birth date", p.birth_date),
                      "straat": yes("street", p.street), "postcode": yes("postal code", p.postcode), "woonplaats": yes("city", p.city),
                      "telefoonnummer": yes("phone", p.phone), "bedrag": s.h.price(), "product": no("product", "Fietstas grijs"), "klantnummer": yes("user id", p.user_id)},
        "pl_PL": {"imie": yes("first name", p.first), "nazwisko": yes("last name", p.last), "data_urodzenia": yes("birth date", p.birth_date),
                      "ulica": yes("street", p.street), "kod_pocztowy": yes("postal code", p.postcode), "miasto": yes("city", p.city),
                      "telefon": yes("phone", p.phone), "kwota": s.h.price(), "produkt": no("product", "Czajnik elektryczny"), "numer_zamowienia": s.h.thing_id()},
        "sv_SE": {"fornamn": yes("first name", p.first), "efternamn": yes("last name", p.last), "personnummer": yes("national id", f"{p.born:%Y%m%d}-{s.rng.randrange(1000, 10000)}"),
                      "gatuadress": yes("street", p.street), "postnummer": yes("postal code", p.postcode), "stad": yes("city", p.city),
                      "telefonnummer": yes("phone", p.phone), "belopp": s.h.price(), "produkt": no("product", "Kaffebryggare"), "ordernummer": s.h.thing_id()},
    }  # fmt: skip
    return _event(s, "order", p.user_id, epost=yes("email", p.email), **fields[which])


def _event(s: Scene, name: str, user: str, **fields: Any) -> dict[str, Any]:
    return message("track", name, user, properties=s.some(6, **fields))


FAMILIES = (german, french, spanish, others)
