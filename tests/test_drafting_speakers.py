"""Who speaks. Every sentence here is invented; people and offices are those of the collection, or nobody's.

Sources stand in square brackets; what is expected is an id of the roster, or ``Name|title|organisation`` as proposed
(``*`` for an organisation), one for each source.
"""

import re
import time

import pytest

from bot.corpus import seeds
from bot.drafting import parsing
from bot.drafting.people.names import keys_of, runs, words_of
from bot.drafting.people.offices import role_of
from bot.drafting.people.roster import Roster
from bot.drafting.people.speakers import voices
from bot.drafting.values import Attribution, Furniture, Manuscript, Span, Tie, Voice, Why
from bot.record import Dating, Kind
from tests.conftest import REAL_SEEDS

DAY = "2018-02-01"


@pytest.fixture(scope="module")
def roster():
    collection = seeds.load(REAL_SEEDS)
    return Roster(collection.speakers, collection.office_names)


def marked(text: str) -> tuple[str, list[Span]]:
    """A text without its square brackets, and where they stood."""
    clean, spans, last = "", [], 0
    for found in re.finditer(r"\[([^\]]+)\]", text):
        clean += text[last : found.start()]
        spans.append((len(clean), len(clean) + len(found[1])))
        clean += found[1]
        last = found.end()
    return clean + text[last:], spans


def attributed(text: str, sources: list[Span]) -> list[Attribution]:
    """What each source says: the quotation beside it, else the rest of its sentence."""
    quotations = [found.span() for found in re.finditer("“[^”]*”", text)]
    made = []
    for begin, end in sources:
        line_end = text.find("\n", end) % (len(text) + 1)
        beside = [q for q in quotations if 0 <= q[0] - end < 40 or 0 <= begin - q[1] < 40]
        stop = min(line_end, text.find(". ", end) % (len(text) + 1))
        content = min(beside, key=lambda q: abs(q[0] - begin)) if beside else (min(end + 1, stop), max(stop, end + 2))
        kind = Kind.DIRECT if beside else Kind.INDIRECT
        made.append(Attribution((content,), ((begin, end),), (), kind))
    return made


def heard(text: str, roster: Roster, day: str | None = DAY, outlet: str = "") -> list[Voice]:
    clean, sources = marked(text)
    article = Manuscript("a", clean, clean.encode(), outlet=outlet, published=Dating.parse(day) if day else None)
    return voices(article, next(parsing.parse([clean])), attributed(clean, sources), roster)


def told(voice: Voice) -> str:
    if voice.speaker:
        return voice.speaker.id
    proposed = voice.proposal
    if not proposed:
        return "nobody"
    return f"{proposed.name}|{proposed.title}|{'*' if proposed.is_organisation else proposed.organisation}"


