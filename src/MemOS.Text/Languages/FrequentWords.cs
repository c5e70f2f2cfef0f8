namespace MemOS.Text.Languages;

/// <summary>
/// The words of each language that occur in nearly every text, and so tell it.
/// </summary>
internal static class FrequentWords
{
    /// <summary>Words that tie a sentence together: articles, pronouns, auxiliaries, prepositions, question words.</summary>
    public static string Function(TextLanguage language) => language switch
    {
        TextLanguage.German =>
            "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner und oder aber wenn dass daß als wie so nicht auch noch "
            + "nur schon sehr ich du er sie es wir ihr mich dich sich uns euch ihm ihn ihnen mir dir mein meine meinen meinem meiner meines dein deine deinen "
            + "deinem deiner sein seine seinen seinem seiner seines ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer euer eure euren eurem bin bist ist "
            + "sind seid war warst waren wart wäre wären sei hat habe hast haben habt hatte hatten hattest hätte hätten wird werde wirst werden werdet wurde wurden würde "
            + "würden worden kann kannst können könnt konnte konnten könnte könnten muss musst müssen musste mussten soll sollst sollen sollte sollten will willst "
            + "wollen wollt wollte wollten darf dürfen durfte mag möchte möchten in im an am auf aus bei beim mit nach von vom zu zum zur für über unter um durch "
            + "gegen ohne vor hinter zwischen bis seit während wegen wer wen wem wessen was wann wo wohin woher warum wieso weshalb welche welcher welches welchen welchem "
            + "da dann dort hier hin her doch mal ja nein man nun also denn weil ob damit dazu davon dafür daran darauf darüber dabei diese dieser dieses "
            + "diesen diesem jene jener jedes jede jeder jeden alle alles allem aller allen etwas nichts viel viele mehr zwar sondern einmal selbst etwa ganz "
            + "eigentlich eben halt gerade wieder ins ans aufs denen deren dessen worauf womit wofür wovon woran worüber wozu",
        TextLanguage.French =>
            "le la les l un une des du de d et ou mais donc or ni car que qu qui quoi dont où ne n pas plus point ce c cet cette ces cela ça ceci je j tu il "
            + "elle on nous vous ils elles me m te t se s lui leur leurs y en moi toi soi eux mon ma mes ton ta tes son sa ses notre nos votre vos au aux à dans par pour "
            + "sur sous avec sans chez vers entre depuis pendant avant après contre est es suis sommes êtes sont était étais étaient étions été être sera serai seras seront "
            + "serait seraient soit fut ai as a avons avez ont avait avais avaient avions eu avoir aura aurai auras auront aurait auraient fait fais font faire quand comment pourquoi "
            + "combien quel quelle quels quelles lequel laquelle lesquels si très trop peu bien aussi encore déjà toujours jamais tout toute tous toutes même mêmes "
            + "autre autres comme alors puis ainsi parce lorsque lorsqu puisque puisqu jusque jusqu quelqu quelque quelques chaque rien oui non ci là voilà voici vais vas va allons "
            + "allez vont peut peux peuvent pouvait pourrait veut veux veulent voudrais voudrait dois doit doivent faut",
        TextLanguage.Spanish =>
            "el la los las lo un una unos unas y e o u pero sino que qué quien quién quienes quiénes cual cuál cuales cuáles cuyo cuya como cómo cuando cuándo donde "
            + "dónde adónde cuanto cuánto cuanta cuánta cuantos cuántos cuantas cuántas porque por para de del a al en con sin sobre entre hasta desde hacia según ante bajo "
            + "contra durante mediante no ni si sí yo tú él ella ello nosotros nosotras vosotros ellos ellas usted ustedes me te se nos os le les mi mis mí tu tus ti su "
            + "sus nuestro nuestra nuestros nuestras vuestro vuestra mío mía tuyo suyo este esta esto estos estas ese esa eso esos esas aquel aquella aquello aquellos aquellas "
            + "es soy eres somos son era eras eran éramos fue fui fueron ser será serán sería sea sean siendo sido está estoy estás están estamos estaba estaban estuvo estar "
            + "estado ha he has han hemos había habían hay haber hubo habrá tiene tengo tienes tienen tenemos tenía tuvo tener muy más menos mucho mucha muchos muchas poco ya "
            + "también tampoco todo toda todos todas otro otra otros otras mismo misma tan tanto así aún aunque pues entonces algo nada nadie alguien alguno alguna algunos algunas "
            + "cada va voy vas van vamos iba ir puede puedo puedes pueden podía podría quiere quiero quería quisiera debe debo",
        TextLanguage.Italian =>
            "il lo la l i gli le un uno una di del dello della dell dei degli delle a al allo alla all ai agli alle da dal dallo dalla dall dai dagli dalle in nel nello nella "
            + "nell nei negli nelle su sul sullo sulla sull sui sugli sulle con per tra fra e ed o ma se che chi cui non più io tu lui lei noi voi loro mi ti ci vi si me te "
            + "ne mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro vostra questo questa questi queste quest quello quella quelli quelle "
            + "quell è e' sono sei siamo siete era ero eri erano eravamo fu stato stata stati state essere sarà sarei sarebbe ho hai ha abbiamo avete hanno aveva avevo avevano avuto avere "
            + "avrà avrebbe c d s quando dove come perché quale quali quanto quanta quanti quante cosa cos anche ancora già sempre mai molto molta molti molte poco tutto tutta "
            + "tutti tutte altro altra altri altre ogni niente nulla qualcosa qualcuno così poi però quindi dunque allora sì no fa fai faccio fanno fare può posso puoi possono "
            + "deve devo devi vuole voglio vuoi va vado vai vanno",
        TextLanguage.Portuguese =>
            "o a os as um uma uns umas de do da dos das em no na nos nas num numa por pelo pela pelos pelas para ao à aos às com sem sobre entre até desde após e ou mas nem que quê "
            + "quem qual quais cujo como quando onde aonde porque porquê quanto quanta quantos quantas se não sim eu tu você vocês ele ela eles elas nós vós me te lhe "
            + "lhes meu minha meus minhas teu tua teus tuas seu sua seus suas nosso nossa nossos nossas este esta estes estas isto esse essa esses essas isso aquele aquela aqueles "
            + "aquelas aquilo é sou és somos são era eram éramos foi fui foram ser será seria seja sendo sido está estou estás estão estamos estava estavam esteve estar estado há "
            + "havia haver tem tenho tens têm temos tinha tinham teve ter muito muita muitos muitas mais menos pouco já também todo toda todos todas tudo outro outra outros outras "
            + "mesmo mesma tão tanto assim ainda embora pois então algo nada ninguém alguém algum alguma alguns algumas cada vai vou vais vão vamos ia ir pode posso podes podem podia "
            + "quer quero queria deve devo",
        TextLanguage.Dutch =>
            "de het een en of maar want dus als dan dat die dit deze wie wat waar wanneer waarom hoe welke welk hoeveel ik jij je hij zij ze wij we jullie u mij me jou hem haar ons hen hun "
            + "mijn jouw zijn onze uw er daar hier in op aan van voor met bij naar uit over onder tegen tussen door zonder tot om te sinds tijdens na is ben bent was waren "
            + "wordt worden werd werden geweest heb hebt heeft hebben had hadden gehad kan kunt kunnen kon konden zal zullen zou zouden moet moeten moest wil willen wilde wilden mag mogen niet "
            + "geen ook nog al wel zo nu toch even eens heel erg veel meer meest iets niets alles alle elke elk andere ander zelf omdat terwijl toen",
        TextLanguage.Swedish =>
            "och eller men att som om när då där här vad vem vilken vilket vilka var varför hur jag du han hon den det de vi ni mig dig sig oss er dem honom henne min mitt mina din ditt dina "
            + "sin sitt sina vår vårt våra er ert era deras hans hennes en ett i på av för med till från vid under över mellan utan genom mot efter före sedan är var vara varit blir bli blev "
            + "blivit har hade ha haft kan kunde ska skulle måste vill ville får fick inte ingen inget inga också bara mycket mer mest alla allt något någon några så än nu ju redan",
        TextLanguage.Russian =>
            "и а но или если что чтобы как так когда где куда откуда почему зачем кто кого кому кем чем чего чему какой какая какое какие какого какую чей сколько я ты он она оно мы вы они "
            + "меня мне мной тебя тебе тобой его ему им её ее ей ею нас нам нами вас вам вами их ими него нему ним неё нее ней них ними себя себе мой моя моё мое мои моего моей мою моих твой "
            + "твоя твоё твои твоего твоей твою свой своя свои своего своей свою своих наш наша наше наши нашего нашей нашу ваш ваша ваше ваши вашего вашей этот эта это эти этого этой этом этому "
            + "эту этих тот та то те того той том тому ту тех в во на с со к ко у от до из за по о об обо для без при про под над через перед между после около не ни нет да бы же ли ведь вот "
            + "был была было были быть будет буду будем будут есть весь все всё вся всего всех всем уже ещё еще только очень тоже также можно нужно надо потому поэтому там тут здесь",
        _ => "",
    };

