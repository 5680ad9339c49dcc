/** Words from which the benchmark's pages are made, by class; one list for each language. All sentences are our own. */

const list = (text) => text.trim().split(/\s+/);
const phrases = (text) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

export const EN = {
  nouns:
    list(`agreement airport alliance archive army assembly bank barrier bridge budget cabinet campaign canal ceasefire
    charter city coalition coast commission committee company conference congress convoy council country court crisis crop
    currency customs dam debate debt decree delegation deposit desert detention district doctrine drought duty economy
    election embargo embassy enquiry envoy estate evidence exchange export factory farmer federation ferry field finance
    fisherman fleet flood forest frontier fuel gallery garrison government grain grant granary harbour harvest highway
    hospital household housing import inflation insurance investment island journal journalist judge junction jury kitchen
    laboratory labour landlord law lawyer league lecture legislature library licence lighthouse loan lorry majority manifesto
    market mayor mediation memorial merchant militia mine minister ministry mission monopoly mountain municipality museum
    negotiation network newspaper observer office oilfield operator opposition orchard outcome outpost parliament partner
    passport patrol peninsula pension petition pipeline plateau police policy port power press price prison process producer
    programme project protest province railway ransom reactor referendum refinery reform refugee regime region reserve
    resident resolution revenue rival river route sanction schedule scholar school scientist season secretary sector senate
    settlement shipyard siege soldier source spokesman square station strait strategy strike subsidy summit supplier surplus
    survey tariff tax teacher terminal territory testimony trade tradition treasury treaty tribunal troop truce tunnel union
    university uprising vaccine valley verdict vessel veteran village voter wage warehouse water weapon weather winter
    witness worker workshop yard`),
  verbs: list(`abandoned accepted accused acquired adopted announced answered approved armed assembled attacked backed
    balanced barred blamed blocked bought broke built cancelled carried challenged changed chose claimed cleared closed
    collected compared concealed condemned confirmed considered continued controlled corrected counted covered crossed cut
    damaged declared defended delayed delivered denied described destroyed discovered discussed divided doubled doubted
    ended enforced escorted examined expected explained exposed extended favoured feared financed followed forgot founded
    granted guarded handed helped hid hired ignored imported increased inspected insured invited issued joined judged kept
    launched left lifted limited linked lost lowered maintained measured mentioned merged moved named needed noticed obtained
    occupied offered opened opposed ordered owned paid planned praised prepared pressed printed promised protected proved
    published questioned quoted raised reached read rebuilt recalled received recorded reduced refused regretted rejected
    released removed repaired repeated replaced reported rescued restored revealed reviewed ruined saved searched secured
    seized settled shared showed signed silenced sold stopped stored studied supported suspended taxed tested threatened
    tolerated traced traded trained translated trusted united updated used visited voted warned watched welcomed withdrew
    wrote`),
  adjectives:
    list(`abandoned ancient annual armed autumn bitter brief broad careful central cheap civil clear coastal cold
    common costly crowded cruel daily dangerous deep delicate distant domestic double dry eager early eastern empty entire
    exact expensive fair false familiar famous federal final firm foreign former fragile free fresh general genuine gradual
    grave great guilty half-built hidden historic honest huge idle illegal immediate industrial inner joint known large late
    legal local lonely long lost major marine massive medical military minor modern modest narrow national neutral new
    northern obscure official older open ordinary partial patient peaceful permanent poor popular powerful precise private
    public quiet rapid rare recent regional remote rich rural sacred secret separate serious sharp short silent small social
    solid southern stable steady strange strict strong sudden tense thin traditional uncertain unusual urban urgent useful
    vast weak wealthy western wide winter wooden young`),
  adverbs:
    list(`again already barely carefully certainly clearly eventually finally formally frequently gradually hardly
    immediately largely later merely mostly nearly never officially often openly partly perhaps plainly privately probably
    publicly quickly quietly rarely recently repeatedly seldom separately shortly slowly soon still suddenly together
    twice`),
  openings: phrases(`According to the report,
    In the meantime,
    For the first time in years,
    As everybody in the region knows,
    Behind closed doors,
    During the same week,
    On the other side of the river,
    Against all expectations,
    In the opinion of many people,
    After a long night of talks,
    Before the end of the season,
    Since then,
    To nobody's surprise,
    With the help of its neighbours,
    Despite all that was said,
    In a letter to the editors,
    By the standards of the time,
    Not far from there,
    At the beginning of the month,
    Without a word of explanation,`),
  sentences: phrases(`the {a} {n} of {p} {d} {v} the {n} that the {a} {n} had {v}.
    a {a} {n} {v} the {n}, and nobody in {p} {v} it before the {a} {n} was {v}.
    {w}, who has studied the {n} for {k} years, said that the {n} was {a} and the {n} {a}.
    the {n} and the {n} {d} {v} their {a} {n} while {p} {v} a {a} {n}.
    there were {k} {n}s in the {a} {n}, of which the {n} {v} only the {a} ones.
    what the {n} {v} in {p} is what every {a} {n} has {v} since the {n} {d} {v}.
    neither the {n} nor the {a} {n} of {p} has {v} the {n}; the {n}, {w} writes, is {a}.
    when the {n} {v} the {a} {n}, its {n} cost {k} million and its {n} was {d} {a}.
    it is {d} the {a} {n} that has {v} the {n} between {p} and {p}.
    that the {n} is {a} was {v} by {w} in {y}, long before the {a} {n} {v} it.
    some of the {n}s are {a}, others {a}; all of them {v} the {n} that {p} {v}.
    a {n} without a {n}, said {w}, is a {a} {n} and will be {v} like one.`),
  particles: { and: 'and', section: 'The', see: 'as was shown elsewhere', table: ['Place', 'Year', 'Count'] },
};