CASES = [
    (
        "a surname has its full name earlier",
        ("NATO Secretary General Jens Stoltenberg arrived in Oslo. [Stoltenberg] said talks would go on."),
        "jens-stoltenberg",
        DAY,
    ),
    (
        "a surname has its full name later",
        ("[Karlsson] said the port would close. The decision of Harbour Minister Lena Karlsson came late."),
        "Lena Karlsson|Harbour Minister|",
        DAY,
    ),
    (
        "a pronoun is whoever spoke last",
        ("[Jens Stoltenberg] said the door was open. [He] added that it would stay so."),
        "jens-stoltenberg / jens-stoltenberg",
        DAY,
    ),
    (
        "somebody spoken about is not the pronoun",
        ("[Jens Stoltenberg] said that Sergei Lavrov was wrong about the treaty. [He] added that talks would go on."),
        "jens-stoltenberg / jens-stoltenberg",
        DAY,
    ),
    (
        "a new subject takes the pronoun",
        (
            "[Jens Stoltenberg] said the door was open. Sergei Lavrov flew to Munich on Friday "
            "evening. “We are here to listen,” [he] told reporters at the airport."
        ),
        "jens-stoltenberg / sergey-lavrov",
        DAY,
    ),
    (
        "asked whether somebody would",
        (
            "[Rex Tillerson] said a deal was near. Asked whether Sergei Lavrov would sign it, [he] "
            "said that nobody knew."
        ),
        "rex-tillerson / rex-tillerson",
        DAY,
    ),
    (
        "an honorific tells the gender",
        ("Mr. Tomas Berg met Mrs. Ingrid Falk in Bergen. [He] said the bridge was safe. [She] said it was not."),
        "Tomas Berg|| / Ingrid Falk||",
        DAY,
    ),
    (
        "a spokeswoman is she",
        (
            "Russian Foreign Ministry spokeswoman Maria Zakharova spoke after Jens Stoltenberg. [She]"
            " said that nothing had changed."
        ),
        "Maria Zakharova|spokeswoman|Russian Foreign Ministry",
        DAY,
    ),
    (
        "her speech tells that she is a woman",
        (
            "Angela Merkel opened her speech with a joke. Emmanuel Macron praised his hosts. [She] "
            "said the alliance needed time."
        ),
        "angela-merkel",
        DAY,
    ),
    (
        "an office behind the name",
        ("[Gabriel, the German foreign minister], said that Berlin wanted talks."),
        "sigmar-gabriel",
        DAY,
    ),
    (
        "an office before the name",
        "[Russian Foreign Minister Sergei Lavrov] said so.",
        "sergey-lavrov",
        DAY,
    ),
    (
        "a name in apposition to its office",
        ("[The German foreign minister, Sigmar Gabriel], said that Berlin wanted talks."),
        "sigmar-gabriel",
        DAY,
    ),
    (
        "an apposition gives title and organisation",
        ("[Steffen Seibert, spokesman for the German government], said that nothing was decided."),
        "Steffen Seibert|spokesman|German government",
        DAY,
    ),
    (
        "possessor's spokesman",
        "[Merkel's spokesman Steffen Seibert] said that nothing was decided.",
        "Steffen Seibert|spokesman for Angela Merkel|",
        DAY,
    ),
    (
        "a deputy is not the minister",
        ("Sergei Lavrov left early. [Lavrov's deputy] said that the talks had failed."),
        "nobody",
        DAY,
    ),
    (
        "comments are their owner's",
        ("Jens Stoltenberg spoke in Oslo. [Stoltenberg's comments] suggested that the door was open."),
        "jens-stoltenberg",
        DAY,
    ),
    (
        "a spokesman for somebody",
        ("Angela Merkel was away. [A spokesman for Merkel] said that she would return."),
        "nobody",
        DAY,
    ),
    (
        "a wife is not her husband",
        "[The wife of Donald Trump] said that she was happy.",
        "nobody",
        DAY,
    ),
    (
        "the NATO chief is whom the article names",
        ("[Jens Stoltenberg] said yes. [The NATO chief] said that it would be soon."),
        "jens-stoltenberg / jens-stoltenberg",
        DAY,
    ),
    (
        "the NATO chief of that day",
        "[The NATO chief] said that it would be soon.",
        "anders-fogh-rasmussen",
        "2013-03-01",
    ),
    (
        "the NATO chief of another day",
        "[The NATO chief] said that it would be soon.",
        "mark-rutte",
        "2025-03-01",
    ),
    (
        "the NATO chief of no day is nobody in particular",
        "[The NATO chief] said that it would be soon.",
        "nobody",
        None,
    ),
    (
        "the NATO chief in a year that had two",
        "[The NATO chief] said that it would be soon.",
        "nobody",
        "2014",
    ),
    (
        "Russia's foreign minister",
        "[Russia’s foreign minister] said that it would be soon.",
        "sergey-lavrov",
        DAY,
    ),
    (
        "lower-cased by a machine",
        ("[The foreign Minister of the Russian Federation] said that it would be soon."),
        "sergey-lavrov",
        DAY,
    ),
    (
        "machine of the alliance",
        (
            "[the Secretary General of the Alliance Jens Stoltenberg] said at a meeting with the "
            "Minister of foreign Affairs of Russia Sergey Lavrov that it works."
        ),
        "jens-stoltenberg",
        DAY,
    ),
    (
        "two presidents",
        (
            "Russian President Vladimir Putin met US President Donald Trump in Helsinki. [The Russian"
            " president] said it went well. [The US president] agreed that it went well."
        ),
        "vladimir-putin / donald-trump",
        DAY,
    ),
    (
        "the norwegian",
        "Jens Stoltenberg met Donald Trump. [The Norwegian] said it went well.",
        "jens-stoltenberg",
        DAY,
    ),
    (
        "the minister is nearest",
        (
            "Ole Lund, the fisheries minister, met Kari Moe, the finance minister, in Oslo. [The "
            "finance minister] said the money was there."
        ),
        "Kari Moe|finance minister|",
        DAY,
    ),
    (
        "a surname in German transcription",
        "[Lawrow] said that it would be soon.",
        "sergey-lavrov",
        DAY,
    ),
    (
        "a full name in German transcription",
        "[Sergej Lawrow] said that it would be soon.",
        "sergey-lavrov",
        DAY,
    ),
    (
        "another of that surname",
        "[Sergei Ivanov] said that it would be soon.",
        "Sergei Ivanov||",
        DAY,
    ),
    (
        "a first name alone",
        "Greta Lindqvist is nine. [Greta] said that the sea was cold.",
        "Greta Lindqvist||",
        DAY,
    ),
    (
        "an initial",
        "Donald J. Trump spoke in Iowa. [D. Trump] said that he would win.",
        "donald-trump",
        DAY,
    ),
    (
        "particles of a surname",
        ("Defence Minister Ursula von der Leyen came to Riga. [Von der Leyen] said that the troops would stay."),
        "Ursula von der Leyen|Defence Minister|",
        DAY,
    ),
    (
        "a double surname",
        ("Annegret Kramp-Karrenbauer won the vote. [Kramp-Karrenbauer] said that the party was one."),
        "Annegret Kramp-Karrenbauer||",
        DAY,
    ),
    (
        "the Kremlin is the state",
        "[The Kremlin] said that it would be soon.",
        "russia",
        DAY,
    ),
    (
        "a capital speaks for its country",
        "[Moscow] said that it would be soon.",
        "russia",
        DAY,
    ),
    (
        "an alliance speaks",
        "[NATO] said that it would be soon.",
        "nato",
        DAY,
    ),
    (
        "an organisation nobody knows is proposed",
        "[The Pentagon] said that it would be soon.",
        "Pentagon||*",
        DAY,
    ),
    (
        "the ministry named before",
        (
            "[The Polish Defence Ministry] said in a statement that it would be soon. [The ministry] "
            "added that it had no date."
        ),
        "Polish Defence Ministry||* / Polish Defence Ministry||*",
        DAY,
    ),
    (
        "the russian foreign ministry",
        ("[The Russian foreign Ministry] announced that it would be soon. [It] said that nothing was planned."),
        "russian-foreign-ministry / russian-foreign-ministry",
        DAY,
    ),
    (
        "an official without a name stays so",
        (
            "Donald Trump was in Rome. [A senior official] said that it would be soon. [The official]"
            " said that he was tired."
        ),
        "nobody / nobody",
        DAY,
    ),
    (
        "two people familiar with the matter",
        "[Two people familiar with the matter] said that it would be soon.",
        "nobody",
        DAY,
    ),
    (
        "analysts are many",
        "Vladimir Putin came. [Analysts] said that it would be soon.",
        "nobody",
        DAY,
    ),
    (
        "critics of somebody are not that person",
        "[Critics of Donald Trump] said that it would be soon.",
        "nobody",
        DAY,
    ),
    (
        "aides are not whom they serve",
        "Donald Trump was in Rome. [Trump aides] said that it would be soon.",
        "nobody",
        DAY,
    ),
    (
        "a campaign is an organisation",
        ("Donald Trump was in Rome. [The Trump campaign] said that it would be soon."),
        "Trump campaign||*",
        DAY,
    ),
    (
        "a former minister",
        ("[Former German Foreign Minister Sigmar Gabriel] said that it would be soon."),
        "sigmar-gabriel",
        "2019-12-23",
    ),
    (
        "who stands for the name before it",
        ("The talks were led by Sergei Lavrov, [who] said that it would be soon."),
        "sergey-lavrov",
        DAY,
    ),
    (
        "white house spokesman",
        "[White House spokesman Hogan Gidley] said so.",
        "Hogan Gidley|spokesman|White House",
        DAY,
    ),
    (
        "a spokesman without a name speaks for the ministry",
        ("[A spokesman for the Russian Foreign Ministry] said that it would be soon."),
        "russian-foreign-ministry",
        DAY,
    ),
    (
        "his spokesman named earlier",
        ("Vladimir Putin's spokesman, Dmitry Peskov, flew to Sochi. [The spokesman] said that it would be soon."),
        "Dmitry Peskov|spokesman for Vladimir Putin|",
        DAY,
    ),
    (
        "trump spokeswoman",
        "[Trump spokeswoman Hope Hale] said so.",
        "Hope Hale|spokeswoman for Donald Trump|",
        DAY,
    ),
    (
        "a professor of a field at a university",
        "[Katri Salo, a professor of history at Turku University], said so.",
        "Katri Salo|professor of history|Turku University",
        DAY,
    ),
    (
        "a rank stands for the one who has it",
        ("[Gen. Curtis Scaparrotti] said so. [The general] added that it was cold."),
        "curtis-scaparrotti / curtis-scaparrotti",
        DAY,
    ),
    (
        "a surname that is a month",
        ("British Prime Minister Theresa May came to Riga. [May] said that the troops would stay."),
        "Theresa May|Prime Minister|United Kingdom",
        DAY,
    ),
    (
        "a surname that is a rank",
        "[John Major] said that it would be soon.",
        "John Major||",
        DAY,
    ),
    (
        "diacritics left out",
        ("Estonian Defence Minister Jüri Luik spoke. [Luik] said so. [Juri Luik] said it again."),
        ("Jüri Luik|Defence Minister|Estonia / Jüri Luik|Defence Minister|Estonia"),
        DAY,
    ),
    (
        "two who speak together",
        "[Vladimir Putin and Jens Stoltenberg] said that it would be soon.",
        "vladimir-putin",
        DAY,
    ),
    (
        "the answer of a minister is his",
        ("News agencies quoted [the answer of the Russian foreign minister] that it would be soon."),
        "sergey-lavrov",
        DAY,
    ),
    (
        "a name in capitals",
        "[STOLTENBERG]: We will come. Jens Stoltenberg left.",
        "jens-stoltenberg",
        DAY,
    ),
    (
        "Arab name",
        "[Syrian President Bashar al-Assad] said so. [Assad] said it again.",
        "Bashar al-Assad|President|Syria / Bashar al-Assad|President|Syria",
        DAY,
    ),
    (
        "his words are his",
        "Jens Stoltenberg spoke in Oslo. In [his words], it was a good day.",
        "jens-stoltenberg",
        DAY,
    ),
    (
        "a then-secretary",
        "[Then-Secretary of State Rex Tillerson] said so.",
        "rex-tillerson",
        "2019-01-01",
    ),
    (
        "capitals of a headline name nobody new",
        (
            "Stoltenberg Warns Of A Long Winter Ahead\n\n[NATO Secretary-General Jens Stoltenberg] said"
            " the winter was long. [Stoltenberg] said it again."
        ),
        "jens-stoltenberg / jens-stoltenberg",
        DAY,
    ),
    (
        "her counterpart has a name",
        (
            "Estonian Prime Minister Katri Raik said no. Her Latvian counterpart, Andris Ozols, "
            "agreed. [Ozols] said that Riga was ready."
        ),
        "Andris Ozols|counterpart|Latvia",
        DAY,
    ),
    (
        "Lithuania's president",
        "[Lithuania's president, Dalia Rimkute], said that it was late.",
        "Dalia Rimkute|president|Lithuania",
        DAY,
    ),
    (
        "a president in a city",
        ("In Kyiv, [President Oleksandr Maran] called it late. [Maran] said that it was cold."),
        "Oleksandr Maran|President| / Oleksandr Maran|President|",
        DAY,
    ),
    (
        "press secretary of the president",
        ("[Press secretary of the President of Russia Dmitry Peskov] said that it was late. [Peskov] said it."),
        ("Dmitry Peskov|Press secretary|President of Russia / Dmitry Peskov|Press secretary|President of Russia"),
        DAY,
    ),
    (
        "official representative",
        ("[The official representative of the Russian foreign Ministry Maria Zakharova] said that it was late."),
        "Maria Zakharova|official representative|Russian foreign Ministry",
        DAY,
    ),
    (
        "head of the foreign ministry",
        "[The head of the Russian Foreign Ministry] said that it was late.",
        "sergey-lavrov",
        DAY,
    ),
    (
        "head of the foreign ministry named",
        ("[The head of the Russian Foreign Ministry Sergey Lavrov] said that it was late."),
        "sergey-lavrov",
        DAY,
    ),
    (
        "Permanent representative",
        (
            "[Permanent representative of Russia to NATO Alexander Grushko] said that it was late. "
            "[The diplomat] said it again."
        ),
        "alexander-grushko / alexander-grushko",
        "2016-05-05",
    ),
    (
        "Secretary-General of NATO",
        "[NATO's Jens Stoltenberg] said that it was late.",
        "jens-stoltenberg",
        DAY,
    ),
    (
        "Finland's",
        "[Finland’s Sauli Niinimaa] said that it was late.",
        "Sauli Niinimaa||",
        DAY,
    ),
    (
        "late chancellor",
        "[The late chancellor Helmut Braun] said that it was late.",
        "Helmut Braun|chancellor|",
        DAY,
    ),
    (
        "my old friend the general",
        ("My old friend General Hans Iversen is a calm man. [The general] told me that it was late."),
        "Hans Iversen|General|",
        DAY,
    ),
    (
        "Mr Putin",
        "[Mr Putin] said that it was late. [Mr Lavrov] agreed that it was.",
        "vladimir-putin / sergey-lavrov",
        DAY,
    ),
    (
        "the head of state",
        (
            "Russian President Vladimir Putin met NATO chief Jens Stoltenberg. [The Russian leader] "
            "said that it was late. [The head of state] added that it was cold."
        ),
        "vladimir-putin / vladimir-putin",
        DAY,
    ),
    (
        "an unnamed source in",
        "[A source in the Kremlin] said that it was late.",
        "nobody",
        DAY,
    ),
    (
        "an interlocutor",
        "[The agency's interlocutor] said that it was late.",
        "nobody",
        DAY,
    ),
    (
        "the chancellor's spokesman",
        ("Angela Merkel was away. [The chancellor's spokesman] said that it was late."),
        "nobody",
        DAY,
    ),
    (
        "spokesman for the chancellor named",
        ("[Ulrike Damm, a spokeswoman for the chancellor], said that it was late."),
        "Ulrike Damm|spokeswoman for the chancellor|",
        DAY,
    ),
    (
        "Poland's foreign ministry",
        "[Poland's foreign ministry] said that it was late.",
        "Poland's foreign ministry||*",
        DAY,
    ),
    (
        "The European Commission",
        ("[The European Commission] said that it was late. [A Commission spokesman] said that it was cold."),
        "European Commission||* / European Commission||*",
        DAY,
    ),
    (
        "the new minister",
        ("Liv Storm became minister of fisheries in May. [The minister] said that it was late."),
        "Liv Storm||",
        DAY,
    ),
    (
        "who heads",
        ("Tom Reed heads the Arctic Institute in Tromsø. [Reed] said that it was late."),
        "Tom Reed||",
        DAY,
    ),
    (
        "Sir",
        ("[Sir Adrian Bell, the former commander of the fleet], said that it was late. [Sir Adrian] said it was cold."),
        ("Adrian Bell|commander of the fleet| / Adrian Bell|commander of the fleet|"),
        DAY,
    ),
    (
        "two ministers by country",
        (
            "Polish Foreign Minister Jan Kowal and Czech Foreign Minister Petr Novak met in Brno. "
            "[The Polish minister] said that it was late. [The Czech minister] said that it was not."
        ),
        ("Jan Kowal|Foreign Minister|Poland / Petr Novak|Foreign Minister|Czech Republic"),
        DAY,
    ),
    (
        "the two ministers",
        (
            "Polish Foreign Minister Jan Kowal and Czech Foreign Minister Petr Novak met in Brno. "
            "[The two ministers] said that it was late."
        ),
        "nobody",
        DAY,
    ),
    (
        "lawmakers",
        "[Russian lawmakers] said that it was late.",
        "nobody",
        DAY,
    ),
    (
        "a quoted name",
        ("“Lavrov is a liar,” [Jens Stoltenberg] said. “That is all,” [he] added."),
        "jens-stoltenberg / jens-stoltenberg",
        DAY,
    ),
    (
        "object of thanks",
        (
            "[Angela Merkel] thanked Emmanuel Macron for his help and said that it was late. “We "
            "shall go on,” [she] said."
        ),
        "angela-merkel / angela-merkel",
        DAY,
    ),
    (
        "mayor later unnamed",
        "[The mayor of Tromsø] said that it was late.",
        "nobody",
        DAY,
    ),
    (
        "a city that speaks",
        "[Brussels] said that it was late.",
        "Brussels||*",
        DAY,
    ),
    (
        "State Department",
        (
            "[State Department spokeswoman Heather Nolan] said that it was late. [Nolan] said it. "
            "[The State Department] confirmed it."
        ),
        (
            "Heather Nolan|spokeswoman|State Department / Heather Nolan|spokeswoman|State Department "
            "/ State Department||*"
        ),
        DAY,
    ),
    (
        "a report of nobody",
        "[The report] said that it was late.",
        "nobody",
        DAY,
    ),
    (
        "statement of the ministry",
        "[A statement by the Russian Foreign Ministry] said that it was late.",
        "russian-foreign-ministry",
        DAY,
    ),
    (
        "ministry's statement",
        "[The Russian Foreign Ministry's statement] said that it was late.",
        "russian-foreign-ministry",
        DAY,
    ),
    (
        "the Russian side",
        "[The Russian side] said that it was late.",
        "russia",
        DAY,
    ),
    (
        "an initial before a known surname",
        "[J. Stoltenberg] said that it was late.",
        "jens-stoltenberg",
        DAY,
    ),
    (
        "Russian envoy",
        "[Russia's envoy to NATO, Alexander Grushko,] said that it was late.",
        "alexander-grushko",
        "2016-05-05",
    ),
    (
        "the Russian envoy by day",
        "[Russia's envoy to NATO] said that it was late.",
        "alexander-grushko",
        "2016-05-05",
    ),
    (
        "german chancellor",
        "[German Chancellor Angela Merkel's government] said that it was late.",
        "Angela Merkel's government||*",
        DAY,
    ),
    (
        "foreign affairs minister dutch",
        "[Dutch Foreign Minister Bert Koen] said so. “No,” said [Koen], 58.",
        ("Bert Koen|Foreign Minister|Netherlands / Bert Koen|Foreign Minister|Netherlands"),
        DAY,
    ),
    (
        "an office between dashes",
        "[Ana Brnabic — Serbia's prime minister —] said that it was late.",
        "Ana Brnabic|prime minister|Serbia",
        DAY,
    ),
    (
        "a surname in small letters by a machine",
        "[U.S. President Donald trump] said that it was late.",
        "donald-trump",
        DAY,
    ),
    (
        "they singular org",
        "[NATO] said that it was late. [They] added that it was cold.",
        "nato / nato",
        DAY,
    ),
    (
        "sources told",
        ("[Sources] told the paper that it was late. [They] said that it was cold."),
        "nobody / nobody",
        DAY,
    ),
    (
        "a lead has the office and the next sentence the name",
        ("[Norway's border commissioner] said Monday that it was late.\n\n“It is cold,” [Ragna Myr] said."),
        "Ragna Myr|| / Ragna Myr||",
        DAY,
    ),
    (
        "it stands for the union",
        "The Pilots' Union has 400 members. [It] said that it was late.",
        "Pilots' Union||*",
        DAY,
    ),
    (
        "russian surnames",
        ("Elena Sokolova met Viktor Sokolov in Perm. “It is late,” [she] said. “It is,” [he] said."),
        "Elena Sokolova|| / Viktor Sokolov||",
        DAY,
    ),
    (
        "after a meeting with",
        (
            "Jens Stoltenberg spoke after a meeting with Prime Minister Katrin Raik, who praised his "
            "patience and her own. “We are close,” [he] said."
        ),
        "jens-stoltenberg",
        DAY,
    ),
    (
        "his gender",
        (
            "Jens Stoltenberg lost his temper. Katrin Raik did not lose hers. “It is late,” [she] "
            "said. “It is,” [he] replied."
        ),
        "Katrin Raik|| / jens-stoltenberg",
        DAY,
    ),
    (
        "pull quote between",
        (
            "[Angela Merkel] said that it was late.\n\n“I am not tired.”\n-- Emmanuel Macron\n\n[She] "
            "added that it was cold."
        ),
        "angela-merkel / angela-merkel",
        DAY,
    ),
    (
        "said inverted then he",
        ("“It is late,” said [Sergei Lavrov], whom Rex Tillerson had invited. “It is cold,” [he] added."),
        "sergey-lavrov / sergey-lavrov",
        DAY,
    ),
    (
        "new paragraph",
        (
            "“It is late,” [Sergei Lavrov] said.\n\nIn Washington, Rex Tillerson listened to a speech "
            "by Mike Pompeo.\n\n“He is right,” [he] told reporters."
        ),
        "sergey-lavrov / rex-tillerson",
        DAY,
    ),
    (
        "office unnamed then he",
        "[The NATO chief] said that it was late. [He] said that it was cold.",
        "jens-stoltenberg / jens-stoltenberg",
        DAY,
    ),
    (
        "official then he",
        ("Donald Trump was in Rome. [A senior official] said that it would be soon. [He] said that it was cold."),
        "nobody / nobody",
        DAY,
    ),
    (
        "spokeswoman then she",
        (
            "Angela Merkel was in Rome. [A spokeswoman for the Russian Foreign Ministry] said that it"
            " would be soon. [She] said that it was cold."
        ),
        "russian-foreign-ministry / russian-foreign-ministry",
        DAY,
    ),
    (
        "a first name tells the gender",
        "[Vladimir Putin] spoke in Sochi. Rose Tveit runs a mill near Narvik. “It is cold,” [she] says.",
        "vladimir-putin / Rose Tveit||",
        DAY,
    ),
    (
        "evidence of the text outweighs the first name",
        "Mr Maria Falk met Lena Holm. “It is cold,” [he] said.",
        "Maria Falk||",
        DAY,
    ),
    (
        "a body whose field is two things",
        "[The Organisation for Harbours and Ferries in the North] said it would wait.",
        "Organisation for Harbours and Ferries in the North||*",
        DAY,
    ),
    ("two bodies stay two", "[The Ministry of Harbours and NATO] said so.", "Ministry of Harbours||*", DAY),
    (
        "a body's name with an ampersand",
        (
            "The yard got it all, according to [a report published last year by the watchdog Nets & "
            "Rule of Sea]. [The report] says more."
        ),
        "Nets & Rule of Sea||* / Nets & Rule of Sea||*",
        DAY,
    ),
    (
        "a time is no part of a name",
        (
            "[The Harbour Court in 2016] called it over. [The Ferry Board last week] said so. [The "
            "Herring Bank on Monday] said so."
        ),
        "Harbour Court||* / Ferry Board||* / Herring Bank||*",
        DAY,
    ),
    (
        "a kind of body and its name",
        (
            "[The ferry operator Avinett] said so. [The shipping company Norvik] said so. [The port "
            "operator] Sandvig said so."
        ),
        "Avinett||* / Norvik||* / Sandvig||*",
        DAY,
    ),
    (
        "an inhabitant with an age",
        "Jens Stoltenberg came to Berlin. “It is late,” [the 59-year-old Norwegian] said.",
        "jens-stoltenberg",
        DAY,
    ),
    (
        "an inhabitant of whom no country is known",
        "Mayor Anna Lindqvist opened the bridge. “It is wide,” [the Swede] said.",
        "Anna Lindqvist|Mayor|",
        DAY,
    ),
    (
        "the leader of a party leads no country",
        (
            "Finnish Prime Minister Pekka Salo landed. [The Moor Party leader] said so. Tore Vik, "
            "spokesman for Vladimir Putin, left."
        ),
        "Pekka Salo|Prime Minister|Finland",
        DAY,
    ),
    (
        "the official of a place",
        "Kremlin spokesman Tore Vik came. [The Kremlin official] said so.",
        "Tore Vik|spokesman|Kremlin",
        DAY,
    ),
    (
        "the ministry of the minister named before",
        "Estonian Foreign Minister Toomas Saar landed. [His ministry] said so.",
        "Estonia's Foreign Ministry||*",
        DAY,
    ),
    (
        "the group of whoever was introduced with it",
        "Ola Berg, head of the Herring Association, came. [Berg's group] said so.",
        "Herring Association||*",
        DAY,
    ),
    (
        "which belongs to a body",
        "The Council of the EU, [which] had said that it was a road, welcomed it.",
        "Council of the EU||*",
        DAY,
    ),
    (
        "a paper that reports does not speak",
        "[The New York Times] reported that it was late. [The Harbour Tribune] reported it.",
        "nobody / nobody",
        DAY,
    ),
    (
        "a surname that is a word elsewhere",
        "[Romania's ferry minister, Gabriel Les,] has said so.",
        "Gabriel Les|ferry minister|Romania",
        DAY,
    ),
    (
        "his namesake is the other",
        "Arvid Lindh met Karin Lindh. [Arvid Lindh] spoke. [His namesake] laughed.",
        "Arvid Lindh|| / Karin Lindh||",
        DAY,
    ),
    (
        "the subject of the sentence before is the pronoun",
        "[Ursula Lang] said so. A government spokeswoman declined to comment. “We never do,” [she] said.",
        "Ursula Lang|| / nobody",
        DAY,
    ),
    (
        "an inhabitant who nods speaks next",
        "[Emmanuel Macron] said so, beside Jens Stoltenberg. The Norwegian nodded. “It is,” [he] said.",
        "emmanuel-macron / jens-stoltenberg",
        DAY,
    ),
    (
        "the spokesman goes on for the same body",
        "[A spokesman for Avinett] said so. “We wait,” [the spokesman] said.",
        "Avinett||* / Avinett||*",
        DAY,
    ),
    (
        "a body that is named in full only later",
        "“It is late,” [the ministry] said. Norway's Ferry Ministry had been asked.",
        "Norway's Ferry Ministry||*",
        DAY,
    ),
    (
        "a shorter name of a body",
        "[The Marble Palace] said so. [The Marble] said more.",
        "Marble Palace||* / Marble Palace||*",
        DAY,
    ),
    (
        "a company of a country is the one named before",
        "[The shipyard Navanta] said so. [The Spanish company] said more.",
        "Navanta||* / Navanta||*",
        DAY,
    ),
    (
        "a lead names the commander only afterwards",
        "[NATO's top military commander] said so. Gen. Filip Brandlow told a panel that it was late.",
        "Filip Brandlow|Gen.|",
        DAY,
    ),
    (
        "somebody without an office takes the description",
        "[Viktor Halas] said so. [The Hungarian leader] said more.",
        "Viktor Halas|| / Viktor Halas||",
        DAY,
    ),
    (
        "a description of another country is not the last speaker's",
        "French President Emmanuel Macron spoke by phone with Taras Hul. In Kyiv, [the Ukrainian president] said so.",
        "Taras Hul||",
        DAY,
    ),
    ("letters behind a name", "[Tobias Venn MP, chair of the ferry committee,] said so.", "Tobias Venn||", DAY),
    ("a first name alone", "“It is cold,” says [Tetiana, a teacher in Kramsk].", "Tetiana|teacher|Kramsk", DAY),
    ("a name whose parts the parser takes apart", "South Korea's Moon Jae-[in] said so.", "Moon Jae-in||", DAY),
    (
        "whoever spoke last is the lawmaker",
        "[Lawmaker Ivo Holm] said so. [Franz Berg, a member of the ferry committee,] said more. [The lawmaker] left.",
        "Ivo Holm|Lawmaker| / Franz Berg|member|committee / Franz Berg|member|committee",
        DAY,
    ),
    ("nobody is nobody", "[Nobody on board] spoke of it.", "nobody", DAY),
    ("your friends are nobody", "[Your critics] say it is late.", "nobody", DAY),
    (
        "a calling that is no title",
        "[Denis Vik, head of the Herring Centre,] said so. “It is,” [the sociologist] said.",
        "Denis Vik|head|Herring Centre / Denis Vik|head|Herring Centre",
        DAY,
    ),
    (
        "the poll is whose it was",
        "A poll by the Herring Centre found little. [Igor Ivanov] laughed. According to [the poll], it is late.",
        "igor-ivanov / Herring Centre||*",
        DAY,
    ),
    (
        "a prime minister whom the article gives no office",
        "[Magda Lind] said so. [The prime minister] said more. Kaja Saar, prime minister of Estonia, left.",
        "Magda Lind|| / Magda Lind||",
        DAY,
    ),
    (
        "somebody's former adviser",
        "[John Balder] said so. “It is,” [the ex-adviser] writes.",
        "John Balder|| / John Balder||",
        DAY,
    ),
    ("the other side is nobody", "[The other side] said so. [The German side] said more.", "nobody / germany", DAY),
    ("the surname behind a body that owns it", "[The Kremlin's Peskov] said so.", "Peskov||", DAY),
    (
        "a company that no sentence names",
        "[The Finnish company] said so. [The Finnish company] said more.",
        "nobody / nobody",
        DAY,
    ),
    (
        "it is the subject of the clause around it",
        "NATO built a radar near Narvik, and Russia criticizes the yard for what [it] regards as a trick.",
        "russia",
        DAY,
    ),
    ("a trade before a name", "[Skipper Vince Larkin, 42,] said so.", "Vince Larkin|Skipper|", DAY),
    (
        "an initial after an office of several words",
        "[External Affairs Minister S. Raghavan] said so. [Mr. Raghavan] said more.",
        "S. Raghavan|External Affairs Minister| / S. Raghavan|External Affairs Minister|",
        DAY,
    ),
    (
        "a peer is no president",
        (
            "In the Lords, [Lord Hobart], the former judge, recalled his dealings with Vladimir Putin. "
            "“It was his first visit,” [the Labour peer] said."
        ),
        "Hobart|judge| / Hobart|judge|",
        DAY,
    ),
    (
        "what somebody was",
        "[Marta Vik] said so. “We will not fail,” [the former comedian] added.",
        "Marta Vik|| / Marta Vik||",
        DAY,
    ),
    (
        "the premier of whom the sentence tells",
        "[A Whitehall insider] said so.\n\nGreta Larkin was “not worried”, [the PM] said on a visit.",
        "nobody / Greta Larkin||",
        DAY,
    ),
    (
        "a heading in capitals",
        "DANISH FOREIGN MINISTER ANDERS BJERRE\n\n[He] later told reporters that the answer was weak.",
        "Anders Bjerre||",
        DAY,
    ),
    (
        "a route is nobody",
        (
            "Russian Foreign Minister Sergey Lavrov arrived.\n\nCommenting on the rules for the Northern Sea Route, "
            "[the top diplomat] said “this is our land.” [He] added that it would stay so."
        ),
        "sergey-lavrov / sergey-lavrov",
        DAY,
    ),
    (
        "a noun that a verb follows is no aside",
        (
            "Harbour Minister Lena Karlsson came late.\n\nAsked about Rolf Hagen, [the minister] said “no comment.” "
            "[Hagen] said nothing."
        ),
        "Lena Karlsson|Harbour Minister| / Rolf Hagen||",
        DAY,
    ),
    (
        "a national of a country that the article gives to nobody",
        (
            "Ukrainian Foreign Minister Pavlo Klimkin listened. [Alexander Holt], the mission's deputy head, said they "
            "were stopped. “Nobody sees,” [the Swiss national] added."
        ),
        "Alexander Holt|deputy head|mission / Alexander Holt|deputy head|mission",
        DAY,
    ),
    (
        "a surname that stands first, beside one that stands last",
        (
            "Carrie Lam, the chief executive, defended the law. Carrie Lam had written it.\n\n"
            "“Nobody read it,” said [Lam Cheuk-ting], a legislator.\n\n[Lam], who was attacked, said he was afraid."
        ),
        "Lam Cheuk-ting|legislator| / Lam Cheuk-ting|legislator|",
        DAY,
    ),
    (
        "a pronoun tells which of two with one surname is meant",
        (
            "Claudia Weber, who reads budgets, saw six plans. [Manfred Weber], a candidate, said one was enough. "
            "Claudia Weber laughed.\n\nWeber shrugged. “Nobody knew it in 1992,” [he] said."
        ),
        "Manfred Weber|candidate| / Manfred Weber|candidate|",
        DAY,
    ),
    (
        "a surname of two letters",
        (
            "“Performance art,” scoffed [Fu Cong], the head of the Harbour Department, when Robert Ashley left.\n\n"
            "Speaking in Beijing, [Fu] said his country would come. “But we know better,” [he] added."
        ),
        " / ".join(3 * ["Fu Cong|head|Harbour Department"]),
        DAY,
    ),
    (
        "whoever is of something",
        "As [Tong Zhao of the Carnegie–Tsinghua Center] notes, a small fleet lives from not being counted.",
        "Tong Zhao||",
        DAY,
    ),
    (
        "the latest report of a body",
        "Naftali Bennett came. According to [the HARB's latest report], the quay is too short.",
        "HARB||*",
        DAY,
    ),
    (
        "a body that is spelt in two ways",
        (
            "The head of the International Harbour Organization's council, Rolf Hagen, came. In a tweet, "
            "[the organisation] said the quay was too short."
        ),
        "International Harbour Organization||*",
        DAY,
    ),
    (
        "no person is a radio",
        (
            "Marit Holm keeps a diary. “People laugh,” [she] says.\n\nWhen we meet, [the radio] is reporting rain. She "
            "turns it down. “What I did not understand was the fear,” [she] says."
        ),
        "Marit Holm|| / nobody / Marit Holm||",
        DAY,
    ),
    (
        "a pronoun goes on from sentence to sentence",
        (
            "Marit Holm keeps a diary. “People laugh,” [she] says.\n\nShe was 27 then. She remembers the smell of "
            "President Ford’s pipe. “I did not understand the fear,” [she] says."
        ),
        "Marit Holm|| / Marit Holm||",
        DAY,
    ),
    (
        "a president who is only spoken of",
        (
            "Norwegian President John Berg and Russian President Vladimir Putin met.\n\nJohn Berg has walked to the "
            "press. “I told President Putin so,” [the president] says."
        ),
        "John Berg|President|Norway",
        DAY,
    ),
    (
        "the president of whom the paragraph tells",
        (
            "Russian President Vladimir Putin spoke first.\n\nJohn Berg has walked out to the press. “I told President "
            "Putin so,” [the president] says."
        ),
        "John Berg||",
        DAY,
    ),
    (
        "the head of a body that is only described, named after it",
        (
            "[The head of the harbours' watchdog] said that talks had failed.\n\n“We could not agree,” Harbour Agency "
            "director general [Rolf Hagen] told reporters."
        ),
        "Rolf Hagen|director general|Harbour Agency / Rolf Hagen|director general|Harbour Agency",
        DAY,
    ),
    (
        "a rank of several words joined by hyphens",
        "[Ambassador-at-Large of the Norwegian Foreign Ministry Rolf Hagen] said so. “Never,” [the diplomat] added.",
        "Rolf Hagen|Ambassador-at-Large|Norwegian Foreign Ministry / Rolf Hagen|Ambassador-at-Large|"
        "Norwegian Foreign Ministry",
        DAY,
    ),
    (
        "a department before the title of who speaks for it",
        "[Department of Foreign Affairs spokesperson Teresa Vik] said so.",
        "Teresa Vik|Foreign Affairs spokesperson|",
        DAY,
    ),
    (
        "the head of a delegation leads no country",
        "“It has no meaning,” [the head of the Russian delegation] was quoted as saying.",
        "nobody",
        "2021-06-08",
    ),
    (
        "a justice minister is a minister",
        "Justice Minister Astrid Vang met us. [The minister] said so.",
        "Astrid Vang|Justice Minister|",
        DAY,
    ),
    (
        "an hour before a name is no part of it",
        "At half past ten Boris Halas walked in. “It is signed,” [Halas] announced.",
        "Boris Halas||",
        DAY,
    ),
    (
        "an office in a scene of another year",
        (
            "The text reached Paris on 26 May 1997. At ten Boris Halas walked up. “I have signed it today,” [the "
            "Russian president] announced.\n\nVladimir Putin came later."
        ),
        "Boris Halas||",
        "2022-05-27",
    ),
    (
        "an office of today beside an earlier year",
        (
            "As far back as 2011 Rolf Hagen wrote so. On Tuesday he met Vladimir Putin. “It is an eagle,” [the "
            "Russian president] joked."
        ),
        "vladimir-putin",
        "2018-10-24",
    ),
    (
        "an office of a year that the same sentence names",
        "“They have the right to choose,” [the Russian president] said in November 2001.",
        "vladimir-putin",
        "2022-05-27",
    ),
    ("an office itself", "[The Russian president himself] said so.", "vladimir-putin", DAY),
    (
        "a pronoun after somebody on whose right she sat",
        "Deputy Minister Rolf Hagen spoke first.\n\nFor Romania, State Secretary Simona Vlad-Roe sat on his right. "
        "“One in four,” [she] told us.",
        "Simona Vlad-Roe|State Secretary|",
        DAY,
    ),
    (
        "a pronoun after whom it was left to",
        "[Rolf Hagen] said no. It was left to a backbencher, the Liberal Joar Norlin, to mention it. “I have "
        "listened,” [he] said.",
        "Rolf Hagen|| / Joar Norlin||",
        DAY,
    ),
    (
        "whoever was told by a grandfather",
        "Gunn Berg was told by [her grandfather] how it burned. “The windows broke,” [she] recalls.",
        "nobody / Gunn Berg||",
        DAY,
    ),
    (
        "an office behind somebody's age",
        "“He comes every year,” says [Birger Sund, 71, a retired harbour pilot].",
        "Birger Sund|harbour pilot|",
        DAY,
    ),
]


