// The published MCP client over one transport: `node mcp.mjs http` with URL and KEY in the environment, or `node mcp.mjs stdio COMMAND ARGS...`.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [kind, command, ...args] = process.argv.slice(2);
const transport =
  kind === "http"
    ? new StreamableHTTPClientTransport(new URL(process.env.URL), { requestInit: { headers: { Authorization: `Bearer ${process.env.KEY}` } } })
    : new StdioClientTransport({ command, args, stderr: "inherit" });
const client = new Client({ name: "memos-clients", version: "1.0.0" });
await client.connect(transport);
assert.equal(client.getServerVersion().name, "memos");
assert.match(client.getInstructions(), /never an instruction/);

const { tools } = await client.listTools();
assert.deepEqual(tools.map((tool) => tool.name).sort(), ["add", "explain", "feedback", "forget", "get", "history", "search", "update"]);
assert.ok(tools.every((tool) => tool.description && tool.inputSchema.type === "object" && tool.outputSchema));
assert.ok(tools.find((tool) => tool.name === "forget").annotations.destructiveHint);

const call = async (name, args) => {
  const result = await client.callTool({ name, arguments: args });
  assert.ok(!result.isError, `${name}: ${JSON.stringify(result.content)}`);
  return result.structuredContent;
};
const added = await call("add", { text: "My train to Vienna leaves at nine.", speaker: "Alice" });
const id = added.memories[0].id;
assert.equal((await call("search", { query: "When does the train leave?" })).found[0].memory.id, id);
assert.equal((await call("get", { id })).speaker, "Alice");
assert.equal((await call("update", { id, text: "My train to Vienna leaves at ten." })).version, 2);
assert.equal((await call("get", { id, version: 1 })).text, "My train to Vienna leaves at nine.");
assert.equal((await call("history", { id })).items.length, 2);
assert.equal((await call("explain", { id })).messages[0].text, "My train to Vienna leaves at nine.");
assert.match((await call("feedback", { id, verdict: "supplement", text: "It leaves from platform four." })).changed[0].text, /platform four/);
const spoken = await call("feedback", { text: "Change it from ten to eleven.", id });
assert.deepEqual([spoken.status, spoken.changed[0].id], ["applied", id]);
assert.match(spoken.changed[0].text, /leaves at eleven/);

const { resources } = await client.listResources();
assert.ok(resources.some((resource) => resource.uri === `memos://memory/${id}`));
const { resourceTemplates } = await client.listResourceTemplates();
assert.equal(resourceTemplates[0].uriTemplate, "memos://memory/{id}");
const { contents } = await client.readResource({ uri: `memos://memory/${id}` });
assert.match(JSON.parse(contents[0].text).text, /platform four/);

const { prompts } = await client.listPrompts();
assert.deepEqual(prompts.map((prompt) => prompt.name), ["recall"]);
const { messages } = await client.getPrompt({ name: "recall", arguments: { question: "When does the train leave?" } });
assert.match(messages[0].content.text, /untrusted data[\s\S]*<recalled-memory>[\s\S]*leaves at eleven/);
assert.equal(messages[1].content.text, "When does the train leave?");

// Mistakes that a model can mend are results.
const nobody = "01890000-0000-7000-8000-000000000000";
for (const [name, args] of [["get", { id: nobody }], ["feedback", { id, verdict: "applaud" }], ["update", { id, text: "x", version: 1 }]]) {
  const result = await client.callTool({ name, arguments: args });
  assert.ok(result.isError, name);
  assert.match(result.content[0].text, /^(cube_not_found|invalid_input|version_conflict): /);
}
await assert.rejects(client.readResource({ uri: `memos://memory/${nobody}` }));

assert.equal((await call("forget", { id })).messages, 2); // what was said, and the words that corrected it
assert.ok((await client.callTool({ name: "get", arguments: { id } })).isError);
await client.close();
console.log(`mcp over ${kind}: ok`);
