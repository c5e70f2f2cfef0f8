// Word lists and sentence templates of the generated conversations. Plain ASCII, so that both contenders cut the same words.

const list = (text) => text.trim().split(/\s+/);

export const names = list(`
Anna Ben Carla David Elena Farid Grace Hugo Ines Jonas Kira Liam Mona Nadia Oscar Priya Quentin Rosa Samir Tessa Umar Vera Wendy Xavier
Yusuf Zoe Alma Boris Celia Dario Edith Felix Gwen Hamid Irene Jorge Karin Leo Marta Nils Olga Pablo Rita Stefan Tomas Ursula Viktor Willa
Yara Zeno Amelie Bjorn Clara Dmitri Esther Fiona Gustav Helga Ivan Julia Klaus Lucia Mateo Noor Otto Paula Renata Selma Teodor Vanja`);

export const places = list(`
Lisbon Oslo Kyoto Tartu Valencia Bergen Dresden Porto Nairobi Quito Lima Hanoi Galway Malmo Turin Leeds Lyon Ghent Bruges Krakow Split Zadar
Sofia Plovdiv Varna Izmir Tunis Fez Accra Dakar Mombasa Windhoek Perth Hobart Dunedin Suva Boise Tucson Halifax Calgary Merida Oaxaca Cusco
Salta Mendoza Recife Natal Cadiz Girona Bilbao Arles Nantes Rennes Basel Graz Linz Brno Kosice Vilnius Riga Narva Tampere Turku Bodo`);

export const foods = list(`
lasagna ramen paella dumplings pancakes curry risotto tacos falafel hummus goulash pierogi chowder gnocchi ceviche moussaka shakshuka biryani
porridge waffles focaccia granola pesto tempura couscous lentils mushrooms spinach salmon halibut chickpeas aubergine pumpkin rhubarb cherries
apricots figs walnuts almonds pistachios cheesecake brownies strudel marzipan custard espresso matcha cocoa lemonade kombucha`);

export const activities = list(`
climbing rowing painting gardening knitting cycling hiking swimming fencing archery pottery woodworking birdwatching skating sailing dancing
baking brewing photography calligraphy chess juggling beekeeping kayaking surfing yoga running bouldering origami embroidery stargazing
volunteering translating tutoring blogging composing drumming singing camping fishing foraging sketching programming welding`);

export const things = list(`
bicycle guitar laptop camera violin backpack tent kettle notebook passport umbrella telescope piano ladder mirror blanket lantern compass
keyboard printer headset tripod canoe stove freezer heater carpet bookshelf armchair desk lamp vase teapot jacket scarf helmet boots gloves
suitcase wallet bracelet necklace watch drone scooter trailer trampoline hammock microscope easel loom anvil chisel drill saw hammer wrench
invoice contract ticket receipt manuscript recipe playlist spreadsheet presentation calendar portfolio certificate prescription parcel`);

export const pets = list(`dog cat parrot rabbit hamster tortoise pony goat ferret canary gecko hedgehog spaniel terrier kitten puppy foal duck`);

export const people = list(`
sister brother mother father aunt uncle cousin nephew niece grandmother grandfather neighbour landlord dentist doctor lawyer teacher coach
boss colleague roommate friend partner plumber electrician mechanic accountant librarian baker pharmacist therapist surgeon tutor client`);

export const jobs = list(`
architect nurse carpenter translator pilot chemist geologist journalist editor photographer gardener cook baker welder surveyor analyst
programmer designer curator archivist biologist economist engineer firefighter paramedic farmer sailor tailor jeweller potter`);

export const adjectives = list(`
quiet noisy bright gloomy cosy spacious cramped ancient modern fragile sturdy cheap expensive delicious bitter salty sweet awkward gentle
stubborn generous nervous cheerful tired restless proud jealous curious patient clumsy brilliant strange familiar remote crowded empty dusty
spotless rusty polished wooden golden crimson turquoise emerald striped checkered enormous tiny narrow steep slippery foggy sunny windy humid
frozen mild dramatic boring thrilling peaceful hectic confusing obvious subtle genuine fake borrowed stolen missing broken repaired brand-new`);