@pytest.mark.parametrize(("text", "expected", "day"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_who_speaks(text, expected, day, roster):
    assert " / ".join(map(told, heard(text, roster, day))) == expected


def test_who_is_surely_meant_has_no_reason_to_doubt(roster):
    full, surname = heard("[NATO Secretary General Jens Stoltenberg] said yes. [Stoltenberg] said it again.", roster)
    assert min(full.confidence, surname.confidence) >= 0.95
    assert full.because == surname.because == ()


def test_a_pronoun_says_whom_it_was_taken_for(roster):
    _, he = heard("[Jens Stoltenberg] said that it was late. [He] added that it was cold.", roster)
    assert 0.8 <= he.confidence <= 0.9
    assert he.because == ("“He” taken for Jens Stoltenberg, who spoke or was spoken of last",)


def test_what_may_be_either_is_doubtful_and_names_the_other(roster):
    text = "Anna Holm and Peter Holm run the yard. [Holm] said that orders were rising."
    (voice,) = heard(text, roster)
    assert voice.confidence < 0.6
    assert "Holm" in voice.because[0]
    assert "may also be" in voice.because[0]


def test_two_presidents_and_a_bare_title_are_doubtful(roster):
    text = "Russian President Vladimir Putin met US President Donald Trump. [The president] said that it was late."
    (voice,) = heard(text, roster)
    assert voice.confidence < 0.6
    assert "may be" in voice.because[0]


def test_who_is_not_named_is_nobody_and_the_reason_says_so(roster):
    (voice,) = heard("[Two people familiar with the matter] said that it was late.", roster)
    assert (voice.speaker, voice.proposal) == (None, None)
    assert voice.confidence < 0.5
    assert voice.because == ("speaker is not named: “Two people familiar with the matter”",)


def test_an_office_nobody_is_sure_to_have_held_names_those_who_may(roster):
    (voice,) = heard("[The NATO chief] said that it was late.", roster, day=None)
    assert voice.speaker is None
    assert "Jens Stoltenberg" in voice.because[0]
    assert "Mark Rutte" in voice.because[0]


def test_an_unnamed_spokesman_is_taken_for_the_body_with_a_doubt(roster):
    (voice,) = heard("[A spokesman for the Russian Foreign Ministry] said that it was late.", roster)
    assert told(voice) == "russian-foreign-ministry"
    assert voice.confidence < 0.6
    assert "is not named" in voice.because[0]


def test_a_surname_with_an_office_that_its_bearer_never_held_is_doubtful(roster):
    (voice,) = heard("[Russian Finance Minister Ivanov] said that it was late.", roster)
    assert voice.confidence < 0.6
    assert "Russian Finance Minister" in voice.because[0]


# How the article styles them


@pytest.mark.parametrize(
    ("text", "day", "styled"),
    [
        ("[Former German Foreign Minister Sigmar Gabriel] said so.", "2019-12-23", "former German Foreign Minister"),
        ("[Sigmar Gabriel, the former foreign minister,] said so.", "2019-12-23", "former foreign minister"),
        ("[German Foreign Minister Sigmar Gabriel] said so.", "2017-12-23", ""),
        ("[Then-Secretary of State Rex Tillerson] said so.", "2019-01-01", "then-Secretary of State"),
        ("[Then-Secretary of State Rex Tillerson] said so.", "2017-06-01", ""),
        (
            "[Outgoing NATO Secretary General Jens Stoltenberg] said so.",
            "2024-09-01",
            "outgoing NATO Secretary General",
        ),
        ("[Security expert Igor Ivanov] said so.", "2018-06-01", "Security expert"),
    ],
)
def test_an_office_that_is_not_held_then_is_described(text, day, styled, roster):
    (voice,) = heard(text, roster, day)
    assert voice.speaker
    assert voice.described_as == styled


# By way of whom


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("According to [TASS], Jens Stoltenberg said that NATO was ready.", "jens-stoltenberg", "TASS"),
        ("According to TASS, [Jens Stoltenberg] said that NATO was ready.", "jens-stoltenberg", "TASS"),
        ("[Jens Stoltenberg] told Germany's dpa news agency that it was late.", "jens-stoltenberg", "dpa"),
        ("[Jens Stoltenberg] told DPA that it was late.", "jens-stoltenberg", "dpa"),
        ("Sergei Lavrov came. Interfax quoted [him] as saying that it was late.", "sergey-lavrov", "Interfax"),
        ("Sergei Lavrov came. [Interfax] quoted him as saying that it was late.", "sergey-lavrov", "Interfax"),
        (
            "RIA Novosti reported it. “We know”, — quotes [news Agency] the answer of the foreign Minister of Russia.",
            "sergey-lavrov",
            "RIA Novosti",
        ),
        ("“It is late,” [Sergei Lavrov] was quoted by TASS as saying.", "sergey-lavrov", "TASS"),
        ("[Jens Stoltenberg] told the newspaper Aamulehti that it was late.", "jens-stoltenberg", "Aamulehti"),
        ("[Reuters] reported that the ferry was late.", "nobody", "Reuters"),
        ("[The Guardian] reported that the ferry was late.", "nobody", "Guardian"),
        ("[Jens Stoltenberg] told the BBC that it was late.", "jens-stoltenberg", "BBC"),
        ("[Jens Stoltenberg] told Kust am Sonntag newspaper that it was late.", "jens-stoltenberg", "Kust am Sonntag"),
        ("[Jens Stoltenberg] told Russian television that it was late, TASS reports.", "jens-stoltenberg", "TASS"),
        ("[Jens Stoltenberg] told state television that it was late.", "jens-stoltenberg", ""),
        ("[Jens Stoltenberg] told France Marine radio that it was late.", "jens-stoltenberg", "France Marine"),
        ("[Jens Stoltenberg] told the Foreign Affairs Committee that it was late.", "jens-stoltenberg", ""),
        ("[Jens Stoltenberg] said that it was late.", "jens-stoltenberg", ""),
    ],
)
def test_an_agency_is_the_way_the_words_came(text, speaker, via, roster):
    (voice,) = heard(text, roster)
    assert (told(voice), voice.via) == (speaker, via)


