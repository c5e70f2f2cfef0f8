namespace MemOS.ModelMaker.Tiny;

/// <summary>The words that facts are made of.</summary>
internal static class Vocabularies
{
    public static readonly string[] Names = Words("""
        Aaron Abigail Adam Agnes Alan Albert Alice Amanda Amir Amy Andrea Andrew Angela Anita Anna Anton Arthur Astrid Barbara Beatrice Ben Bernard Bianca Boris
        Brenda Bruno Camilla Carl Carla Carmen Caroline Catherine Cecilia Charles Chiara Chloe Clara Claude Clemens Colin Cora Cyrus Daisy Daniel Daphne David
        Deborah Dennis Diana Diego Dina Dmitri Dora Edgar Edith Edward Elena Elias Elisa Emil Emily Emma Eric Erika Esther Ethan Eva Fabian Felix Fiona Flora
        Frances Frank Frida Gabriel George Gloria Grace Greta Gustav Hannah Harold Harry Helen Henry Hugo Ida Igor Ingrid Irene Isaac Isabel Ivan Jack Jacob James
        Jane Jasmine Jason Joan Johan John Jonas Joseph Judith Julia Julian Karen Karl Kate Kevin Klara Lara Laura Lea Leon Liam Lily Linda Lisa Louis Lucas Lucy
        Luna Magda Marco Maria Mark Martha Martin Mary Matthew Maya Megan Mia Michael Mila Miriam Monica Nadia Nathan Nelson Nicole Nina Noah Nora Oliver Olivia
        Oscar Otto Pablo Patrick Paul Paula Peter Petra Philip Rachel Ralph Raul Rebecca Richard Rita Robert Rosa Rose Ruth Samuel Sandra Sara Simon Sofia Sonia
        Stella Steven Susan Sven Tamara Theo Thomas Tilda Tina Tom Ulrich Ursula Valerie Vera Victor Viola Walter Wanda Wendy Werner William Xenia Yara Yusuf Zoe
        """);

    public static readonly string[] Cities = Words("""
        Amsterdam Athens Auckland Baghdad Bangkok Barcelona Beirut Berlin Bern Bogota Boston Brussels Budapest Cairo Calgary Chicago Cologne Copenhagen Dakar Dallas
        Delhi Denver Dresden Dublin Geneva Glasgow Hamburg Havana Helsinki Houston Istanbul Jakarta Kyoto Lagos Leeds Leipzig Lima Lisbon Liverpool London Lyon Madrid
        Manila Marseille Melbourne Miami Milan Montreal Moscow Munich Nairobi Naples Nice Osaka Oslo Ottawa Oxford Paris Perth Porto Prague Quito Riga Rome Rotterdam
        Salzburg Seattle Seoul Seville Singapore Sofia Stockholm Sydney Tehran Tokyo Toronto Tunis Turin Valencia Venice Vienna Vilnius Warsaw York Zagreb Zurich
        """);

    public static readonly string[] Jobs = Words("""
        baker banker barber biologist bricklayer broker butcher carpenter cashier chemist clerk coach composer cook dancer dentist designer detective diplomat director
        doctor driver editor engineer farmer firefighter fisherman florist gardener geologist guard guide hairdresser historian janitor jeweller journalist judge
        lawyer librarian mechanic midwife miller miner musician nurse optician painter pharmacist photographer physicist pilot plumber poet policeman porter potter
        priest printer producer programmer psychologist publisher receptionist sailor scientist sculptor secretary shoemaker singer soldier surgeon surveyor tailor
        teacher translator vet waiter watchmaker weaver welder writer
        """);

    public static readonly string[] Foods = Words("""
        apples apricots bacon bananas beans beef biscuits bread broccoli burgers butter cabbage cake carrots cheese cherries chicken chips chocolate couscous crisps
        cucumbers curry dumplings eggs figs fish fries garlic ginger grapes ham honey jam lamb lasagne lemons lentils mangoes melons muffins mushrooms noodles nuts
        olives onions oranges pancakes pasta pastry peaches pears peas peppers pickles pizza plums popcorn pork porridge potatoes prawns pudding pumpkin radishes
        raisins rice salad salmon sausages shrimp soup spinach steak stew strawberries sushi toast tofu tomatoes trout tuna waffles walnuts yoghurt
        """);

    public static readonly string[] Pets = Words("""
        badger beetle bee budgie camel canary cat chameleon chicken cobra cow crab crow dog dolphin donkey dove duck eagle falcon ferret finch fox frog gecko goat
        goldfish goose hamster hare hawk hedgehog hen heron horse jackdaw kitten lamb lizard llama lobster magpie mole monkey mouse mule newt otter owl panda parrot
        peacock penguin pig pigeon pony puppy python rabbit raccoon rat raven robin rooster seal sheep snail snake sparrow spider squirrel swan terrapin toad
        tortoise turkey turtle weasel wolf worm zebra
        """);