export const FR = {
  nouns:
    list(`accord archipel armateur atelier audience avenir avocat baie banlieue barrage bâtiment bilan blé bord bourse
    budget bureau cabinet calendrier camp canal capital carrefour chantier charbon chemin chiffre citoyen climat code
    colloque comité commerce compromis congrès conseil consulat contrat convoi courrier coût crédit débat décret délai dépôt
    désert détroit différend discours district document domaine dossier droit échange écrivain édifice éditeur effort embargo
    emploi emprunt engagement entrepôt équilibre équipage espoir essai état étranger examen exercice exil exode fermier
    fleuve fonds forum front gage gain garde gazoduc gisement gouvernement grain habitant héritage hiver hôpital horizon
    immeuble impôt incendie indice institut intérêt jardin journal juge lac laboratoire lecteur littoral livre logement loyer
    magasin maire mandat manifeste marché marin massif médiateur mémoire message métal ministre mouvement musée navire
    négociateur niveau notaire nuage observateur océan office opposant orage ouvrage ouvrier palais parc parlement partage
    passage patrimoine paysan péage pêcheur pétrole phare plateau poème pont port poste pouvoir prêt prix procès produit
    programme projet propriétaire quai quartier quota rapport recensement récit reçu référendum refuge régime règlement
    réseau retour retrait revenu rivage roman sable salaire savoir scrutin sénat séjour service siège signal soldat sommet
    souvenir stock sujet syndicat tableau tarif témoin territoire texte tissu toit tournant traité train transport travail
    tribunal troupeau tunnel usage vaccin vent verdict verger vieillard village voisin vote voyage`),
  verbs:
    list(`abandonné abordé accepté accueilli acheté adopté aidé ajouté aménagé annoncé appelé approuvé arrêté attendu
    autorisé bâti bloqué caché cédé changé choisi cité combattu commandé comparé compris condamné confirmé connu conservé
    construit contesté contrôlé corrigé coupé couvert craint critiqué découvert décrit défendu demandé démenti dénoncé
    déplacé dépassé désigné détruit dirigé discuté divisé donné doublé échangé écouté écrit élargi employé encouragé engagé
    entendu entretenu envoyé espéré étudié évité examiné exclu exigé expliqué exploité fermé financé fixé fondé fourni gagné
    gardé géré ignoré imposé imprimé inspecté installé interdit interrogé invité jugé laissé lancé libéré limité loué mené
    menacé mesuré montré négligé négocié nommé obtenu occupé offert oublié ouvert partagé perdu permis planté porté posé
    poursuivi pratiqué préféré préparé présenté prévu proposé protégé prouvé publié quitté raconté rappelé reçu reconnu
    reconstruit réduit refusé regretté rejeté relevé remarqué remis remplacé rendu renforcé réparé repris respecté retenu
    retiré retrouvé réuni révélé saisi salué sauvé signé soutenu suivi surpris suspendu terminé traduit traversé trouvé
    utilisé vendu vérifié visité voté voulu`),
  adjectives:
    list(`abandonné absent agricole amer ancien annuel armé attentif austère autonome bref brutal calme central
    certain civil clair clandestin colonial commun complet complexe concret connu constant côtier coûteux cruel délicat
    dernier désert difficile direct discret distant double durable efficace égal élevé entier étrange étranger étroit évident
    exact faible familier fatal fédéral ferme final forestier fragile général gigantesque gradué grave historique honnête
    humain illégal immense immobile imprévu incertain industriel inédit injuste intact intérieur inutile isolé juste large
    lent libre lointain local long lourd majeur maritime médical mensuel militaire mineur moderne modeste mondial municipal
    muet national neutre nombreux normal nouveau obscur officiel ordinaire ouvert paisible partiel particulier patient pauvre
    pénible permanent populaire portuaire précis prochain profond provisoire public puissant rapide rare récent régional
    reculé religieux rigide riche rural sacré sauvage secret semblable sérieux seul sévère silencieux simple singulier
    solide sombre soudain stable strict suivant tardif technique timide traditionnel tranquille unique urbain urgent utile
    vain vaste véritable vide vieux voisin`),
  adverbs: list(`ailleurs ainsi alors aujourd'hui bientôt certes clairement d'abord déjà depuis désormais enfin ensuite
    entièrement guère jamais largement lentement longtemps néanmoins notamment officiellement parfois partiellement peut-être
    pourtant prudemment publiquement rapidement rarement récemment secrètement seulement simplement soudain souvent surtout
    tard toujours vraiment`),
  openings: phrases(`Selon le rapport,
    Pendant ce temps,
    Pour la première fois depuis des années,
    Comme chacun le sait dans la région,
    À huis clos,
    Au cours de la même semaine,
    Sur l'autre rive,
    Contre toute attente,
    De l'avis de beaucoup de gens,
    Après une longue nuit de discussions,
    Avant la fin de la saison,
    Depuis lors,
    Sans que personne s'en étonne,
    Avec l'aide de ses voisins,
    Malgré tout ce qui a été dit,
    Dans une lettre à la rédaction,
    Non loin de là,
    Au début du mois,
    Sans un mot d'explication,
    Quoi qu'il en soit,`),
  sentences: phrases(`le {n} {a} de {p} a {d} {v} ce que le {n} {a} avait {v}.
    un {n} {a} a {v} le {n}, et personne à {p} ne l'avait {v} avant que le {n} {a} soit {v}.
    {w}, qui étudie le {n} depuis {k} ans, estime que le {n} est {a} et le {n} {a}.
    le {n} et le {n} ont {d} {v} leur {n} {a} tandis que {p} a {v} un {n} {a}.
    il y avait {k} {n}s dans le {n} {a}, dont le {n} n'a {v} que le plus {a}.
    ce que le {n} a {v} à {p}, chaque {n} {a} l'a {v} depuis que le {n} a {d} {v} le sien.
    ni le {n} ni le {n} {a} de {p} n'ont {v} le {n} ; le {n}, écrit {w}, reste {a}.
    quand le {n} a {v} le {n} {a}, son {n} a coûté {k} millions et son {n} fut {d} {a}.
    c'est {d} le {n} {a} qui a {v} le {n} entre {p} et {p}.
    que le {n} soit {a}, {w} l'a {v} en {y}, bien avant que le {n} {a} l'ait {v}.
    certains {n}s sont {a}s, d'autres {a}s ; tous ont {v} le {n} que {p} a {v}.
    un {n} sans {n}, disait {w}, est un {n} {a} et sera {v} comme tel.`),
  particles: { and: 'et', section: 'Le', see: 'comme on l’a montré ailleurs', table: ['Lieu', 'Année', 'Nombre'] },
};