def test_the_outlet_itself_is_nobodys_source(roster):
    text = "[Jens Stoltenberg] told TASS that it was late."
    assert heard(text, roster, outlet="TASS")[0].via == ""
    assert heard(text, roster, outlet="The Herald")[0].via == "TASS"


@pytest.mark.parametrize("outlet", ["The Japan Times", "Newspaper Weekly", "Kansas City Star"])
def test_an_agency_is_not_the_outlet_that_its_letters_stand_in(roster, outlet):
    for agency in ("AP", "PAP", "ANSA"):
        assert heard(f"[Jens Stoltenberg] told {agency} that it was late.", roster, outlet=outlet)[0].via == agency


def test_a_country_is_known_in_its_own_spelling(roster):
    (voice,) = heard("[Türkiye's Defence Minister Rolf Hagen] said no.", roster)
    assert told(voice) == "Rolf Hagen|Defence Minister|Turkey"


@pytest.mark.parametrize("words", ["la " * 1200, "J. " * 1200, "Ha " * 1200, "van King " * 400, "J. Ha said so. " * 9])
def test_names_that_never_end_are_read(words, roster):
    assert heard(f"{words} [Rolf Hagen] said so.", roster)


def test_accents_that_are_characters_of_their_own_belong_to_the_name(roster):
    assert told(heard("[Mika Ha\u0308kkinen] said no.", roster)[0]).startswith("Mika Ha\u0308kkinen|")


