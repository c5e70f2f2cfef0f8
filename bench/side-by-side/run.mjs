// Runs the contenders against each other and writes results.json and results.md. See README.md for what is measured and how.
import { spawn } from "node:child_process";
import {
  closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync,
} from "node:fs";
import { arch, cpus, release, tmpdir, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeCorpus } from "./corpus.mjs";
import { median, table } from "./table.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const SINGLE = 1_000; // messages in the single and concurrent adds
const BATCH = 100;
const ADDERS = 16;
const WARMUPS = 20;
const COLD_RUNS = 7;
const MILLION = 1_000_000;

const { values: options } = parseArgs({
  options: {
    sizes: { type: "string", default: "1000,10000,100000" },
    million: { type: "boolean", default: false },
    repeat: { type: "string", default: "3" },
    out: { type: "string" },
    work: { type: "string", default: tmpdir() },
    ours: { type: "string", default: join(here, "../../artifacts/side-by-side/MemOS.SideBySide") },
    baseline: { type: "string", default: `${process.execPath} ${join(here, "baseline/main.mjs")}` },
    only: { type: "string" },
  },
});
if (!options.out) {
  console.error(`usage: node run.mjs --out DIR [--sizes 1000,10000,100000] [--million] [--repeat 3] [--work DIR on the disk to measure]
    [--ours "COMMAND"] [--baseline "COMMAND"] [--only ours|baseline]`);
  process.exit(2);
}
const sizes = options.sizes.split(",").map(Number);
const repeats = Number(options.repeat);
if (sizes.some((size) => !(size >= SINGLE)) || !(repeats >= 1)) {
  console.error(`--sizes must each be at least ${SINGLE} and --repeat at least 1.`);
  process.exit(2);
}

const contenders = ["ours", "baseline"]
  .filter((name) => !options.only || options.only === name)
  .map((name) => ({ name, command: options[name].split(/\s+/) }));
const rows = new Map(); // row title -> { unit, better, values: { contender: [number] } }
const log = []; // every answer as it came

/** Starts one process of a contender and returns its answer and the milliseconds from the start to its first line. */
function run(contender, ...args) {
  const [file, ...fixed] = contender.command;
  return new Promise((done, fail) => {
    const start = performance.now();
    let [output, first] = ["", 0];
    const child = spawn(file, [...fixed, ...args.map(String)], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (first === 0 && output.includes("\n")) first = performance.now() - start;
    });
    child.on("error", (cause) => fail(new Error(`${contender.name} cannot be started as "${file}"; see README.md for how to build it.`, { cause })));
    child.on("close", (code) => {
      if (code !== 0) return fail(new Error(`${contender.name} ${args[0]} ended with exit code ${code}.`));
      const answer = { ...JSON.parse(output.split("\n")[0]), first_line_ms: first };
      log.push({ contender: contender.name, arguments: args, answer });
      done(answer);
    });
  });
}

function record(title, unit, better, contender, value) {
  if (!rows.has(title)) rows.set(title, { unit, better, values: {} });
  (rows.get(title).values[contender.name] ??= []).push(value);
}

/** The order changes with the round, so that neither side always runs on the warmer machine. */
function inTurn(round, command, among = contenders) {
  const able = among.filter(({ commands }) => commands.includes(command));
  return round % 2 === 0 ? able : able.toReversed();
}

/** The disk's own speed: 4 KiB written and flushed, as a log commit does, first appended and then over what is there. */
function fdatasyncMilliseconds(folder) {
  const path = join(folder, "fdatasync");
  const file = openSync(path, "w");
  const page = Buffer.alloc(4096, 1);
  const pass = () => median(Array.from({ length: 1000 }, (_, at) => {
    const start = performance.now();
    writeSync(file, page, 0, page.length, at * page.length);
    fdatasyncSync(file);
    return performance.now() - start;
  }));
  const measured = { append_ms: pass(), overwrite_ms: pass() };
  closeSync(file);
  rmSync(path);
  return measured;
}

const bytesIn = (folder) => readdirSync(folder, { recursive: true })
  .map((name) => statSync(join(folder, name)))
  .reduce((total, entry) => total + (entry.isFile() ? entry.size : 0), 0);

const label = (size) => (size >= MILLION ? `${size / MILLION}M` : `${size / 1000}k`);

async function emptyStoreAdds(round) {
  for (const contender of inTurn(round, "add-single")) {
    const folder = join(work, `${contender.name}-single-${round}`);
    const answer = await run(contender, "add-single", folder, corpus, 0, SINGLE);
    record("single adds a second, empty store", "1/s", "high", contender, answer.count / answer.seconds);
    record("single add p95, empty store", "ms", "low", contender, answer.p95_ms);
    rmSync(folder, { recursive: true });
  }
  for (const contender of inTurn(round, "add-concurrent")) {
    const folder = join(work, `${contender.name}-concurrent-${round}`);
    const answer = await run(contender, "add-concurrent", folder, corpus, 0, SINGLE * 4, ADDERS);
    record(`adds a second of ${ADDERS} concurrent single adders`, "1/s", "high", contender, answer.count / answer.seconds);
    record(`single add p95 of ${ADDERS} concurrent adders`, "ms", "low", contender, answer.p95_ms);
    rmSync(folder, { recursive: true });
  }
}

