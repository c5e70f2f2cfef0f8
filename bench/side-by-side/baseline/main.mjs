// The baseline's side of the protocol described in ../README.md: one command a process, one line of JSON as its answer.
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { embed } from "./embed.mjs";

// Only the commands that need a store load SQLite.
const openStore = async (folder) => new (await import("./store.mjs")).Store(folder);

const commands = {
  "vectors": vectors,
  "add-single": addSingle,
  "add-batch": addBatch,
  "add-concurrent": addConcurrent,
  "recall": recall,
  "cold": cold,
};

/** vectors CORPUS COUNT: SHA-256 of the vectors (little-endian float32) of the first messages. */
async function vectors(corpus, count) {
  const hashes = [...messages(corpus, 0, Number(count))]
    .map(({ text }) => createHash("sha256").update(Buffer.from(embed(text).buffer)).digest("hex"));
  return { hashes };
}

/** add-single FOLDER CORPUS SKIP COUNT: messages one after another, each durable before the next starts. */
async function addSingle(folder, corpus, skip, count) {
  return await timed(folder, messages(corpus, Number(skip), Number(count)), 1);
}

/** add-batch FOLDER CORPUS SKIP COUNT BATCH: messages in transactions of BATCH. */
async function addBatch(folder, corpus, skip, count, batch) {
  return await timed(folder, messages(corpus, Number(skip), Number(count)), Number(batch));
}

async function timed(folder, source, batch) {
  const store = await openStore(folder);
  const milliseconds = [];
  let count = 0;
  for (const group of groupsOf(source, batch)) {
    const start = performance.now();
    store.add(group);
    milliseconds.push(performance.now() - start);
    count += group.length;
  }
  const closing = performance.now();
  store.close();
  return { count, ...summary(milliseconds), seconds: sum(milliseconds) / 1000, close_ms: performance.now() - closing };
}

/** add-concurrent FOLDER CORPUS SKIP COUNT ADDERS: ADDERS callers, each waiting until its message is durable before its next. */
async function addConcurrent(folder, corpus, skip, count, adders) {
  const store = await openStore(folder);
  const source = [...messages(corpus, Number(skip), Number(count))];
  const milliseconds = [];
  let next = 0;
  const adder = async () => {
    while (next < source.length) {
      const message = source[next++];
      const start = performance.now();
      await store.addShared(message);
      milliseconds.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: Number(adders) }, adder));
  const seconds = (performance.now() - start) / 1000;
  store.close();
  return { count: source.length, ...summary(milliseconds), seconds };
}

/** recall FOLDER QUERIES WARMUPS: every question once, after WARMUPS unmeasured ones. */
async function recall(folder, queries, warmups) {
  const questions = readFileSync(queries, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
  const store = await openStore(folder);
  for (let i = 0; i < Number(warmups); i++) store.recall(questions[i % questions.length].text);
  const milliseconds = [];
  let found = 0;
  for (const { text, message } of questions) {
    const start = performance.now();
    const hits = store.recall(text);
    milliseconds.push(performance.now() - start);
    if (hits.some(({ id }) => id === message)) found++;
  }
  const memory = residentMemory();
  store.close();
  return {
    count: questions.length, ...summary(milliseconds), seconds: sum(milliseconds) / 1000, found: found / questions.length, ...memory,
  };
}

/** cold FOLDER QUESTION: opens the store and answers one question; the driver times the process from its start to this line. */
async function cold(folder, question) {
  const store = await openStore(folder);
  const hits = store.recall(question);
  return { count: hits.length, first: String(hits[0]?.id ?? "") };
}

/** Reads SKIP + COUNT lines of a file of any size without holding it. */
function* messages(corpus, skip, count) {
  const file = openSync(corpus, "r");
  const buffer = Buffer.allocUnsafe(1 << 20);
  let [rest, line] = ["", 0];
  try {
    for (let read; line < skip + count && (read = readSync(file, buffer)) > 0;) {
      const lines = (rest + buffer.toString("utf8", 0, read)).split("\n"); // ASCII, so no character is cut in two
      rest = lines.pop();
      for (const text of lines) {
        if (line >= skip + count) return;
        if (line++ >= skip) yield JSON.parse(text);
      }
    }
  } finally {
    closeSync(file);
  }
  if (line < skip + count) throw new Error(`${corpus} holds ${line} messages, ${skip + count} are needed; generate a larger corpus.`);
}

function* groupsOf(source, size) {
  let group = [];
  for (const message of source) {
    group.push(message);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

function summary(milliseconds) {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  return { p50_ms: at(0.5), p95_ms: at(0.95), max_ms: sorted.at(-1) };
}

/** VmRSS and VmHWM of this process in MB (10^6 bytes), of which how much is not backed by a file. */
function residentMemory() {
  const status = readFileSync("/proc/self/status", "utf8");
  const megabytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)[1]) * 1024 / 1e6;
  return { rss_mb: megabytes("VmRSS"), rss_anonymous_mb: megabytes("RssAnon"), peak_mb: megabytes("VmHWM") };
}

const [name, ...rest] = process.argv.slice(2);
if (name === "commands") {
  console.log(JSON.stringify({ operation: name, commands: Object.keys(commands) }));
} else if (name in commands) {
  console.log(JSON.stringify({ operation: name, ...(await commands[name](...rest)) }));
} else {
  console.error(`Unknown command "${name ?? ""}". Commands: commands, ${Object.keys(commands).join(", ")}.`);
  process.exitCode = 2;
}