def test_an_agency_holds_for_what_the_same_person_says_next_in_the_paragraph(roster):
    text = "According to TASS, [Jens Stoltenberg] said yes. However, [he] noted that it was cold.\n\n[He] added that."
    assert [voice.via for voice in heard(text, roster)] == ["TASS", "TASS", ""]


def test_a_body_that_tells_what_somebody_said_is_no_speaker(roster):
    text = "Angela Merkel warned Vladimir Putin of “hard times”, according to the Harbour Office."
    inner = Attribution(((36, 50),), ((0, 13),), ((14, 20),), Kind.MIXED, nested=True)
    outer = Attribution(((0, 50),), ((65, 83),), ((52, 64),), Kind.MIXED)
    found = voices(Manuscript("a", text, text.encode()), next(parsing.parse([text])), [outer, inner], roster)
    assert [told(voice) for voice in found] == ["nobody", "angela-merkel"]
    assert found[1].because == ("Harbour Office tells what Angela Merkel said",)
    assert found[1].confidence < 0.9


def test_a_ministry_that_tells_of_a_call_is_no_speaker(roster):
    text = "Turkish Defence Minister Rolf Hagen told a colleague that “the dredging must stop,” his ministry reported."
    words = (text.index("“"), text.index("”") + 1)
    inner = Attribution(((words[0] - 5, words[1]),), ((0, 35),), ((36, 40),), Kind.MIXED)
    at = text.index("his ministry")
    outer = Attribution((words,), ((at, at + 12),), ((at + 13, at + 21),), Kind.DIRECT)
    found = voices(Manuscript("a", text, text.encode()), next(parsing.parse([text])), [inner, outer], roster)
    assert [told(voice) for voice in found] == ["Rolf Hagen|Defence Minister|Turkey", "nobody"]
    assert "tells what Rolf Hagen said" in found[1].because[0]


