"""Words that names are made of, and names that are ordinary words, places or borne by many: all without accents."""

from __future__ import annotations

from collections.abc import Mapping

TITLES = frozenset(  # literal: words that are read, never shown
    "bc bsc dhr dr drs ds erfgenamen erven fam familie gezin heer hr ing ir llm madam mba mej mejuffrouw meneer "
    "mevr mevrouw mijnheer miss mr mrs ms msc mw pastoor phd prof sir weduwe".split()
)
"""Forms of address and degrees: in a file they are no part of the name, in a sentence they say that a name follows."""
ADDRESSES = TITLES - frozenset("ing mr dr drs ir bc msc bsc llm phd mba ds ms".split())
"""The titles that no initial or word can be taken for."""
PREFIXES: Mapping[str, str] = {
    **dict.fromkeys("van v von vom zu zum".split(), "v"),
    **dict.fromkeys("de den der d het t vd vdn vdr".split(), "d"),
    **dict.fromkeys("ten ter te op aan bij in uit uijt onder over tot voor".split(), "t"),
    **dict.fromkeys(
        "el al ben bin ibn abu abd ait ould ou oulad bou la le les du di da dos das del della af".split(), "e"
    ),
}
"""Words before a surname (tussenvoegsels), by the kind that may stand for each other: `vd`, `v d`, `van den`."""
LEGAL = frozenset(  # literal: words that are read, never shown
    "ag ba beheer bv bvba cv gmbh groep group holding inc international kg llc ltd nederland nv plc sa sarl ua "
    "vof".split()
)
"""Legal forms, and words behind a name of a business that say no more."""
ORGANISATIONS = frozenset(  # literal: words that are read, never shown
    "aannemer aannemersbedrijf accountants advies adviesbureau advocaten architect architecten autobedrijf bakkerij "
    "bank bedrijf bedrijven belastingdienst bewonersvereniging bibliotheek bouw bouwbedrijf bureau buurtcomite "
    "buurtvereniging cafe catering club college comite consultancy consulting cooperatie dienst diensten "
    "dorpsbelang dorpsbelangen drukkerij elektro energie evenementen fa firma garage gebr gebroeders gemeente ggd "
    "ggz groenvoorziening grondwerken handel handelsonderneming hogeschool hoogheemraadschap hotel hovenier "
    "hoveniers hoveniersbedrijf ingenieursbureau installatiebedrijf installaties kadaster kerk loodgieter lyceum "
    "maatschap makelaardij makelaars media ministerie montage moskee museum notaris notarissen omroep onderhoud "
    "onderneming parochie provincie rekenkamer restaurant schilders schildersbedrijf school schoonmaak services "
    "slagerij sloopwerken speeltuinvereniging sportvereniging stichting support techniek technisch telecom theater "
    "transport transporten uitgeverij universiteit vereniging verhuur verkoop verzekeringen voetbalvereniging water "
    "waterschap welzijn werken wijkcomite wijkraad winkel woningcorporatie woonstichting zn zonen zorggroep".split()
)
"""Words by which the name of an organisation is known."""
FREQUENT = frozenset(  # literal: words that are read, never shown
    "aarts ahmed ali amrani arslan arts aydin backer bakker beek berkel bijlsma blom boersma bosman bouwman bouzid "
    "brands brouwer bruijn bruin bruyn celik chen claassen dam dekker demir dijk dijkman dijkstra driessen evers "
    "feenstra gerrits gerritsen graaf graaff haan hassan heijden hendriks hermans hermsen heyden hoeks hoekstra "
    "hoeven hofman hofstra hoogland huisman idrissi jacobs jacobsen janse jansen janssen janssens jonker jonkman "
    "kaya kok koster kramer kuiper kuipers lammers leeuwen li linden maas martens meijer meijers meulen meyer "
    "mohamed mol molenaar mulder muller nguyen ozturk peeters peters pieters postema postma prinsen rooij rooy "
    "ruiter sahin sanders schipper scholten schouten simons singh smeets smit smits terpstra thomas timmerman "
    "timmermans veenstra velden verbeek verbruggen verhagen verhoeven vermeulen vink visser vliet vries wang "
    "wiersma wijk willems willemsen wolters wouters yilmaz zijlstra".split()
)
"""Surnames of so many that one alone tells nobody apart."""
WORDS = frozenset(  # literal: words that are read, never shown
    "aal aalten aan aanleg aardappel adelaar advies afdeling afval aker akker akkers almelo alphen amersfoort "
    "amstel appel appelboom appelman april arend arnhem assen asten augustus baan baarn baars baas bach backers bak "
    "bal balk ballast band bank banken barneveld bart beek beer begroting beheer beilen bel bemmel berg bergeijk "
    "bergen berk berkel besluit best beter beuk beveren bewoner bewoners bezem bij bijdrage bijeenkomst bijl binnen "
    "binnenstad blaauw blank blauw bleek bloem bloembakken bloemen bloemendaal blok bloks bode boek boel boer "
    "boerdijk boerema boeren bok bol bolle bolt bom bomen bond bongers boog boom boomgaard boompje boon boons boot "
    "borg borgman bos bosch bosma boter bouman bouw bouwer bouwers bouwmeester boxtel braak braam brand brander "
    "brandsma breda breed bremen brielle brink broeder broek broekhuizen broer broers bron brood brouwers brug "
    "bruggeman bruggen brugman bruin bruinsma brunssum budget buis buiten buitenhuis bult bunnik bunschoten buren "
    "burg burger burgers bus buur buurman buurt buurten buurtfeest cant catering centrum college crediteur "
    "culemborg cultuur dag dal dalen dalfsen dam damen dans de debiteur december deen deken dekker dekkers del "
    "delden delft derde deventer dicht diemen dienst diensten dieren dijk dijken dijker dik dikken dinsdag diverse "
    "diversen doesburg doetinchem dokkum dokter donderdag dongen donk donker door doorn dordrecht dorp dorpen dorst "
    "douwes draai draaier draaijer drachten drent driel dries drost druk drukwerk drunen duif duin duinen duister "
    "duits duivel dun duurzaam duurzaamheid duyn dwars eb echten ede edel eek een eend eerden eersel eerste eik "
    "eiken eind eindhoven ekster elburg elfrink elk els elsen elst emmen emmer en energie eng engel engels "
    "engelsman enschede epe ermelo es essen ever ewijk februari feest festival fietspad fikse fluit fokker fonds "
    "franken frans gaal gaarde galen gans garde gast gat gebied gebieden geel geer geest geld gelder geldrop "
    "gemeente gemeenten gemert gendt gennep gent gerst gier gilde ginkel glas goed goede goes gorp goud gouda gouw "
    "graaf gracht graf gras grave graven greep grens griek griep groen groene groenendijk groenewoud groenonderhoud "
    "groenvoorziening groet grond groningen groot groote grote haaften haak haan haar haarlem haas hagen hak half "
    "halm ham hamer hand hard haren haring harlingen hart harten hartog hattem haven havik hazelaar hazeleger heer "
    "heerde heerenveen heesch heide heiden heijboer hek hel held helder helmond hemel hemert hengel hengelo hengst "
    "herder herfst herman herstel hert hertog het heus heusden heuvel heuvels hilten hoed hoek hoeken hoeve hof "
    "hoff hoge hol hollander hond hoofd hoog hoogeveen hoogland hooi hoorn hop horn horst hout houten houtman huis "
    "huisman huizen huizing hul hulst hut huur inhuur inrichting intern inwoner inwoners jaeger jager januari jeugd "
    "jong jonge jongen jongeren jonker juli juni kaak kaal kaart kaas kade kamer kamp kampen kan kant kantoor kapel "
    "kas kasteel kat katwijk keer keizer kelder kempen kerk kerkhof kers kersten ketel keuken keur kever kiers "
    "kikkert kip klant klaver klei kleijn klein kleine klerk klimaat kloet klok klomp klooster knap knecht knoop "
    "koe koek koel koers kok koker kolen kolk komen kompas konijn koning koningen kooi kooiman kool koop koopman "
    "koren korf kort korte kortekaas kosten koster koud kous kraai kraan kracht kramer krans kreeft kreek krijger "
    "kroes kroeze kroon kruis kruit krul kuil kuiper kuipers kunst kuyper kwaad kwast laag laan laar laat lammerts "
    "land landelijk lander landman lang lange langen laren last laten leek leen leer leerdam leest leeuw leiden "
    "lent lente leuk leusden leuven leven leverancier licht lief lienden lier lies lijn lijst lind linde linden "
    "lint lip lochem loenen lok lokaal lokale loman londen loof loon loop los lucht luiten maan maandag maarn "
    "maarssen maart maas maat mager makelaar maken man mand markt mars mast materiaal materialen meer meester meet "
    "meeuw mei mens mentink meppel merel mes met middel middelburg middelkoop miedema mier mierlo mies mill min "
    "minnaar moed moeder moes mol molen molenaar molens mond mooi mooij moor morgen mos mosterd muis mulder mus "
    "muur naald naar naarden nagel nat neef nek nes net neus niemand nieuw nieuwe nieuwenhuis nieuwland nijkerk "
    "nijmegen nooit noord noort noot nota noten november nunen ober oever oirschot ok oktober oldenburg olie olst "
    "ommen onbekend onder onderhoud onderwijs onderzoek oom ooms oord oost oosten oostenrijk oosterhof oosterhout "
    "oosterhuis oosterveld opdam open openbaar openbare oss ossen oud oude ouden ouderen oudewater ouwerkerk over "
    "overig overige overleg paal paap paard pach paden pannekoek pap parijs park parken pas pauw pauwels peer pels "
    "pen peper pijl pijn pijper pit plaat plaats plan plank plannen planten plas plein pleinen ploeg plomp poel pol "
    "polder pool poort poot pop port post pot pottenbakker praat prins programma project projecten pronk pruis punt "
    "put putten raad raaf raalte raap rad ram rand rat ravenstein recht rechter regen reiger rekening relatie "
    "renkum reus rhenen rhijn rib ridder riet rietveld rijk rijke rijn rijnders rijswijk ring riolering rob roden "
    "roel roelen roer roermond roest romein rond rood roode rook roos rooze rosendaal rosier rossum rot roze rozen "
    "ruimte ruinen ruis ruit ruiter ruiters rus rust rustig samen samenleving schaaf schaap schaapman schaar "
    "schaduw schagen schaik schal schijndel schilder schilders schilt schip schipper schippers schoen schoenmaker "
    "schol school schoon schoonmaak schot schout schouten schrijver schrijvers schuit schuur september sittard "
    "slager slang slim slinger sloot slot sluis smal smid smits snel snijder snijders snoei snoek sociaal sociale "
    "soest sok soldaat som someren son spaan span speelman speelplaats speelplek speeltuin speer spek spel spiegel "
    "spier spijker spin spit spoor sport spreeuw spruit staak staal stad stadsdeel stal stam stap staveren "
    "stedelijk stedelijke steeg steen steenbergen steenwijk stein ster sterk sterken stevens stier stil stip stoel "
    "stof stok stolk stoop storm straat straten streek strien strik stroom struik struiken stuart stuiver stuur "
    "subsidie tak takken tand tas team tegen tempel tent tiel tijd tilburg timmer tol ton tongeren toren tot tuin "
    "tuinen tuinman turk tussen tweede twist uden uffelte uil uit utrecht vaandel vaart vaassen vader vak val valk "
    "vals van vandenberg vast veen veenendaal veer veere veghel veilig veiligheid veld velde velden veldhuis velp "
    "velzen ven venlo venray verf vergeer verhaar verkade verkeer verkerk verlichting verloop vermeer vervoer vet "
    "vianen vijver vink vis visch visie visscher vissers vlaanderen vlam vlaming vlas vlieg vlieland vliet vlinder "
    "vlug vogel vogelaar vogels vol volk volkers vollenhoven voogd voor voorhoeve voorn voorst voort voorzaat "
    "voorziening voorzieningen vos vrede vreeman vriend vries vriezen vrij vrijdag vrijer vroom vught vuur vuyk "
    "waal waalwijk waard wagen wagenaar wageningen wagens wal wand wandelaar warm wassenaar water waterman weber "
    "weer weert weg wegen weide weiland welle welzijn wend werf werk werkhoven wesel west westen westerveld westra "
    "wever wevers wezep wiel wijchen wijk wijken wild wilde wilg willigen wind winkel winkelman winsum winter "
    "winters winterswijk wit witte witteveen woensdag woerden woest wolf wolk wolters wolvega wonen wortel woud "
    "woudstra zaal zaken zand zanden zandstra zandvoort zaterdag zee zeeman zegers zeil zeist zelhem zes zeven "
    "zevenaar zijl zijlmans zilver zink zoet zomer zon zondag zonder zorg zuid zuiden zuidlaren zutphen zwaan "
    "zwaluw zwan zwart zwarte zweers zwemmer zwolle".split()
)
"""Names that are an ordinary word or place as well: they are looked for only with what makes them a name."""
OFFICES = frozenset(  # literal: words that are read, never shown
    "alderman ambtenaar architect burgemeester commissaris councillor directeur dominee gebiedsmanager gebiedsteam "
    "gedeputeerde griffier imam koning koningin kunstenaar mayor minister penningmeester prins prinses "
    "projectleider raadsleden raadslid rabbijn secretaris staatssecretaris teamleider voorzitter wethouder "
    "wethouders".split()
)
"""Words with a capital before a surname that are no first name."""
FIRST_NAMES = frozenset(  # literal: words that are read, never shown
    "aad aafke aart abdel abdullah achmed ada adriaan agnes ahmed aisha albert alex alexander ali alice alida amina "
    "amir amy an andre anita anja anke ann anna anne anneke annelies annemarie annie anouk anton antonius arend "
    "arie arjan arjen arnold astrid aukje ayse barbara bart bas ben berend bernard bert bianca bob bram brigitte "
    "britt carla carolien caroline cees charlotte chris christiaan christina claudia coen conny cor cornelia "
    "cornelis corrie daan dana daniel danny daphne david debbie dennis dewi dick diederik dirk don dorien ed eddy "
    "edith edwin eef eelco elisabeth elise ella ellen elly els emiel emma eric erik erna ernst esmee esther eva "
    "evert fatima fatma femke ferdinand fien finn fleur floor floris francisca frank frans fred frederik frits gea "
    "geert geertje gerard gerda gerrit gert gijs gina greet greta guido guus hanna hannah hanneke hanny hans harm "
    "harry hassan heleen helena hendrik hendrika henk henny herman hilde hugo ian ibrahim ida ilja ilse imke ina "
    "ine inge ingrid irene iris isa isabel ivo jaap jack jacob jacqueline jan jana janna janneke jans jasper jelle "
    "jeroen jesse jet jip job jochem joep johan johanna johannes john joke jolanda joost joris jos jose josef "
    "joseph joyce judith julia jurgen karel karim karin kees khadija kim klaas koen kristel lars laura leen "
    "leendert lena leo leon leonie lex lia lieke lien lies liesbeth lisa lize loes lotte lou louis louise luc lucas "
    "luuk maaike maarten madelon manon marc marcel margriet maria mariam marian marie marieke marijke marina marit "
    "marja mark marleen marlies martha martijn martin mats max mehmet menno merel mia michael michel mieke miep "
    "mies milan mina mo mohamed mohammed monique mustafa nadia nancy natasja nel nelly nick nico niels nienke noa "
    "noor noortje nora olaf olga omar omer oscar otto patricia patrick paul paula pauline peter petra piet pieter "
    "pim quinten rachid ralph ramon reinier remco renate rene renee ria rianne richard rick rik rita rob robert "
    "robin roel roelof rogier rolf ron ronald roos rosa ruben rudolf ruth ruud saar said sam samira sander sandra "
    "sanne sara sarah saskia selma sem shirley siem sien sietske sigrid silvia simon sjaak sjoerd sofie sonja "
    "stefan steven stijn suzan suzanne sven sylvia tamara tess teun thea theo thijs thomas ties tim tineke tjeerd "
    "tobias tom tonny toon trijntje truus ursula vera victor vincent wies willeke willem wilma wim wouter xander "
    "yara yasmin youssef yusuf yvonne zainab zeynep zoe".split()
)
"""First names that many bear: before a surname that is a word, only these and those that a file names are one."""
COMMON = FREQUENT | WORDS
