using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MemOS.Server.Tests.Hostile;

/// <summary>Makes requests over every address of the server that begin as valid ones and are broken at random. The same seed makes the same requests.</summary>
/// <param name="seed">The seed.</param>
/// <param name="vaults">Names of vaults to aim at.</param>
/// <param name="cubes">Ids of memories to aim at.</param>
internal sealed class RequestFuzz(int seed, string[] vaults, string[] cubes)
{
    // {v} a vault, {c} a memory. A body may be sent to any address.
    private static readonly (string Method, string Path, string Body)[] Seeds =
    [
        ("POST", "/product/add", """{"user_id":"{v}","writable_cube_ids":["{v}"],"async_mode":"sync","mode":"fast","session_id":"s","custom_tags":["t"],"info":{"a":1},"messages":[{"role":"user","content":[{"type":"text","text":"hello"},{"type":"image_url","image_url":{"url":"http://x/y.png"}}],"chat_time":"2026-01-02 10:00:00","name":"Ann","message_id":"m1"},{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]}"""),
        ("POST", "/product/search", """{"query":"safe code","user_id":"{v}","readable_cube_ids":["{v}","g"],"top_k":5,"relativity":0,"dedup":"sim","pref_top_k":2,"tool_mem_top_k":1,"include_preference":true,"reference_time":"2026-01-02","filter":{"and":[{"tags":{"contains":"t"}},{"or":[{"a":{"gte":1}},{"created_at":{"gt":"2026-01-01"}}]}]}}"""),
        ("POST", "/product/delete_memory", """{"writable_cube_ids":["{v}"],"memory_ids":["{c}"],"filter":{"a":{"in":[1,2]}},"session_id":"none such"}"""),
        ("POST", "/product/get_memory", """{"mem_cube_id":"{v}","include_preference":true,"page":1,"page_size":5,"filter":{"memory_type":"UserMemory"}}"""),
        ("GET", "/product/get_memory/{c}", ""),
        ("POST", "/product/create_cube", """{"cube_name":"{v}","owner_id":"o","cube_id":"{v}","cube_path":"/etc"}"""),
        ("POST", "/product/exist_mem_cube_id", """{"mem_cube_id":"{v}"}"""),
        ("GET", "/api/v1/vaults?after=a&limit=5", ""),
        ("POST", "/api/v1/vaults", """{"id":"{v}"}"""),
        ("GET", "/api/v1/vaults/{v}", ""),
        ("DELETE", "/api/v1/vaults/{v}", ""),
        ("POST", "/api/v1/vaults/{v}/rollback", """{"as_of":"2026-01-01T00:00:00Z"}"""),
        ("POST", "/api/v1/vaults/{v}/settle", ""),
        ("POST", "/api/v1/vaults/{v}/messages", """{"conversation":"c","messages":[{"id":"1","role":"user","speaker":"Ann","text":"hello","time":"2026-01-02T10:00:00Z","tags":["t"],"info":{"a":1,"b":true},"attachments":[{"kind":"image","caption":"a dog"}],"tool_calls":[{"name":"f","arguments":"{}"}]}]}"""),
        ("GET", "/api/v1/vaults/{v}/messages?conversation=c&after=0&limit=5", ""),
        ("POST", "/api/v1/vaults/{v}/documents", """{"name":"n.md","text":"# A\n\nB","tags":["t"],"format":"markdown","time":"2026-01-02"}"""),
        ("POST", "/api/v1/vaults/{v}/recall", """{"text":"safe code","limit":5,"token_budget":100,"filter":{"not":{"speaker":{"in":["Bob"]}}},"reference_time":"2026-01-02T10:00:00Z","as_of":"2026-01-02T10:00:00Z","include_archived":true,"minimum_relevance":0.1}"""),
        ("GET", "/api/v1/vaults/{v}/cubes?state=activated&type=fact&after=0&limit=5", ""),
        ("POST", "/api/v1/vaults/{v}/cubes", """{"text":"a fact","type":"fact","origin":"user_input","entities":["Ann"],"tags":["t"],"info":{"a":"b"},"governance":{"layer":"private","readers":["r"],"priority":5,"half_life_hours":24},"valid":{"from":"2026-01-01T00:00:00Z"}}"""),
        ("GET", "/api/v1/vaults/{v}/cubes/{c}?version=1&branch=b&as_of=2026-01-01", ""),
        ("PATCH", "/api/v1/vaults/{v}/cubes/{c}", """{"text":"changed","mode":"append","expected_version":1,"tags":["t"],"branch":"b"}"""),
        ("GET", "/api/v1/vaults/{v}/cubes/{c}/explain", ""),
        ("POST", "/api/v1/vaults/{v}/cubes/{c}/feedback", """{"verdict":"correct","text":"so","expected_version":1}"""),
        ("GET", "/api/v1/vaults/{v}/cubes/{c}/usage", ""),
        ("GET", "/api/v1/vaults/{v}/cubes/{c}/payload", ""),
        ("GET", "/api/v1/vaults/{v}/cubes/{c}/versions?branch=b", ""),
        ("GET", "/api/v1/vaults/{v}/cubes/{c}/diff?before=1&after=2", ""),
        ("GET", "/api/v1/vaults/{v}/cubes/{c}/lineage", ""),
        ("POST", "/api/v1/vaults/{v}/cubes/{c}/rollback", """{"version":1,"expected_version":2}"""),
        ("POST", "/api/v1/vaults/{v}/cubes/{c}/transition", """{"state":"archived","expected_version":1}"""),
        ("POST", "/api/v1/vaults/{v}/cubes/fuse", """{"cubes":["{c}","{c}"]}"""),
        ("POST", "/api/v1/vaults/{v}/cubes/compose", """{"cubes":["{c}"]}"""),
        ("POST", "/api/v1/vaults/{v}/cubes/{c}/slice", """{"cuts":[3]}"""),
        ("POST", "/api/v1/vaults/{v}/cubes/{c}/join", ""),
        ("POST", "/api/v1/vaults/{v}/cubes/{c}/unfuse", ""),
        ("GET", "/api/v1/vaults/{v}/cubes/{c}/resolve", ""),
        ("GET", "/api/v1/vaults/{v}/branches", ""),
        ("POST", "/api/v1/vaults/{v}/branches", """{"name":"b"}"""),
        ("POST", "/api/v1/vaults/{v}/branches/b/merge", ""),
        ("DELETE", "/api/v1/vaults/{v}/branches/b", ""),
        ("POST", "/api/v1/vaults/{v}/forget", """{"cubes":["{c}"],"messages":["none"],"conversation":"none","filter":{"speaker":"Nobody"}}"""),
        ("GET", "/api/v1/vaults/{v}/audit?from=2026-01-01&caller=c&operation=add&cube={c}&limit=5", ""),
        ("GET", "/api/v1/vaults/{v}/jobs/dead?limit=5", ""),
        ("POST", "/api/v1/vaults/{v}/jobs/1/retry", ""),
        ("POST", "/api/v1/vaults/{v}/feedback", """{"text":"No, the boat is green, not blue.","conversation":"c","speaker":"Ann","time":"2026-01-02","about":["{c}"],"erase":false}"""),
        ("GET", "/api/v1/vaults/{v}/export", ""),
        ("GET", "/api/v1/keys", ""),
        ("POST", "/api/v1/keys", """{"name":"n","vaults":["{v}","*"]}"""),
        ("DELETE", "/api/v1/keys/{c}", ""),
        ("POST", "/v1/chat/completions", """{"model":"echo","memos":{"vault":"{v}"},"messages":[{"role":"system","content":"x"},{"role":"user","content":[{"type":"text","text":"safe code"}]}],"temperature":0.5}"""),
        ("POST", "/v1/embeddings", """{"model":"memos-hash-v1","input":["a","b"],"encoding_format":"float","dimensions":256}"""),
        ("GET", "/v1/models", ""),
        ("GET", "/v1/models/{v}", ""),
        ("POST", "/mcp?vault={v}", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"safe code","limit":5}}}"""),
        ("POST", "/mcp?vault={v}", """{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"get","arguments":{"id":"{c}","version":1}}}"""),
        ("POST", "/mcp", """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"f","version":"1"}}}"""),
        ("POST", "/mcp", """{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"memos://memory/{c}"}}"""),
        ("POST", "/mcp", """{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"recall","arguments":{"question":"safe code"}}}"""),
        ("POST", "/mcp", """{"jsonrpc":"2.0","method":"notifications/initialized"}"""),
        ("GET", "/mcp", ""),
        ("DELETE", "/mcp", ""),
        ("GET", "/openapi/v1.json", ""),
        ("GET", "/health", ""),
    ];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "99999999999999999999", "0.5", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[null]", "[[[[]]]]", "\"2026-02-31\"",
        "{\"and\":[]}", "{\"in\":1}", "\"../../admin.key\"", "\"*\"", "\"" + new string('z', 300) + "\"",
    ];

    private static readonly string[] Tricks = ["..", "%2e%2e", "%2e%2e%2f%2e%2e%2fadmin.key", "..%5c..", "%00", "%0d%0aX-A:%20b", "%ff", "%F0%9F%98%80", "a%2Fb", "con", "admin.key", "*", "%2A", new string('n', 300), ";a=b", "%"];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"];

    private readonly Random _random = new(seed);

    /// <summary>The next request.</summary>
    public HttpRequestMessage Next()
    {
        (string method, string path, string body) = Pick(Seeds);
        string vault = _random.Next(8) == 0 ? Pick(Tricks) : Uri.EscapeDataString(Pick(vaults));
        string cube = _random.Next(8) == 0 ? Pick(Tricks) : Pick(cubes);
        string target = path.Replace("{v}", vault, StringComparison.Ordinal).Replace("{c}", cube, StringComparison.Ordinal);
        if (_random.Next(12) == 0)
        {
            target += Pick(["?limit=-1", "?limit=x", "&limit=99999999999", "?after=%ff", "/../..", "/%2e%2e/keys", "//", "?branch=%00", "?version=0"]);
        }

        HttpRequestMessage request = new(new HttpMethod(_random.Next(12) == 0 ? Pick(Methods) : method), new Uri(target, UriKind.Relative));
        if (body.Length > 0 && _random.Next(20) != 0)
        {
            string filled = body.Replace("{v}", Pick(vaults), StringComparison.Ordinal).Replace("{c}", Pick(cubes), StringComparison.Ordinal);
            byte[] broken = _random.Next(4) switch { 0 => Encoding.UTF8.GetBytes(filled), 1 => BreakBytes(filled), _ => BreakTree(filled) };
            request.Content = new ByteArrayContent(broken);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", _random.Next(15) == 0 ? Pick(["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16", ""]) : "application/json");
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (_random.Next(10) == 0)
        {
            (string name, string value) = Pick<(string, string)>([("If-Match", "\"x\""), ("X-MemOS-Vault", Pick(vaults)), ("X-MemOS-Vault", "%ff%00"), ("Mcp-Session-Id", "none"), ("MCP-Protocol-Version", "1999-01-01"), ("Expect", "200-ok"), ("Range", "bytes=5-1"), ("Accept-Encoding", "x")]);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];

    private byte[] BreakBytes(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        for (int change = _random.Next(1, 4); change > 0; change--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        return _random.Next(4) == 0 ? bytes[.._random.Next(bytes.Length)] : bytes;
    }

    private byte[] BreakTree(string body)
    {
        StringBuilder text = new();
        using JsonDocument document = JsonDocument.Parse(body);
        int budget = _random.Next(1, 3);
        Write(document.RootElement);
        return Encoding.UTF8.GetBytes(text.ToString());

        void Write(JsonElement element)
        {
            if (budget > 0 && _random.Next(10) == 0)
            {
                budget--;
                text.Append(Pick(Values));
                return;
            }

            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    text.Append('{').AppendJoin(',', element.EnumerateObject().Select(member => $"\"{member.Name}\":{Nested(member.Value)}")).Append('}');
                    break;
                case JsonValueKind.Array:
                    text.Append('[').AppendJoin(',', element.EnumerateArray().Select(Nested)).Append(']');
                    break;
                default:
                    text.Append(element.GetRawText());
                    break;
            }
        }

        string Nested(JsonElement element)
        {
            int start = text.Length;
            Write(element);
            string written = text.ToString(start, text.Length - start);
            text.Length = start;
            return written;
        }
    }
}
