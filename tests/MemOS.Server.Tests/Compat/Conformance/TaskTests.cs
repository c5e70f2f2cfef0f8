using System.Text.Json.Nodes;
using MemOS.Server.Tests.OpenAI;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Tasks: raw words durable before the answer, a status that can fail with a reason, dead letters that are tried again, all of it across a restart of the server.</summary>
public sealed class TaskTests : IAsyncLifetime
{
    private readonly ServerFixture _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_add_in_the_background_can_be_asked_for_by_our_id_and_by_the_clients_before_and_after_a_restart()
    {
        JsonNode own = await _server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = "ann", async_mode = "async", messages = new[] { new { role = "user", name = "Ann", content = "I live in Graz. My favourite tea is sencha." } } });
        JsonNode chosen = await _server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = "ann", task_id = "their-task 7", messages = "I work in Linz." });
        string ours = (string)own["task_id"]!;
        Assert.Equal("their-task 7", (string?)chosen["task_id"]);
        await _server.OkAsync(HttpMethod.Post, "/product/scheduler/wait?user_name=ann&timeout_seconds=30&poll_interval=0.05");
        for (int start = 0; start < 2; start++)
        {
            Assert.Equal((ours, "completed"), await StatusAsync("ann", ours));
            Assert.Equal(("their-task 7", "completed"), await StatusAsync("ann", "their-task 7"));
            JsonNode hosted = await _server.OpenMemAsync("get/status", new { task_id = ours });
            Assert.Equal("completed", (string?)hosted["status"]);
            Assert.NotEmpty(hosted["memory_views"]!["detail_factual"]!["memory_ids"]!.AsArray());
            Assert.Equal(404, (await _server.GetAsync("/product/scheduler/status?user_id=ann&task_id=never")).Status);
            Assert.Equal(404, (await _server.GetAsync("/product/scheduler/status?user_id=bob&task_id=their-task%207")).Status);
            await _server.RestartAsync();
        }

        JsonNode item = (await _server.OkAsync(HttpMethod.Post, "/product/search", new { user_id = "ann", query = "Where do I work?" }))["data"]!["text_mem"]![0]!["memories"]![0]!;
        Assert.DoesNotContain("their-task", item.ToJsonString(), StringComparison.Ordinal); // how it is found again is not shown
    }

    [Fact]
    public async Task An_add_that_is_sent_again_after_a_restart_is_stored_once()
    {
        object body = new { user_id = "ann", messages = new[] { new { role = "user", content = "I live in Graz." }, new { role = "user", content = "ok" } } };
        JsonNode first = await _server.OkAsync(HttpMethod.Post, "/product/add", body);
        await _server.OkAsync(HttpMethod.Post, "/api/v1/vaults/ann/settle");
        await _server.RestartAsync();
        JsonNode again = await _server.OkAsync(HttpMethod.Post, "/product/add", body);
        Assert.Equal((string?)first["task_id"], (string?)again["task_id"]);
        Assert.Equal(2, Ids(first).Count);
        Assert.Superset(Ids(first), Ids(again)); // and what was read out of the messages meanwhile
        Assert.Equal(3, Ids(again).Count);
        Assert.Equal(2, (int?)(await _server.OkAsync(HttpMethod.Get, "/api/v1/vaults/ann"))["messages"]);
    }

    [Fact]
    public async Task An_add_to_cubes_that_the_key_does_not_all_open_stores_nothing_in_any()
    {
        JsonNode made = await _server.OkAsync(HttpMethod.Post, "/api/v1/keys", new { name = "ann", vaults = new[] { "ann" } });
        using HttpClient ann = new() { BaseAddress = _server.Client.BaseAddress };
        ann.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Token {(string)made["key"]!}");
        foreach ((string path, string body) in ((string, string)[])
        [
            ("/product/add", """{"user_id":"ann","writable_cube_ids":["ann","bob"],"messages":"I live in Graz."}"""),
            ("/product/feedback", """{"user_id":"ann","writable_cube_ids":["ann","bob"],"history":null,"feedback_content":"I live in Graz."}"""),
            ("/api/openmem/v1/add/message", """{"user_id":["ann","bob"],"messages":[{"role":"user","content":"I live in Graz."}]}"""),
        ])
        {
            using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
            Assert.Equal(403, (int)(await ann.PostAsync(path, content)).StatusCode);
        }

        Assert.Equal(404, (await _server.GetAsync("/api/v1/vaults/ann")).Status);
    }

    [Fact]
    public async Task Jobs_that_are_done_stay_counted()
    {
        await _server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = "ann", messages = "I live in Graz." });
        await _server.OkAsync(HttpMethod.Post, "/api/v1/vaults/ann/settle");
        for (int start = 0; start < 2; start++)
        {
            JsonNode counts = (await _server.OkAsync(HttpMethod.Get, "/product/scheduler/allstatus"))["data"]!["all_tasks_summary"]!;
            Assert.Equal((1, 0, 1), ((int?)counts["completed"], (int?)counts["pending"], (int?)counts["total"]));
            await _server.RestartAsync();
            await _server.OkAsync(HttpMethod.Get, "/api/v1/vaults/ann"); // the counts are of the vaults in use
        }
    }

    [Fact]
    public async Task Another_tenant_learns_nothing_from_a_task_id()
    {
        string task = (string)(await _server.OpenMemAsync("add/message", new { user_id = "ann", messages = new[] { new { role = "user", content = "I live in Graz." } } }))["task_id"]!;
        JsonNode made = await _server.OkAsync(HttpMethod.Post, "/api/v1/keys", new { name = "mallory", vaults = new[] { "mallory" } });
        using HttpClient mallory = new() { BaseAddress = _server.Client.BaseAddress };
        mallory.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Token {(string)made["key"]!}");
        using StringContent body = new($$"""{"task_id":"{{task}}"}""", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage refused = await mallory.PostAsync("/api/openmem/v1/get/status", body);
        Assert.Equal(404, (int)refused.StatusCode);
        Assert.Contains("50131", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unclear_feedback_fails_with_its_reason_survives_a_restart_and_is_tried_again()
    {
        await AddAsync("Book the dentist for Thursday.");
        await AddAsync("Dinner with Bo is on Monday.");
        JsonNode accepted = await _server.OkAsync(HttpMethod.Post, "/product/feedback", new { user_id = "ann", history = (object?)null, feedback_content = "Change it to Sunday.", session_id = "s" });
        Assert.Equal("[[]]", accepted["data"]!.ToJsonString());
        string task = (string)accepted["task_id"]!;
        await SettleAsync();
        await _server.RestartAsync();

        JsonNode failed = (await _server.OkAsync(HttpMethod.Get, $"/product/scheduler/status?user_id=ann&task_id={task}"))["data"]![0]!;
        Assert.Equal("failed", (string?)failed["status"]);
        JsonNode letter = Assert.Single(failed["failures"]!.AsArray())!;
        Assert.Equal(("ambiguous_feedback", "feedback", "ann"), ((string?)letter["reason"], (string?)letter["kind"], (string?)letter["cube_id"]));
        Assert.Equal("failed", (string?)(await _server.OpenMemAsync("get/status", new { task_id = task }))["status"]);
        Assert.Equal(1, (int?)(await _server.OkAsync(HttpMethod.Get, "/product/scheduler/allstatus"))["data"]!["all_tasks_summary"]!["failed"]);
        Assert.Contains("Change it to Sunday.", (await _server.OpenMemAsync("get/message", new { user_id = "ann", conversation_id = "s" })).ToJsonString(), StringComparison.Ordinal);

        string dentist = (string)(await SearchAsync("dentist"))[0]!["id"]!;
        await _server.OkAsync(HttpMethod.Post, "/product/delete_memory_by_record_id", new { mem_cube_id = "ann", record_id = dentist });
        string[] retry = ((string)letter["retry"]!).Split(' ');
        await _server.OkAsync(new HttpMethod(retry[0]), retry[1]);
        await SettleAsync();
        Assert.Equal((task, "completed"), await StatusAsync("ann", task));
        Assert.Contains("Sunday", (string?)(await SearchAsync("dinner with Bo"))[0]!["memory"], StringComparison.Ordinal);
        Assert.Equal(404, (await _server.SendAsync(new HttpMethod(retry[0]), retry[1])).Status);
    }

    [Fact]
    public async Task A_model_that_answers_badly_costs_no_words_and_ends_as_a_dead_letter()
    {
        await using ScriptedUpstream upstream = await ScriptedUpstream.StartAsync();
        ServerFixture server = new() { Configure = settings => settings with { Upstream = upstream.Address, UpstreamKey = ScriptedUpstream.Key, UpstreamModel = "plan" } };
        await server.InitializeAsync();
        try
        {
            await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = "ann", messages = "The bakery opens at seven." });
            string task = (string)(await server.OpenMemAsync("add/feedback", new { user_id = "ann", feedback_content = "The bakery has other hours now, from eight on." }))["task_id"]!;
            await server.OkAsync(HttpMethod.Post, "/api/v1/vaults/ann/settle");
            JsonNode failed = await server.OpenMemAsync("get/status", new { task_id = task });
            Assert.Equal(("failed", "model_answer_invalid"), ((string?)failed["status"], (string?)failed["failures"]![0]!["reason"]));
            Assert.Equal(3, upstream.Requests.Count);
            Assert.Contains("There is no JSON object in it.", upstream.Requests.Last().ToJsonString(), StringComparison.Ordinal);

            upstream.Plans.Enqueue("""```json {"edits":[{"action":"replace","memory":0,"text":"The bakery opens at eight."}],"also_new":false,}```""");
            string[] retry = ((string)failed["failures"]![0]!["retry"]!).Split(' ');
            await server.OkAsync(new HttpMethod(retry[0]), retry[1]);
            await server.OkAsync(HttpMethod.Post, "/api/v1/vaults/ann/settle");
            Assert.Equal("completed", (string?)(await server.OpenMemAsync("get/status", new { task_id = task }))["status"]);
            JsonNode found = (await server.OpenMemAsync("search/memory", new { user_id = "ann", query = "When does the bakery open?" }))["memory_detail_list"]!;
            Assert.Contains("The bakery opens at eight.", (string?)Assert.Single(found.AsArray())!["memory_value"], StringComparison.Ordinal);
            JsonNode versions = await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/ann/cubes/{(string)found[0]!["id"]!}/versions");
            Assert.Equal("The bakery opens at seven.", (string?)versions["items"]![0]!["text"]);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Waiting_ends_when_nothing_is_left_or_the_time_is_over()
    {
        await AddAsync("I live in Graz.");
        JsonNode waited = await _server.OkAsync(HttpMethod.Post, "/product/scheduler/wait?user_name=ann&timeout_seconds=30&poll_interval=0.05");
        Assert.Equal("idle", (string?)waited["message"]);
        Assert.False(waited.AsObject().ContainsKey("code"));
        Assert.Equal((0, false, "ann"), ((int?)waited["data"]!["running_tasks"], (bool?)waited["data"]!["timed_out"], (string?)waited["data"]!["user_name"]));
        using HttpResponseMessage stream = await _server.Client.GetAsync("/product/scheduler/wait/stream?user_name=ann&timeout_seconds=5&poll_interval=0.05");
        string[] lines = (await stream.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("idle", (string?)JsonNode.Parse(lines[^1]["data: ".Length..])!["status"]);
        Assert.Equal(404, (await _server.GetAsync("/product/scheduler/task_queue_status?user_id=ann")).Status); // nothing waits
        Assert.Equal(422, (await _server.GetAsync("/product/scheduler/wait/stream?timeout_seconds=5")).Status);
    }

    private Task<JsonNode> SettleAsync() => _server.OkAsync(HttpMethod.Post, "/api/v1/vaults/ann/settle");

    private Task<JsonNode> AddAsync(string text) => _server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = "ann", session_id = "s", messages = new[] { new { role = "user", content = text } } });

    private async Task<JsonArray> SearchAsync(string query) =>
        (await _server.OkAsync(HttpMethod.Post, "/product/search", new { user_id = "ann", query, relativity = 0 }))["data"]!["text_mem"]![0]!["memories"]!.AsArray();

    private async Task<(string?, string?)> StatusAsync(string user, string task)
    {
        JsonNode answer = await _server.OkAsync(HttpMethod.Get, $"/product/scheduler/status?user_id={user}&task_id={Uri.EscapeDataString(task)}");
        Assert.Equal("Memory get status successfully", (string?)answer["message"]);
        return ((string?)answer["data"]![0]!["task_id"], (string?)answer["data"]![0]!["status"]);
    }

    private static HashSet<string?> Ids(JsonNode answer) => [.. answer["data"]!.AsArray().Select(item => (string?)item!["memory_id"])];
}
