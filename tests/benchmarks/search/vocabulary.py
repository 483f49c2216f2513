"""What is spoken of, held and asked: the words that the benchmark's collections and questions are made of."""

from typing import Final

QUALITIES: Final = (
    "nuclear conventional strategic tactical naval military civilian regional global European Arctic Baltic Balkan "
    "Atlantic Pacific African maritime cyber digital energy climate economic financial fiscal monetary industrial "
    "agricultural rural urban public private social cultural religious ethnic judicial criminal electoral "
    "parliamentary presidential constitutional democratic humanitarian medical scientific technical commercial "
    "bilateral multilateral joint common internal external domestic foreign illegal irregular forced voluntary "
    "temporary permanent renewable solar atomic chemical biological ballistic hypersonic orbital aerial coastal "
    "northern southern eastern western emergency wartime postwar colonial indigenous labour youth gender racial "
    "child consumer corporate offshore"
).split()

MATTERS: Final = (
    "disarmament deterrence defence security stability cooperation partnership dialogue mediation reconciliation "
    "occupation annexation aggression invasion withdrawal deployment exercises manoeuvres mobilisation conscription "
    "rearmament proliferation testing inspections verification sanctions embargo blockade tariffs quotas subsidies "
    "exports imports investment privatisation nationalisation regulation taxation inflation unemployment recession "
    "austerity debt pensions wages poverty inequality housing healthcare vaccination education research innovation "
    "infrastructure railways ports pipelines electricity gas coal emissions pollution deforestation fisheries "
    "biodiversity drought famine migration asylum deportation integration citizenship borders smuggling trafficking "
    "corruption bribery espionage sabotage propaganda disinformation censorship surveillance encryption terrorism "
    "extremism radicalisation insurgency genocide torture detention amnesty extradition tribunals reparations "
    "referendum secession autonomy federalism decentralisation enlargement accession neutrality sovereignty legitimacy "
    "transparency accountability elections coalition impeachment succession protests strikes famines remembrance "
    "satellites drones missiles submarines warships ammunition landmines mercenaries peacekeeping evacuation "
    "reconstruction elites budget spending procurement logistics intelligence diplomacy treaties summits"
).split()

COMPOUND: Final = (
    "arms control;arms race;arms trade;rule of law;freedom of the press;balance of power;burden sharing;"
    "collective defence;crisis management;human rights;civil society;supply chains;money laundering;tax havens;"
    "interest rates;exchange rates;trade balance;trade war;food security;water scarcity;carbon pricing;"
    "war crimes;prisoners of war;no fly zone;rules of engagement;chain of command;state of emergency;"
    "common agricultural policy;single market;customs union;banking union;visa liberalisation;family reunification;"
    "minority languages;hate speech;data protection;artificial intelligence;space debris;outer space;deep sea mining;"
    "law of the sea;freedom of navigation;open skies;confidence building measures;rapid reaction force;"
    "missile shield;launch on warning;first use;early warning;black sea fleet;grain corridor;frozen conflicts;"
    "separatist republics;spheres of influence;hybrid warfare;election interference;minimum wage;universal income"
).split(";")

NUMBERED: Final = (
    "inf treaty 1987;new start 2010;salt 1 1972;salt 2 1979;start 1 1991;start 2 1993;open skies 1992;cfe treaty 1990;"
    "agenda 2030;vision 2040;europe 2020;resolution 1325;resolution 1973;resolution 242;resolution 338;article 5;"
    "article 42;article 50;protocol 14;basel 3;minsk 2;geneva 2;g7 summit 2014;g8 summit 2013;g20 summit 2009;"
    "budget 2012;budget 2021;census 2011;election 2016;election 2020;cop21;cop26;abm treaty 1972;npt review 1995;"
    "npt review 2010;helsinki 1975;reform 2004;reform 2013;chapter 7;basket 3"
).split(";")

NAMED: Final = (
    "berlin wall;marshall plan;truman doctrine;monroe doctrine;schuman declaration;paris agreement;london conference;"
    "wall street;geneva conventions;ostpolitik brandt;dayton accords;lisbon treaty;nixon shock;kyoto protocol;"
    "hague tribunal;warsaw pact;minsk agreements;petersberg tasks;dublin regulation;milan expo"
).split(";")

