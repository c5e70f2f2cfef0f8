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
        ("POST", "/product/feedback", """{"user_id":"{v}","history":[{"role":"user","content":"The boat is blue."}],"feedback_content":"No, green, not blue.","session_id":"s","task_id":"t","retrieved_memory_ids":["{c}"],"feedback_time":"2026-01-02","writable_cube_ids":["{v}"],"async_mode":"sync","info":{"a":1}}"""),
        ("POST", "/product/feedback", """{"user_id":"{v}","history":null,"feedback_content":"Forget the boat.","async_mode":"async"}"""),
        ("POST", "/product/register_cube", """{"mem_cube_name_or_path":"{v}","mem_cube_id":"{v}","user_id":"{v}"}"""),
        ("POST", "/product/get_all", """{"user_id":"{v}","memory_type":"text_mem","mem_cube_ids":["{v}"],"search_query":"safe code","search_type":"fulltext"}"""),
        ("POST", "/product/get_memory_by_ids", """["{c}","none"]"""),
        ("POST", "/product/get_memory_dashboard", """{"mem_cube_id":"{v}","user_id":"{v}","filter":{"a":{"gte":1}},"page":1,"page_size":5}"""),
        ("POST", "/product/get_user_names_by_memory_ids", """{"memory_ids":["{c}"]}"""),
        ("POST", "/product/suggestions", """{"user_id":"{v}","mem_cube_id":"{v}","language":"en","message":[{"role":"user","content":"I met Bob."}]}"""),
        ("POST", "/product/delete_memory_by_record_id", """{"mem_cube_id":"{v}","record_id":"{c}","hard_delete":false}"""),
        ("POST", "/product/recover_memory_by_record_id", """{"mem_cube_id":"{v}","delete_record_id":"{c}"}"""),
        ("POST", "/product/chat/complete", """{"user_id":"{v}","query":"safe code","readable_cube_ids":["{v}"],"history":[{"role":"user","content":"x"}],"top_k":3,"temperature":0.5,"model_name_or_path":"m","filter":{"a":1}}"""),
        ("POST", "/product/chat/stream", """{"user_id":"{v}","query":"safe code","max_tokens":5}"""),
        ("POST", "/product/chat/stream/playground", """{"user_id":"{v}","query":"safe code"}"""),
        ("POST", "/product/chat/stream/business_user", """{"user_id":"{v}","query":"x","business_key":"k"}"""),
        ("GET", "/product/scheduler/allstatus", ""),
        ("GET", "/product/scheduler/status?user_id={v}&task_id=0f0f0f0f-0f0f-8001-8000-000000000001", ""),
        ("GET", "/product/scheduler/task_queue_status?user_id={v}", ""),
        ("POST", "/product/scheduler/wait?user_name={v}&timeout_seconds=0", ""),
        ("GET", "/product/scheduler/wait/stream?user_name={v}&timeout_seconds=0&poll_interval=0.1", ""),
        ("POST", "/api/openmem/v1/add/message", """{"user_id":"{v}","agent_id":"a","conversation_id":"c","app_id":"p","source":"s","info":{"a":1},"tags":["t"],"async_mode":false,"messages":[{"role":"user","content":[{"type":"text","text":"hello there"}],"chat_time":"2026-01-02 10:00:00"}]}"""),
        ("POST", "/api/openmem/v1/add/feedback", """{"user_id":"{v}","conversation_id":"c","feedback_content":"The boat is green, not blue.","feedback_time":"2026-01-02"}"""),
        ("POST", "/api/openmem/v1/get/status", """{"task_id":"0f0f0f0f-0f0f-8001-8000-000000000001","user_id":"{v}"}"""),
        ("POST", "/api/openmem/v1/search/memory", """{"query":"safe code","user_id":"{v}","conversation_id":"c","filter":{"user":{"and":[{"or":[{"tags":{"contains":"t"}},{"a":{"gte":1}}]},{"agent_id":"a"}]},"knowledgebase":{"a":1}},"knowledgebase_ids":"all","memory_limit_number":5,"include_memory_view":["detail_factual","event"],"relativity":0}"""),
        ("POST", "/api/openmem/v1/get/memory", """{"user_id":"{v}","page":1,"size":5,"filter":{"create_time":{"gte":"2026-01-01"}}}"""),
        ("GET", "/api/openmem/v1/get/memory/{c}", ""),
        ("POST", "/api/openmem/v1/get/message", """{"user_id":"{v}","conversation_id":"c","message_limit_number":5}"""),
        ("POST", "/api/openmem/v1/update/memory", """{"memory_id":"{c}","content":"changed","title":"t","status":"activated"}"""),
        ("POST", "/api/openmem/v1/delete/memory", """{"user_ids":["{v}"],"memory_ids":["{c}"]}"""),
        ("POST", "/api/openmem/v1/delete/memory", """{"user_id":"{v}","filter":{"a":{"in":["none"]}},"memory_type":"preference"}"""),
        ("POST", "/api/openmem/v1/chat", """{"user_id":"{v}","conversation_id":"c","query":"safe code","stream":true,"model_name":"m","temperature":0.1}"""),
        ("POST", "/api/openmem/v1/extract/memory", """{"messages":[{"role":"user","content":"I live in Graz."}],"extraction_types":["memory","preference"]}"""),
        ("POST", "/api/openmem/v1/rerank", """{"query":"safe code","documents":["a boat","the code"],"top_n":1}"""),
        ("POST", "/api/openmem/v1/create/knowledgebase", """{"knowledgebase_name":"n","knowledgebase_description":"d"}"""),
        ("POST", "/api/openmem/v1/delete/knowledgebase", """{"knowledgebase_id":"{v}"}"""),
        ("POST", "/api/openmem/v1/add/knowledgebase-file", """{"knowledgebase_id":"{v}","file":[{"name":"a.txt","type":"document","content":"aGVsbG8="}]}"""),
        ("POST", "/api/openmem/v1/get/knowledgebase-file", """{"knowledgebase_id":"{v}","file_ids":["{c}"],"page":1}"""),
        ("POST", "/api/openmem/v1/delete/knowledgebase-file", """{"file_ids":["{c}"]}"""),
        ("POST", "/api/openmem/v1/edit/profile", """{"profile_template_id":"x"}"""),
        ("GET", "/dream/diary/health", ""),
        ("GET", "/download/../../admin.key", ""),
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
        ("GET", "/api/v1/vaults/{v}/states/policy", ""),
        ("PUT", "/api/v1/vaults/{v}/states/policy", """{"promote_heat":2,"demote_heat":0.5,"stable_for":"00:05:00","disk_bytes":1000,"retention":"Labels","labels":["t"],"priority_first":true}"""),
        ("DELETE", "/api/v1/vaults/{v}/states/policy", ""),
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
