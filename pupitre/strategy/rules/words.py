"""Word lists of the gate: what carries no substance, and what anchors an answer to somebody or to a change.

Folded text (lower case, no accents). A stem matches any word that begins with it.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STOP_FR = frozenset(
    _words("""
    a absolument actuellement afin ai aimerions ainsi aller alors apres as assez au aucun aucune aujourd aura aurait
    aussi autant autre autres aux avant avec avoir avons beaucoup besoin bien bon bonne bonnes bons bref but c ca
    car ce ceci cela celle celles celui ces cet cette ceux chacun chaque chez chose choses ci comme comment d dans
    de deja depuis des dessus dire dit doit doivent donc dont du elle elles en encore enfin ensuite envie est et
    etaient etait ete etes etre eu euh eux evidemment facon faire fais faisons fait faut font forcement gens hein
    hui ici idee idees il ils j jamais je jour jours juste l la le les leur leurs lui m ma machin maintenant mais
    maniere me meme memes mes mieux moi moins mon monde moyen moyens n ne ni non nos notre nous on ont ou oui par
    parce parfois parler parlera partie partout pas pendant permet permettra permettre personne personnes peu peut
    peuvent plupart plus plusieurs plutot possible pour pourquoi pouvoir pouvons presque puis puisque qu quand que
    quel quelle quelles quelqu quelque quelques quels qui quoi raison raisons rien s sa sans sauf se selon sera
    serait ses seul seule seulement si simplement soi soit sommes son sont souhaite souhaitons sous souvent sur
    surtout t ta tant te tel telle tellement temps tes toi ton toujours tous tout toute toutes tres trop truc trucs
    tu un une va vais vas veulent veut veux voila voir voit vont vos votre voudrait voudrions voulons vous vrai
    vraiment y
    """)
)
STOP_EN = frozenset(
    _words("""
    a about above absolutely actually after again all also always am an and any anything are as at basically be
    because been before being both but by can could day days did do does doing don down during each else etc even
    ever every everybody everyone everything first for from further get gets getting go goes going got had has have
    having he her here him his how i idea ideas if in into is it its just know let ll look looks lot lots made make
    makes many may maybe me might more most much must my need needs never no nobody not nothing now nowadays of off
    often on once one only or order other others our ours out over own people perhaps please possible put quite re
    really reason reasons s same say says see she should show shows simply since so some somebody someone something
    soon still stuff such t take talk talking than that the their them then there these they thing things think this
    those though through to today together too try under until up upon us use used useful using ve very want wanted
    wants was way ways we well were what whatever when where whether which while who whom whose why will with within
    without world would yes yet you your
    """)
)

# Stems of the trade's empty words, in both languages.
FILLER = _words("""
    abonn account accro accru actif action active activit actu ambit amelior animat animer annee apparai argent
    aspir association attir attract audien augment aupres automat aware beau belle best better blog boost brand
    build business buzz canal canaux channel chois choos citation clic click commun company compte connai connec
    connu content contenu cool creat credib cree creer daily deliver dernier develop diffus digit dream dynam econom
    effica engag entreprise envoy equipe evenement event excel exclus exist expan expos facebook fan firm fois
    follow fort fun futur gagn gain general global good grand great greet gros grow happen high hot ideal identit
    image impact import improv increas influen info innov inspir insta interess interest internet large launch
    leader lien life like link linkedin lors marche market marque maximum media meilleur messag mettre mission mode
    modern mois moment money month montr name net new news nice nombre notor nouve numer offer office officiel offre
    online open organi outil ouvr page part partag pass passion perform photo platef platf popul post pouvoir presen
    prestation print product produit profession profil project projet promo promouv publi qualit quote quotidien
    rajeun reach react reag reconn reflech regul regular relev renfor reput resea resul rever sale satisf semaine
    sens service share site social societ start strat strong structur succe success suiv sujet support sympa team
    tech tendan tiktok toile tool topic trend twitter univers utile utilis valeur valor value vie view viral virtu
    thought update various visib vision vitrine vivre voeu vue web week weekly world year youtube
    """)

# Stems that name somebody, or a change one can observe.
ANCHORS = _words("""
    accept acces achet acheteu acquereur adherent adhesion admi adolescent ados agriculteur aid aidant aine
    alternant ancien annul answer appel applicat apply appoint apprendre apprenti arriv artisan ask atten auditeur
    avis avocat avoid bacheli baiss benefici benevol billet book bouche buy buyer call cancel cancer candid
    caregiver chercheu child children citizen citoyen client clinician collect commande comment commer commut
    complain compren conservat consommat consult consumer contact convain convert cost counsel customer cut dealer
    decharg deleg demand depannag depist deposit depute devis dirigeant distribut doctor don donat donateur donatric
    donner donneu donor doubl drop ecole economis eleve elu embauch emplo empty enfant engineer enrol enseignant
    entend erreur error etudiant evit expert explain expliqu exposant factur famil farmer faster femme festivalier
    fidelis fill fix fournisseur foyer franchis frequent graduate grossiste guest habitant habitue halv hear help
    heure hir homeowner hour household ignor infirm inform ingenieur inscri installateur investiss investor invit
    jeune job journalis jurist know lawyer learn learner leas lecteur lectri licen listen locataire lose lost louer
    lyceen maire malade manqu mecene medecin member membre menage mere minute miss mobilis moitie montant morning
    mother neighbor neighbour night nuit nurse officer older operat order panne parent parrain partenaire particip
    participant partner passager passenger patient pay perd pere personnel phone physician plaint plan prepar
    prescript prevenir prevent price prix proche producteur professeur propriet prospect prouver public pupil quart
    question quit quot raccourci rassur ration rdv reader receiv reclam recrue recruit recrut recycl reduc reduce
    reduir refug regist regulars relative remplir rendez renew renouvel renter repair repar reply repon report
    request reserv resident respond retail retour retrait return reveni review risk risque riverain rumeur rumor
    rumour safe salari save school secur sell senior shopper sign soignant soir sort soutien spectateur spend
    sponsor staff stock stop student supplier supprim surcharg switch taux teacher teen telephon tenant test ticket
    tourist touriste train traveler traveller treat trier trouv turnout understand universit urgen usager user vacan
    vend vent verif vet veterinair villag visit visite voisin volunteer vot voter voyageur wait wast woman women
    worker young
    """)

FEWEST_DISTINCT_WORDS = 2