export const FIRST_NAMES =
  list(`Adèle Alba Anselm Aurore Basile Berta Bruno Camille Cedric Clara Colin Dalia Denis Edith
  Elias Emil Estelle Fabien Fatima Felix Flora Gaspard Greta Hadrien Helga Hugo Ida Ines Ivan Jasper Jeanne Joachim Judith
  Karim Klara Lambert Leila Linus Lucie Magnus Malik Marta Maud Milan Nadine Noam Nora Odile Oscar Paula Perrine Quentin
  Rafael Rosa Salim Simone Stefan Sylvie Tamar Theo Ulrich Vera Viktor Wanda Xenia Yann Yusuf Zelda`);

export const LAST_NAMES = list(`Abadie Albrecht Amrani Arnoux Bachmann Barbier Belmont Bergeron Boulanger Brandt Carlier
  Castellan Chandler Corvin Dahlberg Delorme Dumont Eklund Fabre Farrow Fontenay Garnier Gauthier Haddad Hartmann Hollis
  Ibarra Jansson Kessler Kovac Lacombe Lindqvist Loiseau Marchand Mercier Montrose Moreau Navarro Nilsson Okoro Oriol
  Pasquier Pereira Quillan Rahimi Renaud Rossi Sabatier Sandoval Schreiber Soulier Tanner Thibault Ullman Valois Verdier
  Vogel Wagner Whitlock Ximenes Yilmaz Zeller`);