export const pastVerbs = list(`
bought sold repaired lost found borrowed returned painted cleaned packed ordered cancelled finished started forgot remembered noticed
mentioned recommended planned organised recorded photographed measured compared tested wrapped unwrapped carried dropped replaced rented
inherited donated auctioned sketched assembled dismantled varnished mended upgraded downloaded printed translated rehearsed postponed`);

export const days = list(`Monday Tuesday Wednesday Thursday Friday Saturday Sunday yesterday today tomorrow tonight`);
export const months = list(`January February March April May June July August September October November December`);
export const feelings = list(`
happy sad anxious relieved excited exhausted grateful annoyed hopeful lonely calm furious embarrassed inspired homesick optimistic bored
surprised confident overwhelmed`);

// {coined} is a made-up name (a brand, a title, a street, a surname) from a long tail of several thousand.
export const templates = [
  "I finally {pastVerb} the {adjective} {thing} that {name} told me about when we were in {place}.",
  "Did I tell you that my {person} moved to {place} in {month} to work as a {job} at {coined}?",
  "We went {activity} with {name} near {place} on {day} and the weather was {adjective} but fun.",
  "My {person} {pastVerb} a {thing} from {coined} and paid {number} for it, can you believe that?",
  "I have been reading {coined} by {coined} and it makes me feel rather {feeling} about the {thing}.",
  "For dinner I made {food} with {food}, and {name} said it was the most {adjective} thing ever.",
  "The {pet} of {name} is called {coined} and it {pastVerb} my {thing} again this {day} morning.",
  "Remind me to call the {person} about the {adjective} {thing} before {day}, the number ends in {number}.",
  "I am feeling {feeling} because the meeting with {coined} about the {thing} was moved to {month} {day2}.",
  "{name} and I want to start {activity} together after {month}, there is a {adjective} club on {coined} street.",
  "Last week in {place} we tasted {food} at a {adjective} little restaurant called {coined}, you would love it.",
  "Honestly I never liked {food}, I am allergic to {food} and my {person} always forgets about that.",
  "The {job} from {coined} {pastVerb} our {thing}, so we could not finish the {activity} course in {place}.",
  "Guess what, {name} got engaged to a {job} from {place}, and the wedding is planned for {month}!",
  "I keep losing my {thing}, so I {pastVerb} a {adjective} one at the {coined} market for {number} euros.",
  "When I was a child in {place}, my {person} taught me {activity} and how to cook {food} properly.",
  "Our flight to {place} leaves on {month} {day2} at {hour} in the morning, so please bring the {adjective} {thing} and your passport.",
  "How is the {adjective} {pet}? I still have the {thing} you lent me when {name} visited us from {place} last {month}.",
  "My new job at {coined} begins in {month}, I will be a {job} and report to {name} {coined}, which makes me {feeling}.",
  "After {activity} for {number} minutes I was so {feeling} that I ordered {food} and {food} and slept until {hour} the next day.",
  "{name} {pastVerb} the {thing} on {day}, then the {person} {pastVerb} the {adjective} {thing} too, and now nobody knows where the {coined} keys are.",
  "Thanks, {name}, the {food} was {adjective} and great.",
  "No, the {thing} is still in {place}.",
  "Yes, {activity} with your {person} sounds very {adjective} to me!",
  "{coined} called about your {adjective} {thing} this {day} morning.",
  "If you ever visit {place}, go to the {coined} museum, ask for the {job} named {name}, and look at the {adjective} {thing} on the second floor.",
];

// Each question is asked of a message that filled the same slots.
export const questions = [
  [["name", "thing"], "What did {name} say about the {thing}?"],
  [["person", "place"], "When did the {person} move to {place}?"],
  [["activity", "place"], "Who went {activity} near {place}?"],
  [["coined", "thing"], "Which {thing} came from {coined}?"],
  [["coined", "name"], "How is {coined} related to {name}?"],
  [["food", "person"], "What does my {person} forget about {food}?"],
  [["pet", "coined"], "Whose {pet} is called {coined}?"],
  [["job", "place"], "Who works as a {job} in {place}?"],
  [["thing", "adjective"], "Where is the {adjective} {thing} now?"],
  [["food", "coined"], "Where did we taste {food}, was it at {coined}?"],
  [["name", "activity"], "When do {name} and I start {activity}?"],
  [["place", "month"], "What happened in {place} in {month}?"],
  [["feeling", "coined"], "Why did {coined} make me {feeling}?"],
];