    /// <summary>Words of everyday talk. For English also words that mean something else in another language.</summary>
    public static string Everyday(TextLanguage language) => language switch
    {
        TextLanguage.German =>
            "heute morgen gestern abend woche jahr immer nie bitte danke hallo genau gut gute guten neue neuen neuer kleine kleinen große großen zwei drei vier fünf sechs sieben acht neun zehn "
            + "gehen geht gehe ging gegangen kommt kommen komme kam machen macht mache gemacht sagen sagt gesagt hab gibt gab gegeben weiß wissen denke glaube finde findet freue freut schön schöne "
            + "schade toll klar natürlich vielleicht leider endlich zuerst danach später früher bald uhr tag tage tagen mutter vater schwester bruder tochter sohn freund freundin kinder leute "
            + "haus zeit arbeit leben montag dienstag mittwoch donnerstag freitag samstag sonntag",
        TextLanguage.French =>
            "aujourd demain hier soir matin semaine année mois merci bonjour salut bon bonne nouveau nouvelle petit petite grand grande deux trois quatre cinq sept huit neuf dix aller dire dit "
            + "fois jour jours heure heures temps maison travail mère père sœur soeur frère fille fils ami amie enfants gens vie lundi mardi mercredi jeudi vendredi samedi dimanche peut-être "
            + "vraiment beaucoup maintenant enfin ensuite chose choses trouve pense crois sais sait",
        TextLanguage.Spanish =>
            "hoy mañana ayer noche tarde semana año años mes gracias hola bueno buena nuevo nueva pequeño pequeña grande dos tres cuatro cinco seis siete ocho nueve diez día días hora horas tiempo "
            + "casa trabajo madre padre hermana hermano hija hijo amigo amiga niños gente vida lunes martes miércoles jueves viernes sábado domingo siempre nunca ahora luego después antes vez "
            + "creo sé dice dijo hacer hace hice hizo claro vale quizá quizás verdad",
        TextLanguage.Italian =>
            "oggi domani ieri sera mattina settimana anno anni mese grazie ciao buono buona bene nuovo nuova piccolo piccola grande due tre quattro cinque sette otto nove dieci giorno giorni ora ore "
            + "tempo casa lavoro madre padre sorella fratello figlia figlio amico amica bambini gente vita lunedì martedì mercoledì giovedì venerdì sabato domenica adesso dopo prima volta "
            + "credo so dice detto fatto",
        TextLanguage.Portuguese =>
            "hoje amanhã ontem noite tarde manhã semana ano anos mês obrigado obrigada olá bom boa novo nova pequeno pequena grande dois duas três quatro cinco seis sete oito nove dez dia dias "
            + "hora horas tempo casa trabalho mãe pai irmã irmão filha filho amigo amiga crianças gente vida segunda terça quarta quinta sexta sábado domingo sempre nunca agora depois antes "
            + "vez acho sei disse fazer faz fiz fez",
        TextLanguage.Dutch =>
            "vandaag morgen gisteren avond week jaar altijd nooit bedankt hallo goed goede nieuw nieuwe klein kleine groot grote twee drie vier vijf zes zeven acht negen tien gaan gaat ging komt "
            + "komen kwam maken maakt zeggen zegt weet denk vind leuk mooi jammer natuurlijk misschien helaas eindelijk later dag dagen moeder vader zus broer dochter zoon vriend vriendin kinderen mensen "
            + "huis tijd werk leven maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        TextLanguage.Swedish =>
            "idag imorgon igår kväll vecka år alltid aldrig tack hej bra god ny nya liten stor två tre fyra fem sex sju åtta nio tio går gick kommer kom göra gör säga säger vet tror tycker fint "
            + "tyvärr kanske äntligen sen dag dagar mamma pappa syster bror dotter son vän barn folk hus tid arbete liv måndag tisdag onsdag torsdag fredag lördag söndag",
        TextLanguage.Russian =>
            "сегодня завтра вчера утром вечером неделя неделю год года лет всегда никогда спасибо привет хорошо новый новая новую два три четыре пять иду идёт пошёл пошла сделать говорит сказал "
            + "сказала знаю думаю нравится люблю хочу может могу наверное конечно жаль потом раньше скоро день дня дни мама папа мать отец сестра брат дочь сын друг подруга дети люди дом "
            + "время работа жизнь понедельник вторник среда четверг пятница суббота воскресенье",
        _ =>
            "got get gets getting go going went gone come coming came make made think thought know knew see saw say said like love really great good nice new old little big one two three thanks hi hey "
            + "wow yeah yep ok okay sure well also even still back much many lot people time day days week year years today tomorrow yesterday tonight never always ever maybe let's let want wanted need "
            + "take took die dies died war hat man men arm hand art rat not fast gift brief kind son set sun rock mag per car pour font comment chat pain main sur on tour mine hall pan sin sea once red "
            + "van hen of had hem haar ten pot era ha pa in via al are come due use sole dove note more mi te do no as com me ton sale son an am band bald held wand will was den dem des plan name bad ball "
            + "is on at it its us we he she see me my de la le san los las el don аз съм си са се ще това няма що та це як ви",
    };
}