/** Who published first: names, and the hosts of those that have one. */
export const SOURCES =
  list(`Meridian_Review Harbour_Gazette Le_Passeur L’Observatoire_du_Sud North_Quay Les_Cahiers_du_Port
  The_Long_View Open_Ledger Plain_Dealing La_Lettre_des_Rives Tribune_des_Plateaux The_Signal_Box Eastern_Light Grain_Monitor
  Le_Fil_des_Jours Watershed_Journal Terre_Commune The_Border_Post Atlas_Weekly Contrechamp Second_Reading Le_Quotidien_du_Delta
  Field_Notes Common_Ground_News Strait_Times_Digest Revue_des_Confluences Blue_Line_Report Civic_Wire La_Vigie Outer_Ring
  Nouvelles_du_Détroit Independent_Ledger Peninsula_Post Le_Phare_Civil Stone_Bridge_Papers Slow_Dispatch Carnets_du_Fleuve
  The_Customs_House Upland_Voice Chronique_des_Îles`).map((name) => name.replaceAll('_', ' '));

/** Labels that no list of terms has. */
export const ODD_LABELS = list(`Upper_Delta Haut_Plateau Free_Ports Lost_Archives Mémoire_des_lieux River_Law`).map(
  (label) => label.replaceAll('_', ' '),
);

const SYLLABLES =
  list(`bal cor dun fel gar hol jin kel lum mar nor osk pel quin ros sel tor ul vel wen bra chi dro fia gle
  hur ist jor kas lio mun nev ovi pra rhu sta tem und vai zor`);

/** A name of a place that no other number has: below 64,000 of three syllables, from there on of more. */
export function placeName(number) {
  let rest = number;
  let name = '';
  for (let i = 0; i < 3 || rest > 0; i++) {
    name += SYLLABLES[(rest + 7 * i) % SYLLABLES.length] ?? '';
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
