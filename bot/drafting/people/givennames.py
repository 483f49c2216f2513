"""First names that tell whether somebody is “he” or “she”, where an article says nothing else about it.

Our own list, from no register: names that are common in Europe, in Russia and its neighbours and in North America, some
of Turkey and the Arab countries, and a few from elsewhere that the news is full of. Names that are given to women in
one country and to men in another are left out (Andrea, Jean, Nicola, Simone, Sasha, Jan, Kim, Robin, Dominique,
Gabriele, Mika).
"""

from functools import lru_cache
from typing import Final

from bot.search.normalise import fold

_HIS: Final = """
    adam adrian ahmad ahmed aivars alain alan albert alejandro aleksandar aleksander aleksandr aleksei aleksey
    alessandro alexander alexandre alexei alexey alfred algirdas ali anatoli anatolijs anatoly anders andreas andrei
    andrej andres andrew andrey andrii andriy andrzej anthony antoine anton antoni antonin antonio antony antti aram
    arkady armen arne arseniy arthur artis artur artyom arvid arvydas asgeir asger atle augustin aurel axel barack
    bartosz bashar ben benjamin benny bent bernard bernd bernhard bernie bill birger bjarne bjorn bob bogdan bohdan
    bohuslav boris boyko brad brian bruce bruno carl carlo carlos cem charles christian christoph christophe
    christopher claus clemens colin dag dainius daniel daniil david davide davit denis denys didier diego dieter
    dirk dmitri dmitrij dmitriy dmitry dmytro dominik donald donatas douglas edgar edgars eduard edward egidijus
    egils egor einar eirik emil emilio emmanuel enrico eric erik erkki ernst esko espen evgeni evgeny fabrice felipe
    felix ferdinand fernando filip florian francesco francisco franciszek franck francois frank franz fred frederic
    frederik fredrik friedrich fyodor gabriel gary gediminas geir gennady geoffrey georg george georges gerard
    gerhard giedrius gintautas gints giorgi giorgio giovanni gitanas giulio giuseppe gleb goran gordon graham
    gregory grigory grzegorz guido guillaume gunnar gunther gustav guy haakon hakan hakon halvard hannes hans harald
    harry hartmut hassan heikki heiko heinrich heinz helge helmut hendrik henri henrik henry herbert herman hermann
    horst hubert hugh hugo hussein iain ibrahim igor ihor ilham ilkka ilya imre ingmar ioannis ivan ivo jaak jaakko
    jaap jacek jack jacques jakob jakub james janez janis jarl jaroslav jaroslaw jason jeff jeffrey jens jeremy
    jerome jerzy jim jimmy jiri joachim joao jochen joe joel joerg johan johann johannes john jon jonas jonathan
    jorg jorge jorgen jose josef josep joseph joshua josip juergen juha juhan jukka julien jurgen juri juris justin
    jyri kaarel kacper kamil karel karim karl karol kaspar keir keith kemal ken kenneth kestutis kevin khalid kirill
    kjell klaus knut konrad konstantin kresimir krisjanis kristian kristjan krzysztof kyrylo lars laszlo laurent
    laurynas lech leif leon leonid leopold leszek levan linas lloyd lorenzo louis luca lucas ludwig luis luka lukas
    lukasz maciej mads magnus mahmoud maksim malcolm manfred manuel marc marcel marcin marco marcus marek margus
    mario marius mariusz mark markku marko markus mart martin martti mateusz mathias matteo matthew matthias
    matthieu matti maurice mauro max maxim maxime mehmet michael michal michel mihai mihkel mikael mike mikhail
    mikhailo mikk mikkel mikko miklos mikulas milan milo milos miloslav milosz mindaugas miroslav miroslaw mitch
    mohamed mohammad mohammed morten muhammad mustafa mykhailo mykola nathan neil nicolae nicolai nicolas niels
    nigel nikolai nikolaj nikolaos nikolay nikos nils norbert nursultan olaf olav ole oleg oleh oleksandr
    oleksii oleksiy olivier olli omar orhan oscar oskar otto ove oystein pablo paolo pascal patrick patrik paul
    paulo pavel pavlo pawel pedro peeter pekka per peter petr petri petro petros petteri philip philipp philippe
    pierre pietro piotr pjotr preben pyotr radek radoslaw rafael rafal raimonds rainer ralf ramzan raphael rasmus
    raul raymond recep reinhard rex ricardo richard rick rishi robert roberto roger roland roman ronald rory roy
    rudolf ruslan russell ryszard sam samuel sauli scott sean sebastian semyon serge sergei sergej sergey sergii
    sergio serhii serhiy sigmar silvio simon slawomir slobodan soren stanislav stanislaw stefano steffen stein
    stephane stephen steve steven stipe stuart svein sven taavi tadeusz taras tariq ted terje terrence theo theodor
    thomas thorsten tibor tigran tim timo timothy timur tobias todd tom tomas tomasz tommy tony toomas tor torbjorn
    torsten trond tymofiy ulf ulrich urho urmas uwe vadim vadym valdemar valdis valentin valeriy valery vasily vasyl
    victor viktor viljar vincent vitali vitaliy vitaly vito vjacheslav vlad vladimir vladislav vojtech volker
    volodymyr vyacheslav vytautas walter werner wilhelm willem william wojciech wolfgang xavier yair yann yaroslav
    yegor yevgeny yiannis yitzhak yuri yuriy yury yusuf zbigniew zdenek zdzislaw zigmas zoran zygimantas zygmunt
"""
_HERS: Final = """
    adela agata agnes agneta agnieszka aino aleksandra alessandra alexandra alice alicia alina alisa amalia amanda
    amelia amelie amy ana anastasia anastasiia anastasiya andreja aneta anette angela angelika anita anja anke ann
    anna annabel annalena anne annegret anneli annelies annemarie annette annie annika antje antonia antonina asta
    astrid audrey aurelia aurelie avril baiba barbara beata beate beatrice beatrix benedicte bettina bianca birgit
    birgitta birgitte birte bozena brigitte brita britt camilla candice carla carole carolin carolina caroline
    catherine cathrine cathy cecile cecilia celine chantal charlotte chiara christel christiane christina christine
    clara clare claudia colette constance corinne cristina dace dagmar dagny dalia daniela danuta daria darya
    deborah debra denise diana dora doris dorota dorothea dorothy dunja edita edith ekaterina eleanor elena eleonora
    elif elin elina elisa elisabeth elisabetta elise elizabeth elke ella ellen elsa elzbieta emilia emily emma erika
    erna estelle esther eva eve eveline ewa fatima federica feride fiona florence frances francesca franziska frauke
    freya gabriela gabriella galina genevieve gerda gertrud gina giorgia gisela giulia gloria grace grazyna greta
    gro gudrun halina hanna hannah hanne hedda hedvig heidi helen helena helene helga helle henriette hilary hilde
    hillary ida ilona ilse ina ine inese inga ingeborg ingela ingrid ingrida inna ioana irena irene irina iris iryna
    isabel isabella isabelle ivana ivanka jaana jadwiga jana jane janet janice janina jasmin jeanne jelena jennifer
    jenny jessica joanna johanna jolanta josephine joyce judith judy julia juliana julie justyna jutta kaisa kaja
    kajsa karin karina karine karoline katarina katarzyna kate katerina kateryna katharina katharine katherine
    kathleen kathryn kathy kati katia katja katrin katrine kersti kerstin kirsten kirsti klara kristina kristine
    krystyna lada larisa larysa laura lena lene lenka leonie lidia lieve liisa lilian lina linda line lisa lisbeth
    liudmyla liv liz loreta louise lucia lucie lucija lucy ludmila luise lydia lyudmila madeleine maeve magdalena
    mai maia maja malgorzata manuela mara maren margaret margareta margarete margarita margot margrethe maria
    mariana marianne marie marija marina marine marissa marit mariya marlene marta martha martina martine mary
    marzena mathilde maud melania melanie melissa merja mette mia michaela michelle milena miranda mireille mirela
    mirjam moira monica monika monique nadezhda nadia nadine nancy naomi nastya natalia natalie nataliia nataliya
    natalya natasha nathalie nele nicole nina nora oana odile oksana olena olesya olga olha olivia paivi patricia
    paula paulina pauline penelope penny petra pia pilar pirjo polina priti priya rachel radka ragnhild rasa rebecca
    regina regine renata renate riikka rita roberta rosa rose rosemary roxana ruta ruth sabina sabine saima samantha
    sandra sanita sanna sara sarah saskia sigrid silje silke silvia siri sissel sofia sofie sofiya solveig solvita
    sonia sonja sophia sophie stefania stella stephanie sunniva susan susana susanna susanne suzanne svetlana sylvia
    sylvie tamara tania tanja tarja tatiana tatjana tatyana teresa tetiana theresa therese tina tonje torill tove
    trine tulsi tytti ulla ulrike ursula uta ute valentina valeria vera veronica veronika victoria viktoria
    viktoriya viorica virginia virginie viviane wanda wendy wilma winnie xenia yana yekaterina yelena yevgenia
    yevgeniya yulia yuliia yuliya yvette yvonne zanda zhanna zinaida zoe zofia zuzana zuzanna
"""
GIVEN: Final[dict[str, str]] = {
    **dict.fromkeys(_HIS.split(), "he"),
    **dict.fromkeys(_HERS.split(), "she"),
}
"""Folded first names to ``he`` or ``she``."""


@lru_cache(maxsize=4096)
def given_gender(name: str) -> str:
    """What a first name tells, and the first part of “Anne-Marie”; empty where it tells nothing."""
    key = fold(name)
    return GIVEN.get(key) or GIVEN.get(key.partition("-")[0], "")
