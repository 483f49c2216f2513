"""Outlets: the names they print, the addresses they have, and how the name of one is told from other lines.

The names and addresses are those that the outlets give on their pages, or are quoted by; the sections are those that
news pages have in their navigation, with the top level of IPTC's Media Topics
(https://cv.iptc.org/newscodes/mediatopic).
"""

import re
from typing import Final
from urllib.parse import urlsplit

_AGENCIES: Final = (  # the name, other names it prints of itself or is quoted by, its hosts
    ("AP", "AP News|Associated Press|The Associated Press", "apnews.com ap.org"),
    ("Reuters", "Thomson Reuters|Reuters News", "reuters.com"),
    ("AFP", "Agence France-Presse|Agence France Presse", "afp.com"),
    ("dpa", "dpa International|Deutsche Presse-Agentur|Deutsche Presse Agentur", "dpa.com dpa-international.com"),
    ("TASS", "TASS Russian News Agency|Russian News Agency TASS|ITAR-TASS|ITAR TASS", "tass.com tass.ru"),
    ("Interfax", "Interfax News Agency", "interfax.com interfax.ru"),
    ("RIA Novosti", "RIA|RIA-Novosti|Novosti", "ria.ru"),
    ("Sputnik", "Sputnik International|Sputnik News", "sputniknews.com sputnikglobe.com"),
    ("Xinhua", "Xinhua News Agency|Xinhuanet", "xinhuanet.com news.cn"),
    ("UPI", "United Press International", "upi.com"),
    ("PA Media", "Press Association|The Press Association", "pamediagroup.com"),
    ("PAP", "Polish Press Agency", "pap.pl"),
    ("BNS", "Baltic News Service", "bns.lt bns.ee"),
    ("Ukrinform", "", "ukrinform.net ukrinform.ua"),
    ("UNIAN", "UNIAN Information Agency", "unian.info unian.net"),
    ("Anadolu Agency", "Anadolu", "aa.com.tr"),
    ("Bloomberg", "Bloomberg News", "bloomberg.com"),
    ("ANSA", "", ""),
    ("BelTA", "", ""),
    ("EFE", "", ""),
    ("ELTA", "", ""),
    ("epd", "", ""),
    ("Fars", "Fars News", ""),
    ("Interfax-Ukraine", "", ""),
    ("IRNA", "", ""),
    ("KCNA", "", ""),
    ("KNA", "", ""),
    ("Kyodo", "Kyodo News", ""),
    ("LETA", "", ""),
    ("NTB", "", ""),
    ("PTI", "Press Trust of India", ""),
    ("Ritzau", "", ""),
    ("SANA", "", ""),
    ("STT", "", ""),
    ("Tasnim", "", ""),
    ("TT", "", ""),
    ("Yonhap", "Yonhap News Agency", ""),
)
"""News agencies that others quote or print, most of them from Wikipedia’s “List of news agencies”."""
_OTHERS: Final = (  # the same of papers, magazines and broadcasters
    ("RT", "RT International|Russia Today", "rt.com"),
    ("BBC News", "BBC|BBC World News|British Broadcasting Corporation", "bbc.com bbc.co.uk"),
    ("CNN", "CNN International|Cable News Network", "cnn.com edition.cnn.com"),
    ("DW", "DW News|Deutsche Welle|DW.com", "dw.com"),
    ("RFE/RL", "Radio Free Europe/Radio Liberty|Radio Free Europe / Radio Liberty|RFERL", "rferl.org"),
    ("VOA", "VOA News|Voice of America", "voanews.com"),
    ("Euronews", "", "euronews.com"),
    ("France 24", "", "france24.com"),
    ("RFI", "Radio France Internationale", "rfi.fr"),
    ("Al Jazeera", "Al Jazeera English|Al Jazeera Media Network|Aljazeera", "aljazeera.com"),
    ("Sky News", "", "news.sky.com"),
    ("ITV News", "ITV", "itv.com"),
    ("NPR", "National Public Radio", "npr.org"),
    ("PBS NewsHour", "PBS", "pbs.org"),
    ("ABC News", "", "abcnews.go.com"),
    ("CBS News", "CBS", "cbsnews.com"),
    ("NBC News", "NBC", "nbcnews.com"),
    ("CNBC", "", "cnbc.com"),
    ("MSNBC", "", "msnbc.com"),
    ("Fox News", "FOX News Network", "foxnews.com"),
    ("Politico", "POLITICO Europe", "politico.com politico.eu"),
    ("The New York Times", "New York Times|The New York Times Company", "nytimes.com"),
    ("The Washington Post", "Washington Post", "washingtonpost.com"),
    ("The Wall Street Journal", "Wall Street Journal", "wsj.com"),
    ("USA Today", "", "usatoday.com"),
    ("Los Angeles Times", "", "latimes.com"),
    ("Newsweek", "", "newsweek.com"),
    ("The Atlantic", "", "theatlantic.com"),
    ("Foreign Policy", "", "foreignpolicy.com"),
    ("Foreign Affairs", "", "foreignaffairs.com"),
    ("Defense News", "", "defensenews.com"),
    ("Stars and Stripes", "", "stripes.com"),
    ("The Guardian", "Guardian|Guardian News & Media", "theguardian.com"),
    ("The Independent", "Independent", "independent.co.uk"),
    ("The Times", "Times Newspapers", "thetimes.co.uk thetimes.com"),
    ("The Daily Telegraph", "The Telegraph|Daily Telegraph|Telegraph Media Group", "telegraph.co.uk"),
    ("Financial Times", "FT|The Financial Times", "ft.com"),
    ("The Economist", "", "economist.com"),
    ("Daily Mail", "MailOnline|Mail Online", "dailymail.co.uk"),
    ("Daily Express", "Express.co.uk", "express.co.uk"),
    ("The Irish Times", "Irish Times", "irishtimes.com"),
    ("EUobserver", "", "euobserver.com"),
    ("EURACTIV", "EURACTIV.com|Euractiv", "euractiv.com"),
    ("Der Spiegel", "Spiegel Online|Spiegel International|SPIEGEL ONLINE International", "spiegel.de"),
    ("ARD", "", "ard.de"),
    ("ZDF", "", "zdf.de"),
    ("Bild", "Bild am Sonntag", "bild.de"),
    ("Die Welt", "Welt am Sonntag", "welt.de"),
    ("Die Zeit", "Zeit Online", "zeit.de"),
    ("Frankfurter Allgemeine Zeitung", "FAZ|Frankfurter Allgemeine", "faz.net"),
    ("Handelsblatt", "", "handelsblatt.com"),
    ("Le Figaro", "", "lefigaro.fr"),
    ("Le Monde", "Le Monde in English", "lemonde.fr"),
    ("Yle", "Yle News|Yle Uutiset", "yle.fi"),
    ("ERR News", "ERR", "news.err.ee err.ee"),
    ("LRT", "LRT English", "lrt.lt"),
    ("LSM", "LSM.lv|Latvian Public Media", "lsm.lv eng.lsm.lv"),
    ("The Baltic Times", "Baltic Times", "baltictimes.com"),
    ("The Barents Observer", "Barents Observer", "thebarentsobserver.com"),
    ("The Moscow Times", "Moscow Times", "themoscowtimes.com"),
    ("Izvestia", "", "iz.ru"),
    ("Kommersant", "", "kommersant.ru"),
    ("Meduza", "", "meduza.io"),
    ("Kyiv Post", "KyivPost", "kyivpost.com"),
    ("The Kyiv Independent", "Kyiv Independent", "kyivindependent.com"),
    ("Ukrainska Pravda", "Ukrayinska Pravda", "pravda.com.ua"),
    ("Hürriyet Daily News", "Hurriyet Daily News", "hurriyetdailynews.com"),
    ("Daily Sabah", "", "dailysabah.com"),
    ("The Japan Times", "Japan Times", "japantimes.co.jp"),
    ("The Jerusalem Post", "Jerusalem Post", "jpost.com"),
    ("Civil Georgia", "Civil.ge", "civil.ge"),
)
_ADDRESSED: Final = {  # these names are words of articles, too
    "nato.int": "NATO",
    "kremlin.ru": "Office of the President of Russia",
    "mid.ru": "Ministry of Foreign Affairs of the Russian Federation",
    "time.com": "Time",
}
_SPACES: Final = re.compile(r"\s+")
_PUBLISHER: Final = re.compile(
    r",? (?:BV|B\.V|Ltd|Limited|Inc|LLC|GmbH|AG|plc|ASA?|Oy|AB|S\.A|Co|Corp(?:oration)?|Company)\.?$", re.IGNORECASE
)
"""The form of the company that owns it."""


