"""Countries as the news names them: “Russian” and “Russia’s” belong to Russia.

Names and adjectives follow the fields *country name* and *nationality* of the CIA's World Factbook (public domain),
shortened to what is said in the news; what is irregular or said of a union or a part of a country is added by hand.
"""

from typing import Final

from bot.search.normalise import fold

_LINES: Final = """
Afghanistan: Afghan
Albania: Albanian
Algeria: Algerian
Angola: Angolan
Argentina: Argentine Argentinian
Armenia: Armenian
Australia: Australian
Austria: Austrian
Azerbaijan: Azerbaijani Azeri
Bahrain: Bahraini
Bangladesh: Bangladeshi
Belarus: Belarusian Belarussian Belarusan
Belgium: Belgian
Bolivia: Bolivian
Bosnia: Bosnian Bosnia-Herzegovina
Brazil: Brazilian
Bulgaria: Bulgarian
Cambodia: Cambodian
Cameroon: Cameroonian
Canada: Canadian
Chad: Chadian
Chile: Chilean
China: Chinese
Colombia: Colombian
Congo: Congolese
Croatia: Croatian
Cuba: Cuban
Cyprus: Cypriot
Czech_Republic: Czech Czechia
Denmark: Danish
Ecuador: Ecuadorian
Egypt: Egyptian
Estonia: Estonian
Ethiopia: Ethiopian
European_Union: EU European_Union
Finland: Finnish
France: French French_Republic
Gambia: Gambian
Georgia: Georgian
Germany: German Federal_Republic_of_Germany
Ghana: Ghanaian
Greece: Greek
Haiti: Haitian
Hungary: Hungarian
Iceland: Icelandic
India: Indian
Indonesia: Indonesian
Iran: Iranian
Iraq: Iraqi
Ireland: Irish
Israel: Israeli
Italy: Italian
Jamaica: Jamaican
Japan: Japanese
Jordan: Jordanian
Kazakhstan: Kazakh Kazakhstani
Kenya: Kenyan
Kosovo: Kosovar
Kuwait: Kuwaiti
Kyrgyzstan: Kyrgyz Kyrgyzstani
Laos: Lao Laotian
Latvia: Latvian
Lebanon: Lebanese
Libya: Libyan
Lithuania: Lithuanian
Luxembourg: Luxembourger
Malaysia: Malaysian
Mali: Malian
Malta: Maltese
Mexico: Mexican
Moldova: Moldovan
Mongolia: Mongolian
Montenegro: Montenegrin
Morocco: Moroccan
Myanmar: Burmese Burma
Nepal: Nepali Nepalese
Netherlands: Dutch Holland The_Netherlands
New_Zealand: New_Zealander
Nicaragua: Nicaraguan
Niger: Nigerien
Nigeria: Nigerian
North_Korea: North_Korean
North_Macedonia: Macedonian Macedonia
Norway: Norwegian
Oman: Omani
Pakistan: Pakistani
Palestine: Palestinian
Panama: Panamanian
Peru: Peruvian
Philippines: Philippine Filipino Filipina
Poland: Polish
Portugal: Portuguese
Qatar: Qatari
Romania: Romanian
Russia: Russian Russian_Federation RF
Rwanda: Rwandan
Saudi_Arabia: Saudi Saudi_Arabian
Scotland: Scottish
Senegal: Senegalese
Serbia: Serbian Serb
Singapore: Singaporean
Slovakia: Slovak Slovakian
Slovenia: Slovenian Slovene
Somalia: Somali
South_Africa: South_African
South_Korea: South_Korean
Soviet_Union: Soviet USSR
Spain: Spanish
Sri_Lanka: Sri_Lankan
Sudan: Sudanese
Sweden: Swedish
Switzerland: Swiss
Syria: Syrian
Taiwan: Taiwanese
Tajikistan: Tajik Tajikistani
Tanzania: Tanzanian
Thailand: Thai
Tunisia: Tunisian
Turkey: Turkish Türkiye
Turkmenistan: Turkmen
Uganda: Ugandan
Ukraine: Ukrainian
United_Arab_Emirates: Emirati UAE
United_Kingdom: British UK Britain Great_Britain U.K.
United_Nations: UN U.N.
United_States: American US USA U.S. U.S.A. United_States_of_America America
Uruguay: Uruguayan
Uzbekistan: Uzbek Uzbekistani
Vatican: Holy_See
Venezuela: Venezuelan
Vietnam: Vietnamese
Wales: Welsh
Yemen: Yemeni
Zambia: Zambian
Zimbabwe: Zimbabwean
"""

COUNTRIES: Final[dict[str, str]] = {
    fold(called.replace("_", " ")).replace(".", ""): name.replace("_", " ")
    for name, _, adjectives in (line.partition(": ") for line in _LINES.strip().splitlines())
    for called in (name, *adjectives.split())
}
"""What a country is called, in lower case and without full stops, to its name."""

INHABITANTS: Final[dict[str, str]] = {
    # Nouns for a person that are not the adjective: “the Pole”. From the same field.
    word: country
    for country, words in {
        "Denmark": "dane",
        "Finland": "finn",
        "France": "frenchman frenchwoman",
        "Ireland": "irishman irishwoman",
        "Netherlands": "dutchman dutchwoman",
        "Poland": "pole",
        "Spain": "spaniard",
        "Sweden": "swede",
        "Turkey": "turk",
        "United Kingdom": "briton englishman englishwoman",
        "Scotland": "scot scotsman scotswoman",
        "Wales": "welshman welshwoman",
    }.items()
    for word in words.split()
}