def test_the_answers_of_an_interview_are_those_of_whom_it_is_with(roster):
    text = "The harbour master Lena Korn, 57, met us.\n\nQ: Is it safe?\n\nA: It is."
    question, answer = text.index("Q:"), text.index("A:")
    turns = [
        Attribution(((at + 3, end),), ((at, at + 1),), ((at + 1, at + 2),), Kind.INDIRECT, Tie.TRANSCRIPT)
        for at, end in ((question, answer - 2), (answer, len(text)))
    ]
    found = voices(Manuscript("a", text, text.encode()), next(parsing.parse([text])), turns, roster)
    assert [told(voice) for voice in found] == ["nobody", "Lena Korn||"]
    assert found[1].because == ("the answers are taken for those of Lena Korn",)


def test_after_an_interview_without_names_a_pronoun_is_whoever_answered(roster):
    asked = "We talk with harbour master Lena Korn.\n\nIs it safe?\n\n"
    text = f"{asked}It is. I built it.\n\nThe phone rings. “Later,” she says."
    answer, source = text.index("It is"), text.index("she says")
    found = [
        Attribution(((answer, answer + 19),), (), (), Kind.DIRECT, Tie.TRANSCRIPT),
        Attribution(((source - 9, source - 1),), ((source, source + 3),), ((source + 4, source + 8),), Kind.DIRECT),
    ]
    heard_them = voices(Manuscript("a", text, text.encode()), next(parsing.parse([text])), found, roster)
    assert [told(voice) for voice in heard_them] == ["Lena Korn||"] * 2
    assert all(voice.because for voice in heard_them)