SAME: Final = {
    "nuclear": ["atomic"],
    "defence": ["defense", "protection"],
    "security": ["safety"],
    "cooperation": ["collaboration", "working together"],
    "disarmament": ["arms reduction"],
    "deterrence": ["dissuasion"],
    "migration": ["immigration"],
    "sanctions": ["penalties", "restrictive measures"],
    "tariffs": ["import duties", "customs duties"],
    "subsidies": ["state aid"],
    "unemployment": ["joblessness"],
    "inflation": ["rising prices", "price rises"],
    "pensions": ["retirement benefits"],
    "wages": ["salaries", "pay"],
    "healthcare": ["hospitals", "medicine"],
    "education": ["schools", "teaching"],
    "emissions": ["greenhouse gases"],
    "climate": ["warming"],
    "energy": ["fuel"],
    "maritime": ["seaborne"],
    "missiles": ["rockets"],
    "drones": ["unmanned aircraft", "uavs"],
    "warships": ["vessels"],
    "ammunition": ["shells"],
    "elections": ["polls", "ballots"],
    "corruption": ["graft"],
    "bribery": ["kickbacks"],
    "espionage": ["spying"],
    "propaganda": ["indoctrination"],
    "disinformation": ["fake news"],
    "terrorism": ["terror attacks"],
    "torture": ["ill treatment"],
    "genocide": ["ethnic cleansing"],
    "enlargement": ["expansion"],
    "accession": ["membership"],
    "autonomy": ["self government"],
    "sovereignty": ["independence"],
    "referendum": ["plebiscite"],
    "protests": ["demonstrations"],
    "poverty": ["hardship"],
    "housing": ["homes"],
    "famine": ["starvation"],
    "asylum": ["refugees"],
    "deportation": ["expulsion"],
    "borders": ["frontiers"],
    "smuggling": ["contraband"],
    "exercises": ["drills", "war games"],
    "invasion": ["incursion"],
    "withdrawal": ["pullout"],
    "deployment": ["stationing"],
    "conscription": ["draft"],
    "railways": ["trains"],
    "electricity": ["power supply"],
    "pipelines": ["gas lines"],
    "dialogue": ["conversations"],
    "mediation": ["good offices"],
    "summits": ["leaders gatherings"],
    "treaties": ["pacts"],
    "spending": ["expenditure"],
    "procurement": ["purchasing"],
    "surveillance": ["wiretapping"],
    "labour": ["workers"],
    "agricultural": ["farm"],
    "financial": ["banking"],
    "judicial": ["court"],
    "electoral": ["voting"],
    "youth": ["young people"],
    "foreign": ["overseas"],
    "domestic": ["home"],
    "digital": ["online"],
    "humanitarian": ["relief"],
    "illegal": ["unlawful"],
    "renewable": ["green"],
}
"""What else people call things."""

TITLES: Final = (
    "President;Prime Minister;Foreign Minister;Minister of Defence;Minister of Finance;Minister of the Interior;"
    "Minister of Justice;Minister of Health;Minister of Education;Minister of Agriculture;Minister of Transport;"
    "Ambassador to the United Nations;Ambassador to NATO;Ambassador to the European Union;Chief of the General Staff;"
    "Central Bank Governor;Attorney General;Speaker of Parliament;Deputy Prime Minister;Government Spokesperson;"
    "National Security Adviser;Leader of the Opposition;Minister of Trade;Minister of the Environment"
).split(";")
"""Of offices in a country."""

BODIES: Final = (
    "Secretary General;Deputy Secretary General;Director General;Special Envoy;High Representative;Spokesperson;"
    "President;Chief Economist;Legal Counsel;Military Adviser"
).split(";")
"""Of offices in an organisation."""

SHORT_TITLES: Final = {
    "President": "President",
    "Prime Minister": "Prime Minister",
    "Foreign Minister": "Minister",
    "Minister of Defence": "Minister",
    "Ambassador to the United Nations": "Ambassador",
    "Ambassador to NATO": "Ambassador",
    "Ambassador to the European Union": "Ambassador",
    "Chief of the General Staff": "General",
    "Central Bank Governor": "Governor",
    "Special Envoy": "Envoy",
}

