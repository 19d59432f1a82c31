"""Words and turns of phrase by which the gate tells a reason from a reflex, in French and in English.

Everything here is matched on folded text: lower case, no accents, straight apostrophes turned into spaces.
"""

from __future__ import annotations

import re

NETWORKS = (
    r"(?:reseaux? sociaux?|reseaux|reseau|social networks?|social media|socials?|medias? sociaux|media social|"
    r"the networks|"
    r"facebook|fb|meta|instagram|insta|ig|linkedin|twitter|x|tiktok|tik tok|youtube|snapchat|snap|pinterest|threads|"
    r"bluesky|mastodon|whatsapp|telegram|discord|reddit|google\+|google plus|viadeo|internet|le web|the web|online|"
    r"en ligne)"
)
OTHERS = (
    r"(?:concurren\w+|competitors?|competition|rivals?|rivaux|confreres?|consoeurs?|collegues|voisins?|neighbou?rs?|"
    r"(?:les|des|aux|d|deux|trois|nos) autres(?: \w+){0,3}|tous les autres|others|(?:all |the |two |three )+other \w+|"
    r"everyone(?: else)?|everybody(?: else)?|tout le monde|tout un chacun|chacun|"
    r"toutes? les (?:entreprises|marques|boites|villes|mairies|communes|ecoles|associations|pme|societes)|"
    r"all (?:the )?(?:companies|brands|businesses|towns|schools|charities|firms)|"
    r"every (?:company|brand|business|town|school|charity|firm|shop)|la plupart des \w+|most (?:companies|brands|"
    r"businesses)|"
    r"(?:les |the )?(?:grandes marques|grands groupes|leaders|big brands|big names|market leaders|gros|geants)|"
    r"coca(?: cola)?|starbucks|nike|apple|red bull|decathlon|le marche|the market|the industry|le secteur)"
)
_THERE = (
    r"(?:y sont|y est|y vont|y va|s y mett\w+|s y met|en font|en fait|en ont|le font|le fait|l ont|sont (?:deja |"
    r"tous |tres )*"
    r"(?:dessus|la|presents?|sur|inscrits?|actifs?|visibles?)|est (?:deja )*(?:dessus|la|sur|present)|"
    r"ont (?:deja |tous |toutes )*(?:une|un|leurs?|des|ouvert|cree|lance)|a (?:deja )*(?:une|un|son|sa|ouvert|cree|"
    r"lance)|"
    r"(?:are|is|re) (?:already |all |now |there|on|in|posting|doing|active|present|everywhere)+|"
    r"(?:have|has|got) (?:already |all |just |recently |now )*(?:a|an|one|their|its|opened|launched|started|"
    r"accounts?|pages?)|"
    r"(?:do|does|did|doing) (?:it|so|this|that)|(?:went|goes|go|gone|moved) (?:there|on)|post(?:s|ing)?|publi\w+|"
    r"communiqu\w+|"
    r"cartonn\w+|march\w+|reussi\w+|succeed\w*)"
)

