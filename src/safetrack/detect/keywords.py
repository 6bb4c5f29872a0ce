"""Words that names of keys are made of, in other languages and in short, as English words.

Put together for safetrack from everyday form labels, database columns and tracking plans. Umlauts
and accents are written as they are: `spellings` adds the ways in which they are typed without.
"""

# ruff: noqa: RUF001  Turkish has a dotless i
from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from safetrack.detect.words import word_set

_GERMANIC: Final = """
vorname=first name; nachname=last name; familienname=last name; zuname=last name;
geburtsname=maiden name; rufname=first name; spitzname=nickname; vollname=full name;
kunde=customer; kunden=customer; nutzer=user; benutzer=user; anwender=user; mitglied=member;
mitarbeiter=employee; ansprechpartner=contact; empfänger=recipient; absender=sender;
besteller=customer; käufer=buyer; verkäufer=seller; inhaber=holder; gast=guest;
telefon=phone; handy=mobile; mobil=mobile; mobiltelefon=mobile phone; rufnummer=phone number;
festnetz=landline; nummer=number; nr=number; kennung=id; adresse=address; anschrift=address;
straße=street; straßen=street; hausnummer=house number; postleitzahl=zip code; plz=zip code;
postfach=po box; wohnort=city; stadt=city; ortschaft=city; bundesland=province; landkreis=county;
geburtsdatum=birth date; geburtstag=birthday; geburtsort=birth place; geburts=birth; datum=date;
geboren=born; passwort=password; kennwort=password; geheimnis=secret; schlüssel=key;
lieferung=shipping; liefer=shipping; versand=shipping; rechnung=billing; rechnungs=billing;
konto=account; konten=account; kontonummer=account number; kreditkarte=credit card;
kreditkarten=credit card; karte=card; karten=card; karteninhaber=cardholder;
bankleitzahl=routing number; steuer=tax; steuernummer=tax number;
sozialversicherungsnummer=social security number; sozialversicherung=social security;
versichertennummer=health insurance number; ausweis=id card; personalausweis=id card;
reisepass=passport; führerschein=driver license; kennzeichen=license plate; gerät=device;
geräte=device; sitzung=session; sitzungs=session; breitengrad=latitude; längengrad=longitude;
standort=location; produkt=product; artikel=item; firma=company; firmen=company;
unternehmen=company; filiale=store; bestellung=order; titel=title; datei=file; kategorie=category;
voornaam=first name; achternaam=last name; naam=name; volledige=full; tussenvoegsel=middle name;
gebruiker=user; gebruikers=user; klant=customer; klanten=customer; lid=member;
medewerker=employee; ontvanger=recipient; afzender=sender; telefoon=phone; mobiel=mobile;
adres=address; straat=street; straatnaam=street name; huisnummer=house number; woonplaats=city;
provincie=province; geboortedatum=birth date; geboorte=birth; geboorteplaats=birth place;
wachtwoord=password; rekeningnummer=account number; rekening=account; kaart=card;
rijbewijs=driver license; paspoort=passport; burgerservicenummer=bsn; kenteken=license plate;
bedrijf=company; bestand=file; apparaat=device;
förnamn=first name; efternamn=last name; namn=name; fornavn=first name; etternavn=last name;
efternavn=last name; mellomnavn=middle name; navn=name; fullständigt=full; kundnamn=customer name;
användare=user; användar=user; bruker=user; bruger=user; kund=customer; medlem=member;
anställd=employee; ansatt=employee; mottagare=recipient; mottaker=recipient; modtager=recipient;
epost=email; eposta=email; mejl=email; mobilnummer=mobile number; adress=address; gata=street;
gatu=street; vej=street; gade=street; husnummer=house number; postnummer=zip code;
postort=city; poststed=city; stad=city; ort=city; fødselsdato=birth date; fødselsdag=birthday; fødsel=birth;
fødsels=birth; födelsedatum=birth date; födelsedag=birthday; födelse=birth; dato=date;
lösenord=password; passord=password; adgangskode=password; personnummer=personal number;
fødselsnummer=personal number; cprnummer=personal number; kontonr=account number;
kortnummer=card number; företag=company; bedrift=company; produktnavn=product name
"""
"""German, Dutch, Swedish, Danish, Norwegian: what is meant stands last, as in English."""