COUNTRIES: Final = (
    "Afghanistan;Albania;Algeria;Andorra;Angola;Argentina;Armenia;Australia;Austria;Azerbaijan;Bahamas;Bahrain;"
    "Bangladesh;Barbados;Belarus;Belgium;Belize;Benin;Bhutan;Bolivia;Bosnia and Herzegovina;Botswana;Brazil;Brunei;"
    "Bulgaria;Burkina Faso;Burundi;Cambodia;Cameroon;Canada;Chad;Chile;China;Colombia;Comoros;Congo;Costa Rica;Croatia;"
    "Cuba;Cyprus;Czechia;Denmark;Djibouti;Dominica;Ecuador;Egypt;El Salvador;Eritrea;Estonia;Eswatini;Ethiopia;Fiji;"
    "Finland;France;Gabon;Gambia;Georgia;Germany;Ghana;Greece;Grenada;Guatemala;Guinea;Guyana;Haiti;Honduras;Hungary;"
    "Iceland;India;Indonesia;Iran;Iraq;Ireland;Israel;Italy;Jamaica;Japan;Jordan;Kazakhstan;Kenya;Kiribati;Kosovo;"
    "Kuwait;Kyrgyzstan;Laos;Latvia;Lebanon;Lesotho;Liberia;Libya;Liechtenstein;Lithuania;Luxembourg;Madagascar;Malawi;"
    "Malaysia;Maldives;Mali;Malta;Mauritania;Mauritius;Mexico;Micronesia;Moldova;Monaco;Mongolia;Montenegro;Morocco;"
    "Mozambique;Myanmar;Namibia;Nauru;Nepal;Netherlands;New Zealand;Nicaragua;Niger;Nigeria;North Korea;"
    "North Macedonia;Norway;Oman;Pakistan;Palau;Panama;Papua New Guinea;Paraguay;Peru;Philippines;Poland;Portugal;"
    "Qatar;Romania;Russia;Rwanda;Saint Lucia;Samoa;San Marino;Saudi Arabia;Senegal;Serbia;Seychelles;Sierra Leone;"
    "Singapore;Slovakia;Slovenia;Solomon Islands;Somalia;South Africa;South Korea;South Sudan;Spain;Sri Lanka;Sudan;"
    "Suriname;Sweden;Switzerland;Syria;Taiwan;Tajikistan;Tanzania;Thailand;Togo;Tonga;Tunisia;Turkey;Turkmenistan;"
    "Tuvalu;Uganda;Ukraine;United Arab Emirates;United Kingdom;United States;Uruguay;Uzbekistan;Vanuatu;Venezuela;"
    "Vietnam;Yemen;Zambia;Zimbabwe"
).split(";")

ORGANISATIONS: Final = (
    "NATO;United Nations;European Union;OSCE;World Bank;IMF;WHO;IAEA;African Union;Arab League;ASEAN;Mercosur;OPEC;"
    "UNESCO;UNICEF;UNHCR;Interpol;Europol;Red Cross;Council of Europe;World Trade Organization;CSTO;BRICS;OECD"
).split(";")

COMMON: Final = (
    "the of and to a in that is was for on with as be by not this are from at we they it but have has had will would "
    "there their our all one two more than other some what when which who people government country countries state "
    "states year years time world new many most must can could should may before after against between under over "
    "because while without within through during only also even still never always very much make made take taken give "
    "given see seen know known think thought say said ask asked need needs work works way ways part place right order "
    "question questions problem problems decision decisions agreement interest interests responsibility future past "
    "present history law laws rights peace war crisis situation position support measures policy policies plan process "
    "result results change changes level number process large small great long short strong clear open free full first "
    "last next today tomorrow"
).split()
"""Words that stand in most statements."""

CHATTER: Final = (
    "can you tell me what {name} said about {topic} back then",
    "i would like to read whatever {name} has said on {topic}",
    "what exactly did {name} tell the journalists about {topic} that evening",
    "where is the quotation in which {name} speaks about {topic} please",
    "is there anything about {topic} that {name} has ever said here",
    "does anybody remember what was said on {topic} by {name} then",
    "show me the words of {name} when asked about {topic} please",
    "please find me a statement on {topic} that {name} has made",
    "hello, what does {name} think of {topic}, and since when?",
    "on {topic}, what has {name} been saying to the newspapers lately",
)
"""Whole sentences of about a dozen words."""