def test_a_bare_title_is_surely_nobodys_who_is_named_only_later(roster):
    [voice] = heard("[The president] thinks that the affair is over.\n\nHe meets Vladimir Putin on Friday.", roster)
    assert voice.because


def test_a_description_is_taken_for_somebody_with_a_doubt(roster):
    _, described = heard("[Viktor Halas] said so. [The Hungarian leader] said more.", roster)
    assert described.confidence <= 0.5
    assert described.because == ("“The Hungarian leader” taken for Viktor Halas, who spoke or was spoken of last",)


# Where nobody, or somebody elsewhere, is named


def test_words_that_go_on_are_the_last_speakers_and_others_nobodys(roster):
    text = "“It is late,” Sergei Lavrov said. “It is cold.”"
    first = Attribution(((0, 13),), ((14, 27),), ((28, 32),), Kind.DIRECT)
    for tie, name in ((Tie.CONTINUATION, "sergey-lavrov"), (Tie.NONE, "nobody")):
        rest = Attribution(((34, 47),), (), (), Kind.DIRECT, tie)
        found = voices(Manuscript("a", text, text.encode()), next(parsing.parse([text])), [rest, first], roster)
        assert [told(voice) for voice in found] == [name, "sergey-lavrov"]
        assert found[0].because


def test_a_surname_takes_its_first_name_from_under_a_picture(roster):
    caption = "Captain Runa Vestergren at the wheel"
    text = f"{caption}\n\nVestergren said that it was late."
    article = Manuscript("a", text, text.encode(), furniture=(Furniture((0, len(caption)), Why.CAPTION),))
    begin = text.rindex("Vestergren")
    said = Attribution(((begin + 16, len(text)),), ((begin, begin + 10),), (), Kind.INDIRECT)
    blanked = " " * len(caption) + text[len(caption) :]
    (voice,) = voices(article, next(parsing.parse([blanked])), [said], roster)
    assert voice.proposal
    assert voice.proposal.name == "Runa Vestergren"