_TURKISH_FINNISH: Final = """
soyad=last name; soyadı=last name; soyisim=last name; adsoyad=full name; isim=name; isimsoyisim=full name;
adı=name; kullanıcı=user; müşteri=customer; üye=member; çalışan=employee; alıcı=recipient;
gönderen=sender; telefonu=phone; numarası=number; numara=number; eposta=email;
posta=postal; adresi=address; sokak=street; cadde=street; mahalle=suburb; şehir=city; ilçe=district;
semt=suburb; kodu=code; postakodu=zip code; doğum=birth; tarihi=date; tarih=date; yeri=place;
şifre=password; parola=password; kimlik=national id; tckn=national id; kart=card; hesap=account;
plaka=license plate; ürün=product; şirket=company; firma=company;
etunimi=first name; sukunimi=last name; kokonimi=full name; nimi=name; käyttäjä=user;
käyttäjän=user; käyttäjänimi=user name; asiakas=customer; asiakkaan=customer; jäsen=member; työntekijä=employee;
vastaanottaja=recipient; sähköposti=email; sähköpostiosoite=email address; puhelin=phone;
puhelinnumero=phone number; matkapuhelin=mobile phone; numero=number; osoite=address;
katuosoite=street address; katu=street; postinumero=zip code; postitoimipaikka=city;
kaupunki=city; kunta=city; syntymäaika=birth date; syntymäpäivä=birthday; syntymä=birth;
salasana=password; henkilötunnus=personal number; hetu=personal number; tilinumero=account number;
kortti=card; tuote=product; yritys=company
"""

_ROMANCE: Final = """
prénom=first name; nom=name; nomfamille=last name; famille=family; complet=full; surnom=nickname;
utilisateur=user; cliente=customer; membre=member; employé=employee; salarié=employee;
destinataire=recipient; expéditeur=sender; titulaire=holder; acheteur=buyer; vendeur=seller;
courriel=email; mél=email; téléphone=phone; portable=mobile; numéro=number; adresse=address;
rue=street; ville=city; commune=city; postale=postal; département=county; identifiant=id;
naissance=birth; anniversaire=birthday; lieu=place; carte=card; crédit=credit; bancaire=bank;
compte=account; livraison=shipping; facturation=billing; sécurité=security; sociale=social;
passeport=passport; permis=license; conduire=driver; immatriculation=license plate;
motdepasse=password; passe=pass; appareil=device; produit=product; entreprise=company;
société=company; fichier=file; commande=order;
nombre=name; nombres=first name; apellido=last name; apellidos=last name; apodo=nickname;
completo=full; usuario=user; miembro=member; empleado=employee; destinatario=recipient;
remitente=sender; titular=holder; comprador=buyer; vendedor=seller; contacto=contact;
correo=email; teléfono=phone; móvil=mobile; celular=mobile; dirección=address; domicilio=address;
calle=street; ciudad=city; población=city; municipio=city; colonia=suburb; provincia=province;
código=code; fecha=date; nacimiento=birth; cumpleaños=birthday; lugar=place;
contraseña=password; clave=passkey; tarjeta=card; crédito=credit; débito=debit; cuenta=account;
envío=shipping; facturación=billing; entrega=delivery; seguridad=security; pasaporte=passport;
licencia=license; conducir=driver; matrícula=license plate; dispositivo=device; sesión=session;
latitud=latitude; longitud=longitude; producto=product; empresa=company; tienda=store;
archivo=file; pedido=order; artículo=item;
nome=name; cognome=last name; soprannome=nickname; utente=user; dipendente=employee;
mittente=sender; titolare=holder; acquirente=buyer; elettronica=electronic;
cellulare=mobile; indirizzo=address; civico=house number; città=city; codice=code;
fiscale=fiscal; nascita=birth; compleanno=birthday; luogo=place; carta=card;
credito=credit; conto=account; spedizione=shipping; fatturazione=billing; consegna=delivery;
sicurezza=security; passaporto=passport; patente=driver license; targa=license plate;
prodotto=product; azienda=company;
sobrenome=last name; apelido=nickname; usuário=user; utilizador=user; funcionário=employee;
remetente=sender; telefone=phone; telemóvel=mobile phone;
endereço=address; morada=address; logradouro=street; rua=street; cidade=city; bairro=suburb;
localidade=city; município=city; senha=password; nascimento=birth; aniversário=birthday;
cartão=card; conta=account; fatura=billing; placa=license plate; produto=product; loja=store;
electrónico=electronic; eletrônico=electronic
"""
"""French, Spanish, Italian, Portuguese: what is meant stands first (``nombre_usuario``)."""