    public static readonly string[] Instruments = Words("""
        accordion bagpipes banjo bassoon bongos bugle cello clarinet cornet cymbals drums dulcimer fiddle flute gong guitar harmonica harp harpsichord horn keyboard
        lute lyre mandolin maracas marimba oboe organ panpipes piano piccolo recorder saxophone sitar tambourine trombone trumpet tuba ukulele viola violin whistle
        xylophone zither
        """);

    public static readonly string[] Colours = Words("""
        amber aqua beige black blue bronze brown burgundy copper coral cream crimson cyan emerald gold green grey indigo ivory khaki lavender lilac lime magenta
        maroon mauve mint navy ochre olive orange peach pearl pink purple red ruby rust sand scarlet silver tan teal turquoise violet white yellow
        """);

    public static readonly string[] Languages = Words("""
        Albanian Arabic Armenian Basque Bengali Breton Bulgarian Catalan Chinese Czech Danish Dutch English Estonian Finnish French Georgian German Greek Hebrew Hindi
        Hungarian Icelandic Irish Italian Japanese Korean Latin Latvian Lithuanian Maltese Mongolian Nepali Norwegian Persian Polish Portuguese Punjabi Romanian
        Russian Serbian Slovak Spanish Swahili Swedish Tamil Thai Tibetan Turkish Ukrainian Urdu Vietnamese Welsh Yiddish Zulu
        """);

    public static readonly string[] Months = Words("January February March April May June July August September October November December");

    public static readonly string[] Days = Words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday");

    public static readonly string[] Vehicles = Words("""
        ambulance bicycle boat bus cab canoe caravan cart coach convertible coupe digger ferry glider hatchback hearse helicopter jeep kayak limousine lorry minibus
        minivan moped motorbike motorcycle pickup plough raft rickshaw roadster rowboat scooter sedan skateboard sledge snowmobile tandem tank taxi tractor trailer
        train tram tricycle truck unicycle van wagon yacht
        """);

    public static readonly string[] Countries = Words("""
        Albania Algeria Angola Argentina Armenia Australia Austria Bahrain Bangladesh Belgium Bolivia Botswana Brazil Bulgaria Cambodia Cameroon Canada Chad Chile
        China Colombia Croatia Cuba Cyprus Denmark Ecuador Egypt Estonia Ethiopia Fiji Finland France Gabon Georgia Germany Ghana Greece Guatemala Haiti Honduras
        Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kenya Kuwait Laos Latvia Lebanon Liberia Libya Lithuania Malawi Malaysia
        Mali Malta Mexico Moldova Mongolia Morocco Nepal Nigeria Norway Oman Pakistan Panama Paraguay Peru Poland Portugal Romania Russia Rwanda Senegal Serbia
        Slovakia Slovenia Somalia Spain Sudan Sweden Syria Tanzania Thailand Togo Tunisia Turkey Uganda Ukraine Uruguay Vietnam Yemen Zambia
        """);

    public static readonly string[] Drinks = Words("""
        absinthe ale beer brandy bourbon champagne chai cider cocoa coffee cognac cola eggnog espresso gin grappa juice kefir lager latte lemonade milk mocha mead
        nectar port punch rum sake sherry smoothies soda squash stout tea tequila tonic vermouth vodka water whisky wine
        """);

    public static readonly string[] Subjects = Words("""
        accounting acoustics agriculture algebra anatomy anthropology archaeology architecture art astronomy biology botany calculus chemistry cinema commerce criminology
        dance design dentistry drama ecology economics education electronics engineering ethics fashion finance forestry genetics geography geology geometry grammar
        history journalism law linguistics literature logic marketing mathematics mechanics medicine metallurgy music nursing nutrition optics painting pharmacy
        philosophy phonetics physics poetry politics psychology rhetoric robotics sculpture sociology statistics surgery theatre theology topology zoology
        """);

    public static readonly string[] Sports = Words("""
        aikido archery badminton baseball basketball billiards bowling boxing canoeing caving chess climbing cricket croquet curling cycling darts diving dodgeball
        dominoes falconry fencing fishing football golf gymnastics handball hiking hockey hunting jogging judo juggling karate kendo lacrosse netball orienteering polo
        pilates pottery riding rowing rugby running sailing skating skiing snooker snowboarding softball squash sumo surfing swimming tennis volleyball walking
        windsurfing wrestling yoga
        """);

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