BENCHMARK = re.compile(
    r"\b(?:benchmark\w*|parangonn\w+|(?:bonnes|meilleures) pratiques|best practices?|best in class|"
    r"(?:au|le|du|son|leur|meme) niveau (?:de la concurrence|des (?:meilleur\w*|leaders?|grands?|concurrents))|"
    r"(?:retard|avance) (?:sur|face a|par rapport a) (?:la concurrence|nos concurrents|les autres)|"
    r"(?:plan|strategie|strategy|playbook|recette|recipe)s? (?:de |d |des |of |from )?(?:grandes marques|geants|"
    r"big brands|giants|leaders|nike|apple|starbucks|coca(?: cola)?|red bull|decathlon|oreo|ikea))\b"
)
IMITATION = re.compile(
    rf"\b{OTHERS}\b(?: \S+){{0,4}}? {_THERE}\b"
    rf"|\b(?:comme|like|tout comme|a l instar d\w*|same as|just like|as) (?:font |fait |do |does |sur |chez )?"
    rf"(?:le |la |les |l |nos |notre |our |the |all |a |des |un |une |tous )*{OTHERS}\b"
    r"|\b(?:faire|fait|font|do|doing) (?:pareil|comme|la meme chose|the same|as|like|what)\b"
    r"|\b(?:copi\w+|imit\w+|copy\w*|imitat\w+|s aligner|suivre|follow\w*|rattraper|catch\w* up|keep\w* up|match|"
    r"emboit\w+)\b"
    rf"(?: \S+){{0,4}}? (?:{OTHERS}|pas|troupeau|crowd|herd)"
    r"|\b(?:ne pas|pas|not|never|sans|without)(?: \w+){0,3} (?:distancer?|depasser?|en retard|a la traine|"
    r"left behind|fall\w* behind|"
    r"rester en arriere|laisse\w* distancer|laisser la place|look\w* behind|lag\w*|left out|miss\w* out|be the only|"
    r"etre les? seuls?)"
    r"|\b(?:les seuls|le seul|la seule|the only ones?)\b(?: \S+){0,4}? (?:pas|sans|not|without|no)\b"
    r"|\b(?:on m a|on nous a|m a|nous a|nous ont) (?:dit|conseille|recommande|suggere)\w*"
    r"|\b(?:should|ought to|must|need to|could) (?:have|do|open|get|be) (?:\w+ ){0,2}?(?:as well|too)\b"
    r"|\b(?:devrai\w+|doit|doivent|devons|pourrai\w+)(?: \w+){0,2} (?:aussi|egalement)"
    r" (?:en |l |le |la |s y |y )(?:avoir|faire|etre|ouvrir|mettre|aller)\b"
    r"|\b(?:tous|toutes) y sont\b|\bcela se fait\b|\bca se fait\b|\bpourquoi pas (?:nous|moi)\b|\bwhy not us\b"
)
ORDER = re.compile(
    r"\b(?:patron\w*|directeur|directrice|direction|chef|boss|ceo|pdg|president\w*|maire|mayor|board|management|"
    r"siege|head ?office|"
    r"headquarters|agence|agency|consultant\w*|stagiaire|intern|neveu|niece|nephew|fils|fille|son|daughter|"
    r"cousin\w*|formateur|trainer|manager|"
    r"actionnaires?|shareholders?|investi\w+|investors?|elus?|webmaster|prestataire|commerciaux|"
    r"expert)\b(?: \w+){0,4}? "
    r"(?:veut|veulent|voulait|demand\w+|exig\w+|insist\w+|impos\w+|dit|dis\w+|m a dit|pens\w+|trouv\w+|conseill\w+|"
    r"recommand\w+|wants?|wanted|"
    r"asked|asks?|told|tells?|says?|said|thinks?|insists?|insisted|advis\w+|recommend\w*|requires?|aimerait|"
    r"souhaite|nous le)\b"
    r"|\b(?:on nous|on m|on me|on) (?:a |l a )?(?:demande|dit|impose|oblige|conseille)\b"
    r"|\b(?:we|i) (?:were|was|have been|ve been|are|am) (?:told|asked|advised)\b"
    r"|\b(?:il parait|parait il|on dit que|on raconte|i heard|we heard|i read|j ai (?:lu|entendu|vu)|they say|"
    r"it seems|apparently|it is said)\b"
    r"|\bordre (?:d|de)\b|\bit was decided\b|\bc est (?:une )?(?:decision|consigne|demande) de\b"
)
FASHION = re.compile(
    r"\b(?:a la mode|c est la mode|effet de mode|mode du moment|tendance\w*|trend\w*|fashion\w*|hype|buzz\w*|"
    r"viral\w*|incontournable\w*|"
    r"indispensable\w*|"
    r"inevitable\w*|unavoidable|must have|l air du temps|air du temps|dans le vent|branche\w*|moderne\w*|modernes?|"
    r"modernit\w+|modern|modernis\w+|"
    r"ringard\w*|vieillot\w*|has been|old fashioned|outdated|dinosaur\w*|dinosaure\w*|cool|jeune et dynamique|"
    r"dynamique\w*|dynamic|"
    r"l avenir|avenir|futur|the future|future|digitalis\w+|transformation (?:digitale|numerique)|"
    r"digital transformation|"
    r"de nos jours|nowadays|these days|today s world|a notre epoque|en 20\d\d|in 20\d\d|a l ere|in the age of|"
    r"in this day|in the digital|"
    r"aujourd hui (?:il faut|on|tout|c est)|vivre avec son temps|etre de son temps|move with the times|"
    r"with the times|up to date|"
    r"rater le (?:train|coche|virage)|prendre le train|manquer le (?:train|virage|coche)|miss\w* the (?:boat|train|"
    r"bus)|jump on|bandwagon|"
    r"explos\w+|en vogue|c est le moment|all the rage|hot right now|everyone s? talking|tout le monde en parle|"
    r"on en parle partout|"
    r"milliards? d \w+|billions? of|millions? d(?:e)? (?:utilisateurs|membres|gens|personnes)|millions? of (?:users|"
    r"people|members)|"
    r"plus (?:connus?|populaires?|utilises?|grands?)|most (?:popular|used|famous|known)|biggest|popular|populaires?|"
    r"le plus gros)\b"
)
PRESENCE = re.compile(
    r"\b(?:etre|soyons|sommes|serons|soit|est|y) (?:y )?(?:(?:bien|plus|juste|simplement|tous|toujours|egalement|"
    r"aussi|un peu|mieux|davantage|"
    r"partout|tres|enfin) )*(?:present\w*|presence|visibles?|la|sur|vus?|connus?|reconnus?|partout|actifs?|dessus|"
    r"en ligne|y)\b"
    r"|\by etre\b(?! \w+e(?:e|s|es)?\b)|\bd y etre\b|\bil faut (?:bien |absolument |forcement )?(?:y |en )?\w*|"
    r"\bil le faut\b|\bc est obligatoire\b|\bon est oblige\w*"
    r"|\b(?:avoir|ouvrir|creer|lancer|tenir|alimenter|animer|assurer|developper|renforcer|ameliorer|augmenter|"
    r"accroitre|gagner|gagner en|booster|"
    r"marquer|prouver|montrer|obtenir|chercher|donner|soigner|travailler|maintenir|garder|etendre|have|get|gain|"
    r"create|open|launch|start|set up|run|"
    r"increase|improve|boost|build|raise|grow|strengthen|enhance|establish|maintain|keep|expand|develop|more|plus de)"
    r"(?: (?:en|de|d|un|une|des|la|le|les|l|notre|nos|sa|son|leur|a|an|our|the|some|more|better|strong\w*|stable|"
    r"online|digital|plus|une plus|"
    r"bonne|belle|forte|good|great|brand|meilleure|grande|of|simple|vraie|own))*"
    rf" (?:presence|presences|visibilit\w+|visibility|notoriete|awareness|image|compte|comptes|pages?|profils?|"
    rf"profiles?|accounts?|vitrine|"
    rf"existence|exposure|exposition|reputation|e reputation|{NETWORKS})\b"
    r"|\b(?:occuper|prendre|tenir|reserver|fill|occupy|take) (?:le terrain|la place|l espace|l ecran|une place|"
    r"the space|the ground|space|our place)"
    r"|\b(?:exister|existons|existions|existence|(?:on|n|nous|entreprise|il faut) existe\w*|(?:we|i|you|to|not|must|"
    r"should|business|company) exists?)\b"
    r"|\b(?:be|being|are|is|stay|become|becoming|get|remain) (?:just |simply |more |better |very |also |everywhere |"
    r"always |well )*"
    r"(?:present|presence|visible|there|seen|noticed|known|on|out there|everywhere|active|online|recognised|"
    r"recognized)\b"
    r"|\b(?:faire|se faire|nous faire|me faire) (?:connaitre|voir|remarquer|parler|acte de presence|"
    r"entendre)\b(?! (?:a|aux|au|de|des|par|l|le|la|les|notre|nos|un|une) )"
    r"|\b(?:on nous verra|people (?:will )?(?:see|notice) us|parler de nous|qu on parle de nous|get (?:our|"
    r"the) name out|name out there|"
    r"put (?:us|ourselves) on the map|montrer que (?:nous sommes|on est) la|we are here|show (?:that )?we|"
    r"faire parler de)\b"
    r"|\b(?:aller|se mettre|se lancer|passer|s inscrire|s y mettre|nous lancer|go|going|get|getting|join|joining) "
    rf"(?:sur|on|a|aux|to|onto)? ?(?:les |la |le |the )?{NETWORKS}\b"
)
# Families who subscribe to a weekly basket, readers to a magazine, spectators to a season: these are customers.
_PAYING_FR = "".join(
    f"(?<!{who} )"
    for who in (
        "familles",
        "foyers",
        "lecteurs",
        "lectrices",
        "clients",
        "clientes",
        "spectateurs",
        "menages",
        "usagers",
    )
)
_PAYING_EN = "".join(
    f"(?<!{who} )" for who in ("paying", "season", "magazine", "newspaper", "print", "transport", "box")
)
AUDIENCE = re.compile(
    rf"\b(?:{_PAYING_FR}abonnee?s?|followers?|likes?|fans?|j aime|vues|views|impressions?|reach|portee|"
    rf"{_PAYING_EN}subscribers?|partages|"
    r"shares|retweets?|"
    r"communaute|community|audience|engagement|clics?|clicks?|(?:generer|amener|attirer|augmenter|plus de|drive|"
    r"generate|bring|more|increase)(?: \w+){0,2}? (?:trafic|traffic)|algorithme|algorithm)\b"
)
LISTING = re.compile(
    r"\b(?:etre trouves?|nous trouve\w*|qu on nous trouve|me trouve\w*|trouver (?:notre|nos|l) (?:adresse|horaires|"
    r"telephone|numero)|"
    r"be(?:ing)? found|find us|found online|annuaire|pages jaunes|yellow pages|directory|nos horaires|opening hours)\b"
)
FEED = re.compile(
    r"\b(?:(?:re)?post\w*|(?:re)?publi\w+|partag\w+|relay\w*|diffus\w+|mettre|envoy\w+|copy|copier|push\w*|shar\w+|"
    r"pouss\w+|connect\w+|"
    r"automatis\w+|recycl\w+|dupli\w+|repeat\w*|repren\w+)"
    r"(?: \S+){0,6}? (?:blog\w*|site|website|web site|communiques?|press releases?|newsletters?|flux|rss|feed|"
    r"articles? deja|what we already)\b"
    r"|\b(?:blog|site|website|feed)\b(?: \S+){0,4}? automati\w+"
)
UNDECIDED = re.compile(
    r"\b(?:pas (?:encore )?(?:reflechi|decide)\w*|(?:not|haven t|n t) (?:yet )?(?:thought|decided)|on verra|"
    r"nous verrons|on va voir|a voir|we ll see|we will see|wait and see|je ne sais pas|on ne sait pas|"
    r"nous ne savons pas|"
    r"i don t know|we don t know|not sure|no idea|aucune idee|pas d idee|sans idee|sait on jamais|you never know|"
    r"pourquoi pas|why not|"
    r"au cas ou|just in case|pour voir|to see what|pour essayer|pour tester|try it out|give it a try|on improvis\w+|"
    r"improvis\w+|selon l inspiration|"
    r"au feeling|whatever|n importe quoi|n importe|peu importe|de tout(?! le\b)|tout et rien|tout et de rien|"
    r"everything and nothing|anything|a bit of everything|"
    r"un peu de tout|tout ce qui|au fil de l eau|ca ne coute rien|c est gratuit|it s free|it is free|costs? nothing|"
    r"ca ne mange pas|can t hurt|"
    r"ne peut pas faire de mal|a definir|tbd|to be defined|to be decided|lorem ipsum|blah?|bla bla|todo|"
    r"rien de special|nothing special|"
    r"parce que voila|because reasons|question suivante)\b"
)
SELF = re.compile(
    r"\b(?:she|he|interns?|trainees?|apprentices?|nephew|niece) (?:needs?|wants?|has)"
    r" (?:something|nothing|little) to do\b"
    r"|\bkeep\w* (?:him|her|them|us|the (?:intern|trainee|apprentice)s?) busy\b"
    r"|\boccuper (?:le|la|les|un|une|notre|nos) (?:stagiaires?|apprentie?s?|alternante?s?)\b"
    r"|\b(?:de|parler de|about|montrer|promouvoir|promote|talk about|presenter|vanter|communiquer sur|raconter|"
    r"mettre en avant|valoriser|showcase|"
    r"on|sur) (?:de )?(?:nous|nous memes|moi|notre (?:entreprise|societe|marque|boite|association|organisation|"
    r"structure|actualite|activite|equipe|image|"
    r"savoir faire)|nos (?:produits|services|actualites|valeurs|activites|actus|news|nouveautes|offres|prestations|"
    r"actions|projets|evenements)|"
    r"us|ourselves|myself|our (?:company|brand|business|organisation|organization|products|services|news|values|"
    r"activities|"
    r"offers|projects|events|team|latest news))\b"
)

NEGATION = re.compile(
    r"\b(?:ne|n|pas|non|rien|jamais|ni|aucun\w*|no|not|never|nothing|nobody|don t|doesn t|won t|neither|sans|"
    r"without|rather than|plutot que|"
    r"au lieu de|instead of|only(?: \w+){0,4} if|que si|unless)\b"
)