_POLISH: Final = """
imię=first name; imiona=first name; nazwisko=last name; nazwa=name; pseudonim=nickname;
użytkownik=user; użytkownika=user; klient=customer; klienta=customer; członek=member;
pracownik=employee; pracownika=employee; odbiorca=recipient; odbiorcy=recipient; nadawca=sender;
telefon=phone; telefonu=phone; komórkowy=mobile; numer=number; adres=address; ulica=street;
miasto=city; miejscowość=city; województwo=province; kod=code; pocztowy=postal;
urodzenia=birth; miejsce=place; hasło=password; dowodu=id card; konta=account; karty=card;
paszportu=passport; prawo=license; jazdy=driver; produktu=product; firmy=company
"""

_RUSSIAN: Final = """
имя=first name; фамилия=last name; отчество=middle name; фио=full name; никнейм=nickname;
ник=nickname; логин=user name; пользователь=user; пользователя=user; клиент=customer;
клиента=customer; покупатель=buyer; покупателя=buyer; получатель=recipient; получателя=recipient;
отправитель=sender; отправителя=sender; сотрудник=employee; сотрудника=employee; пациент=patient;
пациента=patient; телефон=phone; телефона=phone; мобильный=mobile; номер=number; почта=email;
почты=email; имейл=email; адрес=address; адреса=address; улица=street; дом=house number; город=city;
индекс=zip code; область=province; дата=date; рождения=birth; пароль=password; паспорт=passport;
паспорта=passport; снилс=snils; инн=tax id; карта=card; карты=card; счет=account; счета=account;
устройство=device; устройства=device; сессия=session; сессии=session; товар=product; товара=product;
компания=company; компании=company; заказ=order; заказа=order
"""

_CHINESE_JAPANESE_KOREAN: Final = """
用户=user; 用戶=user; 使用者=user; 客户=customer; 客戶=customer; 顾客=customer; 会员=member;
會員=member; 员工=employee; 員工=employee; 患者=patient; 学生=student; 联系人=contact; 聯絡人=contact;
收货人=recipient; 收件人=recipient; 寄件人=sender; 姓名=full name; 真实姓名=full name; 名字=name;
名称=name; 昵称=nickname; 暱稱=nickname; 用户名=user name; 手机=mobile; 手機=mobile; 手机号=phone number;
手机号码=phone number; 电话=phone; 電話=phone; 电话号码=phone number; 号码=number; 號碼=number; 号=number;
编号=id; 編號=id; 邮箱=email; 電郵=email; 邮件=email; 电子邮箱=email; 电子邮件=email; 電子郵件=email;
地址=address; 住址=address; 详细地址=address; 收货地址=address; 街道=street; 城市=city; 省份=province;
邮编=zip code; 邮政编码=zip code; 生日=birthday; 出生日期=birth date; 身份证=national id;
身份证号=national id number; 身份证号码=national id number; 护照=passport; 护照号=passport number;
密码=password; 密碼=password; 口令=password; 令牌=token; 银行卡=card; 银行卡号=card number; 卡号=card number;
信用卡=credit card; 账号=account id; 帳號=account id; 微信=wechat; 微信号=wechat id; 设备=device;
商品=product; 产品=product; 公司=company; 订单=order;
氏名=full name; 名前=name; お名前=full name; 姓=last name; 苗字=last name; 名=first name; フリガナ=full name;
ニックネーム=nickname; ユーザー=user; ユーザ=user; 利用者=user; 顧客=customer; お客様=customer; 社員=employee;
従業員=employee; 担当者=staff; 番号=number; 携帯=mobile; 携帯電話=mobile phone; メール=email;
メールアドレス=email; アドレス=address; 住所=address; 郵便=postal; 郵便番号=zip code; 市区町村=city;
都道府県=province; 生年月日=birth date; 誕生日=birthday; パスワード=password; 暗証番号=pin; カード=card;
クレジットカード=credit card; 口座番号=account number; マイナンバー=national id; 端末=device;
会社=company; 注文=order;
이름=name; 성명=full name; 성함=full name; 사용자=user; 유저=user; 회원=member; 고객=customer;
직원=employee; 환자=patient; 수령인=recipient; 번호=number; 전화=phone; 전화번호=phone number;
휴대폰=mobile; 휴대폰번호=phone number; 핸드폰=mobile; 연락처=phone; 이메일=email; 메일=email; 주소=address;
우편번호=zip code; 도시=city; 생년월일=birth date; 생일=birthday; 비밀번호=password; 닉네임=nickname;
아이디=id; 주민등록번호=national id number; 주민번호=national id number; 여권번호=passport number;
카드=card; 카드번호=card number; 계좌번호=account number; 기기=device; 상품=product; 회사=company; 주문=order
"""
"""Written without spaces: taken apart like glued words (`safetrack.detect.canonical`)."""

