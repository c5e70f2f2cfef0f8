namespace MemOS.Reader.Statements;

/// <summary>The English words that the rules of <see cref="EnglishStatements"/> ask for.</summary>
internal static class EnglishWords
{
    public static IReadOnlyDictionary<WordClass, string> Classes { get; } = new Dictionary<WordClass, string>
    {
        [WordClass.Unsure] =
            "if would might maybe perhaps probably possibly wish wished could should unless whether imagine suppose supposed supposedly pretend "
            + "pretending hypothetically hopefully assuming assume almost nearly practically seemingly presumably apparently otherwise fictional "
            + "i'd we'd you'd wouldn't couldn't shouldn't mightn't",
        [WordClass.Reported] =
            "said says saying told tells telling claims claimed thinks thought believes believed asked asks wrote writes quote quoted according "
            + "heard rumor rumour joked jokes insists insisted swears",
        [WordClass.Adverb] =
            "also actually currently now still just really recently already originally absolutely definitely totally truly finally "
            + "presently lately officially particularly especially quite both honestly permanently mostly basically genuinely",
        [WordClass.Opener] =
            "well oh ah and but so because cause cuz coz yes yeah yep no nope hey hi hello ok okay btw fyi actually honestly currently now plus "
            + "also anyway personally though although however today thanks recently nowadays update note reminder hmm great cool "
            + "wow sure anyways still sorry lately oops for_now",
        [WordClass.Join] = "and but so because cause cuz coz though although plus",
        [WordClass.Person] = "i i'm im i've ive i'll my we we're we've we'll our please always never call",
        [WordClass.Negation] =
            "not never no none nobody nothing neither nor cannot without hardly barely rarely seldom scarcely isn't aren't wasn't weren't don't doesn't "
            + "didn't won't can't haven't hasn't hadn't dont cant",
        [WordClass.Past] =
            "went saw met bought got took ran flew came ate drank wrote began broke brought built caught chose drove fell found gave hid hit held kept "
            + "led left lost made paid read rode rang sang sold sent slept spent spoke stood stole swam taught threw woke won wore quit cut had did hurt "
            + "bit sat swung shot sewed grew hung became",
        [WordClass.NoAction] =
            "need needed feed used wanted liked loved hoped wished planned intended hated preferred seemed appeared believed tired bored "
            + "excited worried scared supposed allowed expected considered tempted feeling being hoping thinking trying looking wondering kidding "
            + "considering dying wanting planning joking saying guessing assuming asking talking telling wishing expecting dreaming getting loving liking "
            + "dreading excited indeed missed doing regretted ended kept happened figured noticed realized realised agreed",
        [WordClass.Plan] =
            "leave fly start begin graduate travel return arrive turn move depart retire sit",
        [WordClass.MomentObject] =
            "it this that these those how when what where who why which whether you your yours you're him her his them their she he they us all everything "
            + "nothing anything something someone so too here there being seeing hearing knowing if one both each every as because and or but "
            + "not no is are was its it's itself myself yours thanks about more most less such us another",
        [WordClass.Phrase] =
            "think believe say imagine know see hear be thank ask point apologize apologise add mention have admit bother interrupt disappoint assume call "
            + "consider pretend break tell get hope share remind do invite congratulate keep joke talk feel",
        [WordClass.General] =
            "mountains mountain ocean sea beach outdoors rain snow sun forest smell sound taste cold heat summer winter spring autumn fall desert "
            + "countryside piano guitar violin blues water city woods gym theater theatre opera cinema night morning weekend park lake beatles",
        [WordClass.Occupation] =
            "nurse doctor teacher engineer developer programmer lawyer attorney accountant architect designer artist writer author journalist chef cook baker "
            + "waiter waitress bartender barista mechanic electrician plumber carpenter farmer pilot firefighter paramedic dentist pharmacist veterinarian vet "
            + "psychologist psychiatrist therapist counselor counsellor scientist researcher professor lecturer librarian musician singer "
            + "dancer actor actress photographer filmmaker editor translator interpreter consultant analyst economist banker cashier salesperson "
            + "secretary receptionist manager student electrician surgeon midwife physiotherapist biologist chemist physicist mathematician statistician "
            + "historian geologist astronomer technician administrator soldier sailor detective judge paralegal hairdresser barber tailor gardener "
            + "florist illustrator animator freelancer blogger bookkeeper recruiter radiologist cardiologist oncologist pediatrician optician "
            + "machinist welder bricklayer roofer janitor postman courier trucker librarian curator archivist sculptor painter potter coach",
        [WordClass.Several] =
            "dog dogs cat cats puppy puppies kitten kittens rabbit rabbits bunny hamster hamsters parrot parrots goldfish turtle turtles horse horses pet pets "
            + "son sons daughter daughters kid kids child children twins brother brothers sister sisters sibling siblings grandson granddaughter "
            + "grandchildren grandson cousin cousins niece nieces nephew nephews stepson stepdaughter stepbrother stepsister uncle aunt friend friends "
            + "colleague colleagues neighbor neighbour roommate roommates bird birds fish snake lizard pig pony goat chickens",
        [WordClass.Follower] =
            "and but so since because now too though although for as with in on at after before by while just right again still today "
            + "anymore these from until when or yesterday last to already",
        [WordClass.NameLink] = "of de la le del di da du van der den von el al st san los las",
        [WordClass.Category] =
            "color colour food dish fruit vegetable drink dessert snack animal sport sports hobby season subject meal flower genre flavor flavour game "
            + "instrument cuisine pastime activity tea breakfast cheese colors colours foods holiday exercise pizza topping cocktail beverage insect bird tree",
        [WordClass.NoValue] =
            "closed closing gone broken dirty missing back here there out over so too very really not being getting also now when that how what to it "
            + "this these those one because if where which still always never on in at by from for with about as coming going sold old new good great "
            + "nice fun amazing awesome delicious beautiful perfect available ready done up down off empty more probably no all any anything everything "
            + "something nothing currently your his her their its cool cute lovely simple",
        [WordClass.NoName] =
            "hr it january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday "
            + "christmas easter fear peace hope love god heaven hell home work night mud none the a an my your his her our their this that here there "
            + "nobody everyone free fun denial darkness luxury poverty style now today tomorrow ok okay no yes not i i'm sales marketing finance support "
            + "it's what whatever",
        [WordClass.Played] =
            "guitar piano violin drums cello flute saxophone sax bass clarinet trumpet ukulele harp banjo accordion trombone tennis soccer football basketball "
            + "baseball chess golf volleyball hockey rugby cricket badminton softball lacrosse poker squash",
        [WordClass.Schedule] = "deadline meeting appointment launch release wedding interview exam rehearsal presentation",
        [WordClass.Attribute] =
            "budget height weight salary timezone nationality",
        [WordClass.Instruction] =
            "use answer reply respond write include cite call address format keep explain give show tell ask check speak avoid add translate convert "
            + "mention suggest recommend provide limit refer send say be",
        [WordClass.Pointing] = "this that these those here it following above below attached attachment link file him her them",
        [WordClass.Reaction] = "idea ideas point question suggestion suggestions plan attitude approach answer energy vibe thinking photo picture pictures photos",
        [WordClass.Choice] =
            "one ones other others another first second third fourth fifth next last latter former same above below new newer old older current original updated "
            + "revised edited earlier previous version versions option options draft drafts design designs layout layouts variant variants revision proposal wording "
            + "phrasing title titles logo logos name names way sound term word words example result output list color colour style",
    };
}
