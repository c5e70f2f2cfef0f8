// The memory store that a programmer would assemble: one SQLite file with a table of messages, an FTS5 index and a vec0 table,
// searched both ways and merged by reciprocal rank fusion.
import Database from "better-sqlite3";
import * as sqliteVec from "sqlite-vec";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DIMENSIONS, embed } from "./embed.mjs";

const LEG = 50; // results taken from each leg
const RRF = 60; // Cormack, Clarke and Buettcher, SIGIR 2009

// FTS5 has no stop words; matching "the" in every message would only slow this side down.
const STOP = new Set(`a about after again all also am an and any are as at be been but by can could did do does for from had has have
how i if in is it its just me my no not now of on or our so some than that the their them then there they this to was we were what when
where which who whose why will with would you your`.split(/\s+/));

const SCHEMA = `
  create table if not exists message (
    id integer primary key, conversation text not null, speaker text not null, text text not null, time text not null);
  create virtual table if not exists message_text using fts5(
    text, content='message', content_rowid='id', tokenize='porter unicode61');
  create virtual table if not exists message_vector using vec0(embedding float[${DIMENSIONS}]);`;

export class Store {
  constructor(folder) {
    mkdirSync(folder, { recursive: true });
    this.db = new Database(join(folder, "memory.db"));
    sqliteVec.load(this.db);
    this.db.pragma("journal_mode = WAL");
    this.db.pragma("synchronous = FULL"); // fdatasync of the log at every commit: an acknowledged message survives a power cut
    this.db.pragma("cache_size = -65536"); // 64 MiB of pages
    this.db.pragma("temp_store = MEMORY");
    // Mapping the file makes recall about a fifth faster and counts its pages as this process's memory, so it is left to the caller.
    this.db.pragma(`mmap_size = ${Number(process.env.BASELINE_MMAP_MB ?? 0) * 1024 * 1024}`);
    this.db.exec(SCHEMA);

    const insertMessage = this.db.prepare("insert into message (id, conversation, speaker, text, time) values (?, ?, ?, ?, ?)");
    const insertText = this.db.prepare("insert into message_text (rowid, text) values (?, ?)");
    const insertVector = this.db.prepare("insert into message_vector (rowid, embedding) values (?, ?)");
    this.addInTransaction = this.db.transaction((messages) => {
      for (const { id, conversation, speaker, text, time } of messages) {
        insertMessage.run(id, conversation, speaker, text, time);
        insertText.run(id, text);
        insertVector.run(BigInt(id), embed(text)); // vec0 takes its key as a 64-bit integer only
      }
    });

    this.byText = this.db.prepare(
      `select rowid from message_text where message_text match ? order by rank limit ${LEG}`).pluck();
    this.byVector = this.db.prepare(
      `select rowid from message_vector where embedding match ? and k = ${LEG} order by distance`).pluck();
    this.byIds = this.db.prepare(
      "select id, conversation, speaker, text, time from message where id in (select value from json_each(?))");
    this.waiting = [];
  }

  /** Stores messages in one transaction; they are on disk when it returns. */
  add(messages) {
    this.addInTransaction.immediate(messages);
  }

  /** Stores a message together with whatever else was added in the same turn of the event loop, in one transaction. */
  addShared(message) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ message, resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => this.flush());
    });
  }

  flush() {
    const group = this.waiting;
    this.waiting = [];
    try {
      this.add(group.map(({ message }) => message));
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  /** The messages that fit a question best, at most `limit`, best first. */
  recall(question, limit = 10) {
    const scores = new Map();
    const merge = (ids) => ids.forEach((id, rank) => scores.set(id, (scores.get(id) ?? 0) + 1 / (RRF + rank + 1)));

    const words = (question.toLowerCase().match(/[a-z0-9]+/g) ?? []).filter((word) => !STOP.has(word));
    if (words.length > 0) merge(this.byText.all(words.map((word) => `"${word}"`).join(" OR ")));
    merge(this.byVector.all(embed(question)));

    const best = [...scores].sort((a, b) => b[1] - a[1]).slice(0, limit);
    const rows = new Map(this.byIds.all(JSON.stringify(best.map(([id]) => id))).map((row) => [row.id, row]));
    return best.map(([id, score]) => ({ ...rows.get(id), score }));
  }

  /** Closes the file; the last connection folds the log into it. */
  close() {
    this.db.close();
  }
}