LONG: Final = (
    "hello everybody, i am writing an essay for school this week and my teacher wants us to use at least three real "
    "quotations, so could somebody please show me what {name} has said about {topic}, since i heard it on the radio "
    "some days ago and would love to see the exact words",
    "good morning, my brother and i were arguing over breakfast, because he thinks that nobody ever talked about "
    "{topic} and i am quite sure that {name} did so more than once, so is there anything here that you could show me "
    "so that i can prove him wrong once and for all, thanks",
    "sorry if this was asked before, i only joined this server yesterday and do not know how the bot works yet, but "
    "what i am looking for is a sentence by {name}, maybe from an old interview or something like that, and it should "
    "be about {topic}, can anyone help me with that please",
    "hey bot, when i was reading the newspaper on the train this morning there was a long article in which they wrote "
    "about {topic}, and near the end it mentioned what {name} thought of it, but i did not cut it out and now i cannot "
    "find it any more, do you have the words",
)
"""Sentences of about fifty words."""

EVERYDAY: Final = (
    "best pizza recipe near me;how do i fix a leaking tap;what time does the supermarket close;"
    "cheap flights to mallorca;how to boil an egg;why is my cat sneezing;download free ringtones;"
    "who won the football match yesterday;play some jazz please;how tall is mount everest;"
    "bicycle repair shop opening hours;netflix password forgotten;how many calories in a banana;"
    "what is the capital of tasmania;happy birthday gif;meme about mondays;how to tie a tie;"
    "is it going to rain on saturday;vegan chocolate cake;minecraft server lagging;how do magnets stick;"
    "what does lol mean;best headphones under fifty euros;translate cheese into spanish;"
    "how to remove red wine stains;guitar chords for beginners;my laptop does not boot;knock knock joke;"
    "what should i cook tonight;dentist appointment reminder;yoga for back pain;recommend me a horror movie;"
    "how to grow tomatoes on a balcony;crossword clue seven letters;who sings this song;cute puppy pictures;"
    "flip a coin;roll two dice;good night everyone;are you a robot;what is your favourite colour;"
    "how do i mute this channel;ban the spammer please;pineapple on pizza yes or no;lottery jackpot results;"
    "spotify premium discount code;how long to bake lasagne;symptoms of a cold;running shoes size chart;"
    "learn swahili in thirty days"
).split(";")
"""What people ask bots that this one has no answer to."""

FAMOUS: Final = (
    "Taylor Swift;Lionel Messi;Cristiano Ronaldo;Freddie Mercury;Elvis Presley;Marilyn Monroe;Michael Jackson;"
    "Ludwig van Beethoven;Wolfgang Amadeus Mozart;Leonardo DiCaprio;Brad Pitt;Angelina Jolie;Tom Hanks;Meryl Streep;"
    "Serena Williams;Roger Federer;Usain Bolt;Muhammad Ali;Albert Einstein;Isaac Newton;Marie Curie;Charles Darwin;"
    "William Shakespeare;Jane Austen;Agatha Christie;Stephen King;Pablo Picasso;Vincent van Gogh;Frida Kahlo;"
    "Beyonce Knowles;Rihanna Fenty;Justin Bieber;Lady Gaga;David Bowie;Mick Jagger;Paul McCartney;Bob Marley;"
    "Kim Kardashian;Oprah Winfrey;Elon Musk;Bill Gates;Steve Jobs;Mark Zuckerberg;Jeff Bezos;Greta Thunberg;"
    "Harry Potter;Sherlock Holmes;James Bond;Indiana Jones;Luke Skywalker;Homer Simpson;Bugs Bunny;Julius Caesar;"
    "Napoleon Bonaparte;Genghis Khan;Cleopatra Philopator;Christopher Columbus;Galileo Galilei;Neil Armstrong;"
    "Yuri Gagarin"
).split(";")
"""People whom everybody knows and no collection of ours quotes."""
