// Writes the corpus of the side-by-side comparison: `node corpus.mjs FOLDER COUNT` makes FOLDER/corpus.jsonl and FOLDER/queries.jsonl.
// Every run gives the same bytes, and a smaller corpus is a prefix of a larger one, so the questions (asked of the first 1,000
// messages) have an answer at every size.
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, writeSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as words from "./words.mjs";

const SEED = 20250611;
const COINED = 8_000;
const QUERIES = 200;
const START = Date.UTC(2023, 0, 2, 8, 0, 0);

/** sfc32: a small generator with 128 bits of state, the same on every platform. */
function randomFrom(seed) {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1];
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}

/** Draws from a list with probability proportional to 1 / (rank + 2.7), the Zipf-Mandelbrot shape of natural text. */
function zipf(list) {
  const cumulative = new Float64Array(list.length);
  let total = 0;
  list.forEach((_, rank) => (cumulative[rank] = total += 1 / (rank + 2.7)));
  return (random) => {
    const at = random() * total;
    let [low, high] = [0, list.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] < at) low = middle + 1;
      else high = middle;
    }
    return list[low];
  };
}

function coinedNames(random) {
  const onsets = ["b", "br", "c", "d", "dr", "f", "g", "gl", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "w", "z"];
  const vowels = ["a", "e", "i", "o", "u", "ai", "ea", "io"];
  const codas = ["", "", "n", "r", "l", "s", "nd", "th", "x", "m"];
  const pick = (from) => from[Math.floor(random() * from.length)];
  const made = new Set();
  while (made.size < COINED) {
    const syllables = 2 + Math.floor(random() * 2);
    let word = "";
    for (let i = 0; i < syllables; i++) word += pick(onsets) + pick(vowels) + pick(codas);
    made.add(word[0].toUpperCase() + word.slice(1));
  }
  return [...made];
}

/** Yields messages without end, each with the slots that filled it (for the questions). */
function* conversationsOf(random) {
  const slots = {
    name: zipf(words.names), place: zipf(words.places), food: zipf(words.foods), activity: zipf(words.activities),
    thing: zipf(words.things), pet: zipf(words.pets), person: zipf(words.people), job: zipf(words.jobs),
    adjective: zipf(words.adjectives), pastVerb: zipf(words.pastVerbs), day: zipf(words.days), month: zipf(words.months),
    feeling: zipf(words.feelings), coined: zipf(coinedNames(random)),
    number: (next) => String(5 + Math.floor(next() * 995)),
    day2: (next) => String(1 + Math.floor(next() * 28)),
    hour: (next) => `${5 + Math.floor(next() * 17)}:${String(Math.floor(next() * 60)).padStart(2, "0")}`,
  };
  let time = START;
  let id = 0;
  for (let conversation = 1; ; conversation++) {
    const speakers = [slots.name(random), slots.name(random)];
    const turns = 40 + Math.floor(random() * 320);
    time += 3_600_000 * (1 + Math.floor(random() * 40));
    for (let turn = 0; turn < turns; turn++) {
      const filled = {};
      const template = words.templates[Math.floor(random() * words.templates.length)];
      const text = template.replace(/\{(\w+)\}/g, (_, slot) => (filled[slot] = slots[slot](random)));
      time += 1000 * (5 + Math.floor(random() * 240));
      id++;
      yield {
        message: { id, conversation: `c${conversation}`, speaker: speakers[turn % 2], time: new Date(time).toISOString(), text },
        filled,
      };
    }
  }
}

/** Writes both files and returns what they hold. */
export function writeCorpus(folder, count) {
  mkdirSync(folder, { recursive: true });
  const random = randomFrom(SEED);
  const asked = randomFrom(SEED + 1);
  const corpus = join(folder, "corpus.jsonl");
  const queries = join(folder, "queries.jsonl");
  const file = openSync(corpus, "w");
  const hash = createHash("sha256");
  const vocabulary = new Set();
  const first = [];
  let [pending, total] = ["", 0];
  const flush = () => { hash.update(pending); writeSync(file, pending); pending = ""; };
  for (const { message, filled } of conversationsOf(random)) {
    if (message.id > count) break;
    if (message.id <= 1000) first.push({ id: message.id, filled });
    for (const word of message.text.toLowerCase().match(/[a-z0-9]+/g)) { vocabulary.add(word); total++; }
    pending += JSON.stringify(message) + "\n";
    if (pending.length > 1 << 20) flush();
  }
  flush();
  closeSync(file);

  const lines = [];
  while (lines.length < QUERIES) {
    const source = first[Math.floor(asked() * first.length)];
    const fitting = words.questions.filter(([needed]) => needed.every((slot) => slot in source.filled));
    if (fitting.length === 0) continue;
    const [, question] = fitting[Math.floor(asked() * fitting.length)];
    const text = question.replace(/\{(\w+)\}/g, (_, slot) => source.filled[slot]);
    lines.push(JSON.stringify({ id: lines.length + 1, text, message: source.id }) + "\n");
  }
  writeFileSync(queries, lines.join(""));
  return {
    corpus, queries, count, words: total, vocabulary: vocabulary.size,
    corpusSha256: hash.digest("hex"), queriesSha256: createHash("sha256").update(lines.join("")).digest("hex"),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, count] = process.argv.slice(2);
  if (!folder || !(Number(count) >= 1000)) {
    console.error("usage: node corpus.mjs FOLDER COUNT   (COUNT at least 1000: the questions are asked of the first 1,000 messages)");
    process.exit(2);
  }
  console.log(JSON.stringify(writeCorpus(folder, Number(count)), null, 2));
}