async function atSize(size, round, among = contenders) {
  const at = label(size);
  const folder = (contender) => join(work, `${contender.name}-${at}-${round}`);
  for (const contender of inTurn(round, "add-batch", among)) {
    const answer = await run(contender, "add-batch", folder(contender), corpus, 0, size, BATCH);
    record(`adds a second in batches of ${BATCH}, building ${at}`, "1/s", "high", contender, answer.count / answer.seconds);
    record(`size on disk at ${at}`, "MB", "low", contender, bytesIn(folder(contender)) / 1e6);
  }
  for (const contender of inTurn(round, "recall", among)) {
    const answer = await run(contender, "recall", folder(contender), queries, WARMUPS);
    record(`recall p50 at ${at}`, "ms", "low", contender, answer.p50_ms);
    record(`recall p95 at ${at}`, "ms", "low", contender, answer.p95_ms);
    record(`resident memory after recall at ${at}`, "MB", "low", contender, answer.rss_mb);
    record(`peak resident memory in recall at ${at}`, "MB", "low", contender, answer.peak_mb);
    record(`questions whose message is in the first 10 at ${at}`, "share", "high", contender, answer.found);
  }
  if (round === 0) {
    for (let again = 0; again < COLD_RUNS; again++) {
      for (const contender of inTurn(again, "cold", among)) {
        const answer = await run(contender, "cold", folder(contender), question);
        record(`cold start to first result at ${at}`, "ms", "low", contender, answer.first_line_ms);
      }
    }
    for (const contender of among) await coldWithoutIndex(contender, folder(contender), at);
  }
  for (const contender of inTurn(round, "add-single", among)) { // last: it changes the store
    const answer = await run(contender, "add-single", folder(contender), corpus, size, SINGLE);
    record(`single adds a second at ${at}`, "1/s", "high", contender, answer.count / answer.seconds);
  }
  for (const contender of among) rmSync(folder(contender), { recursive: true, force: true });
}

// A contender that keeps a copy of what it holds in memory makes it anew where the copy is missing.
async function coldWithoutIndex(contender, folder, at) {
  for (let again = 0; again < COLD_RUNS; again++) {
    const copies = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith("recall.index"));
    if (copies.length === 0 && again === 0) return;
    for (const copy of copies) rmSync(join(folder, copy));
    const answer = await run(contender, "cold", folder, question);
    record(`cold start to first result at ${at}, index rebuilt`, "ms", "low", contender, answer.first_line_ms);
  }
}

const out = resolve(options.out);
mkdirSync(out, { recursive: true });
const work = mkdtempSync(join(resolve(options.work), "memos-side-by-side-"));
let corpus, queries, question;
try {
  const made = writeCorpus(work, Math.max(...sizes, SINGLE * 4, options.million ? MILLION : 0) + SINGLE);
  ({ corpus, queries } = made);
  question = JSON.parse(readFileSync(queries, "utf8").split("\n")[0]).text;
  const machine = {
    processor: cpus()[0].model, processors: cpus().length, memory_gb: Math.round(totalmem() / 1e9),
    system: `${process.platform} ${release()} ${arch()}`, node: process.version, fdatasync: fdatasyncMilliseconds(work),
  };
  console.error(`fdatasync of 4 KiB: ${JSON.stringify(machine.fdatasync)}`);

  for (const contender of contenders) contender.commands = (await run(contender, "commands")).commands;
  const hashes = [];
  for (const contender of inTurn(0, "vectors")) hashes.push((await run(contender, "vectors", corpus, 5)).hashes.join());
  if (new Set(hashes).size > 1) throw new Error("The contenders make different vectors of the same texts; nothing was measured.");

  for (let round = 0; round < repeats; round++) {
    console.error(`round ${round + 1} of ${repeats}`);
    await emptyStoreAdds(round);
    for (const size of sizes) await atSize(size, round);
  }
  if (options.million) {
    console.error("one million messages, ours only");
    await atSize(MILLION, 0, contenders.filter(({ name }) => name === "ours"));
  }
  machine.fdatasync_after = fdatasyncMilliseconds(work);

  const results = {
    machine,
    corpus: {
      count: made.count, words: made.words, vocabulary: made.vocabulary, sha256: made.corpusSha256, queries_sha256: made.queriesSha256,
    },
    repeats,
    rows: [...rows].map(([title, { unit, better, values }]) => ({
      title, unit, better, median: Object.fromEntries(Object.entries(values).map(([name, all]) => [name, median(all)])), all: values,
    })),
    runs: log,
  };
  writeFileSync(join(out, "results.json"), JSON.stringify(results, null, 2) + "\n");
  writeFileSync(join(out, "results.md"), table(results));
  console.log(table(results));
} finally {
  rmSync(work, { recursive: true, force: true });
}