def _folded(name: str) -> str:
    return _SPACES.sub(" ", name).strip(" .").casefold().removeprefix("the ")


CALLED: Final = {name: (name, *filter(None, others.split("|"))) for name, others, _ in (*_AGENCIES, *_OTHERS)}
"""All that a known outlet is called, by its name."""
AGENCIES: Final = tuple(name for name, _, _ in _AGENCIES)
_BY_NAME: Final = {_folded(each): name for name, called in CALLED.items() for each in called}
_BY_HOST: Final = _ADDRESSED | {host: name for name, _, hosts in (*_AGENCIES, *_OTHERS) for host in hosts.split()}
_COPIES: Final = re.compile(
    r"(?:^|\.)(?:archive\.(?:org|is|ph|today|li|md|vn|fo)|ghostarchive\.org|(?:webcache\.)?google(?:usercontent)?\.com|"
    r"ampproject\.org|t\.co|bit\.ly|tinyurl\.com|facebook\.com|twitter\.com|x\.com|t\.me|linkedin\.com|reddit\.com|"
    r"youtube\.com|msn\.com|yahoo\.com|medium\.com|substack\.com|wordpress\.com|blogspot\.com|github\.io)$"
)
"""Hosts of what others wrote."""
_TITLE_WORDS: Final = frozenset(
    "times post herald observer courier guardian telegraph tribune gazette journal chronicle independent express "
    "mirror monitor echo standard ledger dispatch examiner inquirer globe register sentinel bulletin argus advertiser "
    "messenger mercury reporter mail daily weekly today press radio broadcasting".split()
)
"""Words by which a name is that of a paper or a broadcaster."""
SECTIONS: Final = frozenset(
    "news world europe european asia africa americas america australia us uk eu u.s middle east politics business "
    "economy markets money finance opinion opinions comment commentary analysis editorials sport sports football "
    "culture arts entertainment lifestyle life style travel health science tech technology environment climate weather "
    "education religion society labour features video videos photos pictures audio podcasts live topics stories top "
    "latest home homepage menu more search subscribe shop jobs tv magazine books film music food local national "
    "international regions law crime war defense defence listen watch newsletters multimedia letters property fashion "
    "games conflict breaking popular trending sections all issues interviews events blogs data".split()
)
_SMALL: Final = frozenset("of the and & for in on".split())
_WORD: Final = re.compile(r"[\w.&’'/-]+")