def test_a_source_in_what_was_blanked_out_is_read_all_the_same(roster):
    text = "“It is late.”\nSergei Lavrov\n\nLavrov left."
    blanked = text.replace("Sergei Lavrov", " " * 13)
    said = Attribution(((0, 13),), ((14, 27),), (), Kind.DIRECT, Tie.SIGNATURE)
    (voice,) = voices(Manuscript("a", text, text.encode()), next(parsing.parse([blanked])), [said], roster)
    assert told(voice) == "sergey-lavrov"


@pytest.mark.parametrize("text", ["", "   ", "“”", "\u202b\u2067", "1 2 3", "ALL CAPITALS HERE", "of of of the the"])
def test_texts_without_anybody_are_no_trouble(text, roster):
    spans = [((0, len(text)),)] if text else []
    made = [Attribution(span, span, (), Kind.INDIRECT) for span in spans]
    found = voices(Manuscript("a", text, text.encode()), next(parsing.parse([text])), made, roster)
    assert len(found) == len(made)
    assert all(voice.speaker is None for voice in found)


def test_time_grows_with_the_text_and_no_faster(roster):
    text = "Sergei Lavrov said that it was late. Jens Stoltenberg said that it was cold. He added that it rained.\n"

    def taken(times: int) -> float:
        whole = text * times
        parsed = next(parsing.parse([whole]))
        sources = [found.span() for found in re.finditer("Sergei Lavrov|Jens Stoltenberg|He", whole)]
        made = [Attribution(((end + 1, end + 10),), ((begin, end),), (), Kind.INDIRECT) for begin, end in sources]
        start = time.process_time()
        voices(Manuscript("a", whole, whole.encode()), parsed, made, roster)
        return time.process_time() - start

    taken(2)
    assert taken(120) < 12 * taken(30)


# Words and roster


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr. Donald J. Trump met Lt. Gen. Ben Hodges.", ["Donald J. Trump", "Ben Hodges"]),
        ("U.S. Secretary of State Rex Tillerson left. Theresa May stayed.", ["Rex Tillerson", "Theresa May"]),
        ("Bashar al-Assad’s guest was Valéry Giscard d’Estaing.", ["Bashar al-Assad", "Valéry Giscard d’Estaing"]),
        ("Major John Major and Jaap de Hoop Scheffer", ["John Major", "Jaap de Hoop Scheffer"]),
        ("the SPD, the Ministry of Defence and Germany", []),
    ],
)
def test_rows_of_capitals_that_may_be_names(text, names):
    words = words_of(text)
    assert [text[words[first].begin : words[end - 1].end] for first, end in runs(words)] == names


@pytest.mark.parametrize(
    ("phrase", "title", "organisation", "tense"),
    [
        ("NATO Secretary-General", "Secretary-General", "NATO", ""),
        ("Secretary General of the Alliance", "Secretary General", "Alliance", ""),
        ("Minister of foreign Affairs of the Russian Federation", "Minister of foreign Affairs", "Russia", ""),
        ("former German foreign minister", "foreign minister", "Germany", "former"),
        ("then-Defence Secretary", "Defence Secretary", "", "then"),
        ("spokesman for the German government", "spokesman", "German government", ""),
        ("a professor of history at Oxford University", "professor of history", "Oxford University", ""),
        ("Moscow's envoy to NATO", "envoy to NATO", "Moscow", ""),
        ("Fisheries Minister", "Fisheries Minister", "", ""),
    ],
)
def test_an_office_is_taken_apart(phrase, title, organisation, tense, roster):
    role = role_of(words_of(phrase), phrase, roster.aliases)
    assert role
    assert (role.title, role.organisation, role.tense) == (title, organisation, tense)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Lavrov", ["sergey-lavrov"]),
        ("Sergej Lawrow", ["sergey-lavrov"]),
        ("S. Lavrov", ["sergey-lavrov"]),
        ("Sergei Ivanov", []),
        ("Ivanka Trump", []),
        ("Donald J. Trump", ["donald-trump"]),
        ("Scheffer", ["jaap-de-hoop-scheffer"]),
    ],
)
def test_the_roster_knows_spellings_and_tells_namesakes(name, ids, roster):
    assert [speaker.id for speaker in roster.named(keys_of(name))] == ids


@pytest.mark.parametrize(
    ("phrase", "day", "ids"),
    [
        ("the NATO chief", "2017-12-29", ["jens-stoltenberg"]),
        ("the military alliance's secretary general", "2010-01-01", ["anders-fogh-rasmussen"]),
        ("the US' top diplomat", "2017-12-29", ["rex-tillerson"]),
        ("the Russian leader", "2010-03-01", ["dmitry-medvedev"]),
        ("the head of the Russian Foreign Ministry", "2018-03-01", ["sergey-lavrov"]),
        ("the former Norwegian prime minister", "2018", ["jens-stoltenberg"]),
        ("the NATO chief", "2014", []),
        ("the president", "2018-01-01", []),
        ("Russia's deputy foreign minister", "2018-01-01", []),
    ],
)
def test_an_office_leads_to_whoever_held_it_that_day(phrase, day, ids, roster):
    role = role_of(words_of(phrase), phrase, roster.aliases)
    assert role
    assert [speaker.id for speaker, _ in roster.holders(role, Dating.parse(day))] == ids