_SHORT: Final = """
usr=user; uname=user name; unm=user name; usrname=user name; cust=customer; cst=customer;
acct=account; emp=employee; emplid=employee id; mbr=member; subscr=subscriber; recip=recipient;
nm=name; nme=name; fname=first name; fnm=first name; firstnm=first name; lname=last name;
lnm=last name; mname=middle name; fullnm=full name; dispname=display name; num=number; nbr=number;
numb=number; addr=address; adr=address; addrs=address; strt=street; cty=city;
pcode=postcode; zipcode=zip code; pobox=po box; phn=phone; phonenum=phone number;
tel=phone; telno=phone number; telf=phone; tlf=phone; tfno=phone; mob=mobile; mobno=mobile number;
cel=mobile; eml=email; emailaddr=email address; mailaddr=email address; pwd=password;
passwd=password; passwrd=password; pword=password; pswd=password; psw=password; pw=password;
sess=session; sessid=session id; dvc=device; devid=device id; anon=anonymous;
bday=birthday; bdate=birth date; brthdt=birth date; birthdt=birth date; dt=date;
crd=card; cardno=card number; ident=id; identifier=id; idno=id number; idnum=id number;
lic=license; licence=license; drivers=driver; driving=driver; cookies=cookie;
usrid=user id; ipaddr=ip address; ipaddress=ip address; macaddr=mac address; attn=recipient
"""


def plain(word: str) -> str:
    """A word in lower case without accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.lower().translate(_NOT_DECOMPOSED))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_NOT_DECOMPOSED: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe"}
)
_TYPED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def spellings(word: str) -> frozenset[str]:
    """A word as it is typed on a keyboard without its letters.

    >>> sorted(spellings("straße")), sorted(spellings("führer"))
    (['strasse'], ['fuehrer', 'fuhrer'])
    """
    return frozenset({plain(word), plain(word.translate(_TYPED))})


def _pairs(block: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in block.replace("\n", " ").split(";"):
        foreign, _, english = entry.strip().partition("=")
        for spelling in spellings(foreign):
            yield spelling, tuple(english.split())


_HEADS: Final = word_set(
    "name number address date code email phone mobile password city street id place card holder license"
)
"""What fields are kinds of."""

_HEAD_FIRST: Final = {
    **dict(_pairs(_RUSSIAN)),
    **dict(_pairs(_POLISH)),
    **dict(_pairs(_ROMANCE)),
}
_HEAD_LAST: Final = {
    **dict(_pairs(_CHINESE_JAPANESE_KOREAN)),
    **dict(_pairs(_TURKISH_FINNISH)),
    **dict(_pairs(_GERMANIC)),
}

TRANSLATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    **_HEAD_FIRST,
    **_HEAD_LAST,
    **dict(_pairs(_SHORT)),
}
"""Foreign or shortened word, without accents, to English words."""

ROMANCE: Final = frozenset(_HEAD_FIRST.keys() - _HEAD_LAST.keys())
"""Words that show that a name is in a language of the first kind."""

HEADS_FIRST: Final = frozenset(
    {word for word, english in _HEAD_FIRST.items() if english[-1] in _HEADS and word in ROMANCE}
    | word_set("id email mail ip login password date data code adresse adres numero")
)
"""Words that stand first where what follows says whose or which, in those languages."""

PREPOSITIONS: Final = word_set(
    "of de del della dello dei degli di do da du des d la le el los las les l"
)
"""Between what is meant and what it belongs to: ``numero_de_telefono``, ``date_of_birth``."""