def known(name: str) -> str:
    """The name of an outlet that prints this of itself; empty where none is known."""
    return _BY_NAME.get(_folded(name), "")


def owned(name: str) -> str:
    """An outlet by what its line of copyright has: known, or the owner without the form of the company."""
    return known(name) or known(bare := _PUBLISHER.sub("", name.strip())) or bare.strip()


def host_of(url: str) -> str:
    """The host of an address that is an outlet's own; empty for those that keep copies of others."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("amp.").removeprefix("m.")
    except ValueError:
        return ""
    return "" if _COPIES.search(host) else host


def at(url: str) -> str:
    """The known outlet at an address; empty where none is."""
    host = host_of(url)
    while "." in host:
        if host in _BY_HOST:
            return _BY_HOST[host]
        host = host.partition(".")[2]
    return ""


def is_at(name: str, url: str) -> bool:
    """Whether a name and the host of an address are the same but for spaces: “Quay Courier”, quaycourier.example."""
    spelled = "".join(filter(str.isalnum, _folded(name)))
    labels = ["".join(filter(str.isalnum, label)).removeprefix("the") for label in host_of(url).split(".")[:-1]]
    return len(spelled) > 3 and spelled in labels


def is_titled(line: str) -> bool:
    """Whether a line may be the title of a paper or a broadcaster: “The Quay Courier”."""
    words = _WORD.findall(line)
    folded = [word.casefold() for word in words]
    own = [word for word in folded if word not in SECTIONS and word not in _SMALL and word not in _TITLE_WORDS]
    return (
        2 <= len(words) <= 5
        and bool(own)
        and folded[0] not in {"by", "from"}
        and (folded[-1] in _TITLE_WORDS or folded[0 if folded[0] != "the" else 1] in _TITLE_WORDS)
        and all(word[0].isupper() or small in _SMALL for word, small in zip(words, folded, strict=True))
        and line[-1].isalnum()
    )


def is_section(entry: str) -> bool:
    """Whether an entry of a menu names a section, and nothing but sections."""
    words = _WORD.findall(entry)
    return bool(words) and all(word.casefold() in SECTIONS | _SMALL for word in words)


def is_sections(line: str) -> bool:
    """Whether a line names sections one after another: “News World Sport Culture”."""
    words = _WORD.findall(line)
    named = sum(word.casefold() in SECTIONS for word in words)
    capitals = all(not word.islower() or word in _SMALL for word in words)
    return len(words) >= 3 and capitals and named >= 3 and named * 5 >= len(words) * 3
