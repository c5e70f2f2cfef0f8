using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Errors;

/// <summary>Valid requests, broken at random with a fixed seed. Whatever comes, it is not the server's fault.</summary>
[Collection(RunningServer.Name)]
public sealed class FuzzTests(ServerFixture server)
{
    private static readonly (string Path, string Body)[] Seeds =
    [
        ("/product/add", """{"user_id":"f","writable_cube_ids":["f"],"async_mode":"sync","mode":"fast","session_id":"s","custom_tags":["t"],"info":{"a":1},"messages":[{"role":"user","content":[{"type":"text","text":"hello"},{"type":"image_url","image_url":{"url":"http://x/y.png"}}],"chat_time":"2026-01-02 10:00:00","name":"Ann","message_id":"m1"},{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]}"""),
        ("/product/search", """{"query":"hello","user_id":"f","readable_cube_ids":["f","g"],"top_k":5,"relativity":0,"dedup":"sim","pref_top_k":2,"tool_mem_top_k":1,"include_preference":true,"reference_time":"2026-01-02","filter":{"and":[{"tags":{"contains":"t"}},{"or":[{"a":{"gte":1}},{"created_at":{"gt":"2026-01-01"}}]}]}}"""),
        ("/product/delete_memory", """{"writable_cube_ids":["f"],"filter":{"a":{"in":[1,2]}},"session_id":"none such"}"""),
        ("/product/get_memory", """{"mem_cube_id":"f","include_preference":true,"page":1,"page_size":5,"filter":{"memory_type":"UserMemory"}}"""),
        ("/api/v1/vaults", """{"id":"fuzz"}"""),
        ("/api/v1/vaults/fuzzed/messages", """{"conversation":"c","messages":[{"id":"1","role":"user","speaker":"Ann","text":"hello","time":"2026-01-02T10:00:00Z","tags":["t"],"info":{"a":1,"b":true},"attachments":[{"kind":"image","caption":"a dog"}],"tool_calls":[{"name":"f","arguments":"{}"}]}]}"""),
        ("/api/v1/vaults/fuzzed/recall", """{"text":"hello","limit":5,"token_budget":100,"filter":{"not":{"speaker":{"in":["Bob"]}}},"reference_time":"2026-01-02T10:00:00Z","include_archived":true,"minimum_relevance":0.1}"""),
        ("/api/v1/vaults/fuzzed/cubes", """{"text":"a fact","type":"fact","origin":"user_input","entities":["Ann"],"tags":["t"],"info":{"a":"b"},"governance":{"layer":"private","readers":["r"],"priority":5,"half_life_hours":24},"valid":{"from":"2026-01-01T00:00:00Z"}}"""),
        ("/api/v1/vaults/fuzzed/forget", """{"cubes":["11111111-1111-1111-1111-111111111111"],"messages":["none"],"conversation":"none","filter":{"speaker":"Nobody"}}"""),
        ("/api/v1/vaults/fuzzed/branches", """{"name":"b"}"""),
    ];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "99999999999999999999", "0.5", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[null]", "[[[[]]]]", "\"2026-02-31\"",
        "{\"and\":[]}", "{\"in\":1}", "\"" + new string('z', 300) + "\"",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Requests_broken_at_random_never_break_the_server(int seed)
    {
        await server.SendAsync(HttpMethod.Post, "/api/v1/vaults", new { id = "fuzzed" });
        Random random = new(seed);
        for (int i = 0; i < 200; i++)
        {
            (string path, string body) = Seeds[random.Next(Seeds.Length)];
            byte[] broken = random.Next(3) == 0 ? BreakBytes(random, body) : BreakTree(random, body);
            using ByteArrayContent content = new(broken);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response = await server.Client.PostAsync(path, content);
            string answer = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode < 500, $"seed {seed}, request {i}: {path} {Encoding.UTF8.GetString(broken)} -> {(int)response.StatusCode} {answer}");
            Assert.NotNull(JsonNode.Parse(answer));
        }

        Assert.Equal(200, (await server.GetAsync("/api/v1/vaults/fuzzed")).Status);
    }

    private static byte[] BreakBytes(Random random, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static byte[] BreakTree(Random random, string body)
    {
        StringBuilder text = new();
        using JsonDocument document = JsonDocument.Parse(body);
        int budget = random.Next(1, 3);
        Write(document.RootElement);
        return Encoding.UTF8.GetBytes(text.ToString());

        void Write(JsonElement element)
        {
            if (budget > 0 && random.Next(10) == 0)
            {
                budget--;
                text.Append(Values[random.Next(Values.Length)]);
                return;
            }

            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    text.Append('{');
                    bool first = true;
                    foreach (JsonProperty member in element.EnumerateObject())
                    {
                        text.Append(first ? "" : ",").Append('"').Append(member.Name).Append("\":");
                        Write(member.Value);
                        first = false;
                    }

                    text.Append('}');
                    break;
                case JsonValueKind.Array:
                    text.Append('[');
                    for (int i = 0; i < element.GetArrayLength(); i++)
                    {
                        text.Append(i == 0 ? "" : ",");
                        Write(element[i]);
                    }

                    text.Append(']');
                    break;
                default:
                    text.Append(element.GetRawText());
                    break;
            }
        }
    }
}
