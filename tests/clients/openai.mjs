// The published `openai` package against a started server: only base URL and key are set. BASE_URL, KEY and VAULT come from the environment.
import assert from "node:assert/strict";
import OpenAI from "openai";

const { BASE_URL, KEY, VAULT } = process.env;
const client = new OpenAI({ baseURL: BASE_URL, apiKey: KEY, maxRetries: 0, defaultHeaders: { "X-MemOS-Vault": VAULT } });
const ask = (content, extra = {}) => client.chat.completions.create({ model: "echo", messages: [{ role: "user", content }], ...extra });

// An answer, and what was said in it known in the next conversation.
const first = await ask("My train to Vienna leaves at nine.");
assert.equal(first.object, "chat.completion");
assert.match(first.choices[0].message.content, /My train to Vienna leaves at nine\.$/);
const second = await ask("When does my train leave?");
assert.match(second.choices[0].message.content, /Notes from memory[\s\S]*leaves at nine[\s\S]*When does my train leave\?$/);
assert.equal(second.memos.vault, VAULT);
assert.ok(second.memos.memories.length > 0);
const { response } = await ask("And the train?").withResponse();
assert.ok(response.headers.get("x-memos-memories").length > 0);

// A stream.
let words = "";
let chunks = 0;
for await (const chunk of await ask("The ferry leaves at noon.", { stream: true })) {
  words += chunk.choices[0]?.delta?.content ?? "";
  chunks++;
}
assert.ok(chunks > 3);
assert.match(words, /The ferry leaves at noon\.$/);
assert.match((await ask("When does the ferry leave?")).choices[0].message.content, /leaves at noon/);

// A stream that the client gives up.
const stream = await ask("slowly: one two three", { model: "slow", stream: true });
for await (const _ of stream) {
  stream.controller.abort();
  break;
}

// Tools and parameters that the server does not know go through.
const called = await ask("What is the weather?", { model: "tools", tools: [{ type: "function", function: { name: "weather", parameters: {} } }], some_new_field: { deep: [1] } });
assert.equal(called.choices[0].message.tool_calls[0].function.name, "weather");

// Embeddings: the package asks for base64 by itself.
const embedded = await client.embeddings.create({ model: "memos", input: ["a red car", "a red cars", "the price of fish"] }).catch((error) => error);
assert.ok(embedded instanceof OpenAI.NotFoundError, "an unknown model is the endpoint's to refuse");
const models = [];
for await (const model of client.models.list()) models.push(model.id);
assert.ok(models.includes("echo"));
const builtIn = models.find((id) => id.startsWith("memos-"));
const vectors = (await client.embeddings.create({ model: builtIn, input: ["a red car", "two red cars", "the price of fish"] })).data.map((one) => one.embedding);
const floats = (await client.embeddings.create({ model: builtIn, input: "a red car", encoding_format: "float" })).data[0].embedding;
assert.deepEqual(vectors[0].map((value) => value.toFixed(5)), floats.map((value) => value.toFixed(5)));
const cosine = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
assert.ok(cosine(vectors[0], vectors[1]) > cosine(vectors[0], vectors[2]));
assert.equal((await client.models.retrieve(builtIn)).owned_by, "memos");

// Errors of the endpoint pass with status and body; our own are in the same form.
const limited = await ask("x", { model: "limited" }).catch((error) => error);
assert.ok(limited instanceof OpenAI.RateLimitError);
assert.match(limited.message, /Slow down, please/);
assert.equal(limited.headers.get("retry-after"), "7");
const stranger = new OpenAI({ baseURL: BASE_URL, apiKey: "memos-key-of-nobody-at-all", maxRetries: 0 });
assert.ok((await stranger.models.list().catch((error) => error)) instanceof OpenAI.AuthenticationError);

console.log("openai: ok");
