using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Conformance 1, 4, 5 and 10: envelopes, fixed messages, lists, numbers.</summary>
[Collection(RunningServer.Name)]
public sealed class EnvelopeTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Theory]
    [InlineData("search", """{"query":"x","user_id":"$U"}""", "Search completed successfully")]
    [InlineData("add", """{"user_id":"$U","messages":"The shed is open."}""", "Memory added successfully")]
    [InlineData("add", """{"user_id":"$U","is_feedback":true,"messages":[{"role":"user","content":"The shed is shut, not open."}]}""", "Memory feedback successfully")]
    [InlineData("create_cube", """{"cube_name":"$U-made","owner_id":"me"}""", "Cube created successfully")]
    [InlineData("register_cube", """{"mem_cube_name_or_path":"$U-known","user_id":"$U"}""", "Cube registered successfully")]
    [InlineData("get_all", """{"user_id":"$U","memory_type":"text_mem","mem_cube_ids":["$U"]}""", "Memories retrieved successfully")]
    [InlineData("get_memory", """{"mem_cube_id":"$U"}""", "Memories retrieved successfully")]
    [InlineData("get_memory_by_ids", """["01890000-0000-7000-8000-000000000000"]""", "Memories retrieved successfully")]
    [InlineData("get_memory_dashboard", """{"user_id":"$U"}""", "Memories retrieved successfully")]
    [InlineData("delete_memory", """{"writable_cube_ids":["$U"],"session_id":"none"}""", "Memories deleted successfully")]
    [InlineData("feedback", """{"user_id":"$U","history":null,"feedback_content":"The shed is shut.","async_mode":"sync"}""", "Memory feedback successfully")]
    [InlineData("suggestions", """{"user_id":"$U","mem_cube_id":"$U"}""", "Suggestions retrieved successfully")]
    [InlineData("get_user_names_by_memory_ids", """{"memory_ids":["x"]}""", "Successfully")]
    [InlineData("exist_mem_cube_id", """{"mem_cube_id":"$U"}""", "Successfully")]
    public async Task Product_answers_200_with_its_fixed_message(string path, string body, string message)
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _user, messages = "The shed is locked at night." });
        JsonNode answer = await server.OkAsync(HttpMethod.Post, $"/product/{path}", body.Replace("$U", _user, StringComparison.Ordinal));
        Assert.Equal((200, message), ((int?)answer["code"], (string?)answer["message"]));
        Assert.NotNull(answer["data"]);
    }

    [Theory]
    [InlineData("/product/search", """{"user_id":"u"}""", 422, 422)]
    [InlineData("/product/search", "{", 422, 422)]
    [InlineData("/product/search", "[]", 422, 422)]
    [InlineData("/product/feedback", """{"user_id":"u"}""", 422, 422)]
    [InlineData("/product/get_memory", """{"mem_cube_id":"never made"}""", 404, 404)]
    [InlineData("/product/no_such_thing", "{}", 404, 404)]
    [InlineData("/product/chat/complete", """{"user_id":"u","query":"x"}""", 503, 503)]
    [InlineData("/product/chat/stream", """{"user_id":"u","query":"x"}""", 503, 503)]
    [InlineData("/product/chat/stream/business_user", """{"user_id":"u","query":"x","business_key":"k"}""", 403, 403)]
    [InlineData("/api/openmem/v1/search/memory", """{"query":"x"}""", 400, 40002)]
    [InlineData("/api/openmem/v1/search/memory", """{"query":"x","user_id":"u","filter":{"a":{"near":1}}}""", 400, 40000)]
    [InlineData("/api/openmem/v1/search/memory", "{", 400, 40000)]
    [InlineData("/api/openmem/v1/no/such", "{}", 404, 40001)]
    [InlineData("/api/openmem/v1/get/status", """{"task_id":"none"}""", 404, 50131)]
    [InlineData("/api/openmem/v1/delete/memory", """{"memory_ids":["01890000-0000-7000-8000-000000000000"]}""", 404, 40307)]
    [InlineData("/api/openmem/v1/delete/memory", """{"filter":{"a":1}}""", 400, 40000)]
    [InlineData("/api/openmem/v1/delete/knowledgebase", """{"knowledgebase_id":"default"}""", 404, 50120)]
    [InlineData("/api/openmem/v1/chat", """{"user_id":"u","conversation_id":"c","query":"x"}""", 503, 50002)]
    public async Task A_failure_has_a_failing_status_a_code_and_a_text_as_message(string path, string body, int status, int code)
    {
        (int answered, JsonNode answer) = await server.PostAsync(path, body);
        Assert.Equal((status, code), (answered, (int?)answer["code"]));
        Assert.NotEmpty((string)answer["message"]!);
        Assert.True(answer.AsObject().ContainsKey("data") && answer["data"] is null);
        Assert.Equal(status == 422, answer["detail"] is JsonArray);
    }

    [Fact]
    public async Task Openmem_lists_are_never_null_the_note_is_a_text_and_times_are_numbers()
    {
        await server.OpenMemAsync("add/message", new { user_id = _user, conversation_id = "c", messages = new[] { new { role = "user", content = "I prefer window seats on trains." } }, async_mode = false });
        foreach ((string path, object body, bool searched) in ((string, object, bool)[])[("search/memory", new { query = "Which seats on trains?", user_id = _user }, true), ("get/memory", new { user_id = _user }, false)])
        {
            JsonNode data = await server.OpenMemAsync(path, body);
            foreach (string list in (string[])["memory_detail_list", "preference_detail_list", "tool_memory_detail_list", "skill_detail_list", "profile_detail_list", "event_detail_list"])
            {
                Assert.IsType<JsonArray>(data[list]);
            }

            Assert.NotNull((string?)data["preference_note"]);
            JsonNode[] items = [.. data["memory_detail_list"]!.AsArray().Concat(data["preference_detail_list"]!.AsArray()).OfType<JsonNode>()];
            Assert.NotEmpty(items);
            Assert.All(items, item =>
            {
                Assert.True((long?)item["create_time"] > 1_600_000_000_000 && (long?)item["update_time"] > 1_600_000_000_000);
                Assert.Equal("activated", (string?)item["status"]);
                Assert.Equal(searched, item["relativity"] is not null);
            });
            Assert.Equal(searched, data.AsObject().ContainsKey("message_detail_list"));
        }

        JsonNode preference = (await server.OpenMemAsync("search/memory", new { query = "window seats", user_id = _user }))["preference_detail_list"]![0]!;
        Assert.Equal("explicit_preference", (string?)preference["preference_type"]);
        Assert.Contains("window seats", (string?)preference["preference"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Openmem_calls_answer_what_the_strict_client_needs()
    {
        JsonNode added = await server.OpenMemAsync("add/message", new { user_id = _user, messages = new[] { new { role = "user", content = "My office is on the fifth floor." } } });
        Assert.Equal((true, "running"), ((bool?)added["success"], (string?)added["status"]));
        JsonNode status = await server.OpenMemAsync("get/status", new { task_id = (string?)added["task_id"] });
        Assert.Equal((string?)added["task_id"], (string?)status["task_id"]);
        Assert.Contains((string?)status["status"], (string[])["running", "completed"]);
        JsonNode feedback = await server.OpenMemAsync("add/feedback", new { user_id = _user, conversation_id = (string?)null, feedback_content = "My office is on the sixth floor, not the fifth." });
        Assert.NotEmpty((string)feedback["task_id"]!);
        Assert.Equal(true, (bool?)(await server.OpenMemAsync("delete/memory", new { user_id = _user }))["success"]);
        Assert.Equal(true, (bool?)(await server.OpenMemAsync("delete/memory", new { user_id = $"{_user} never seen" }))["success"]);
        Assert.IsType<JsonArray>((await server.OpenMemAsync("get/message", new { user_id = _user, conversation_id = "none" }))["message_detail_list"]);
    }
}
