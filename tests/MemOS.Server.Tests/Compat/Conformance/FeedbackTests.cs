using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Feedback in plain words: corrects, supplements, replaces; by rules, with versions kept.</summary>
[Collection(RunningServer.Name)]
public sealed class FeedbackTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task A_value_is_replaced_and_the_record_tells_before_and_after()
    {
        string id = await AddAsync("My sister Eva lives in Hamburg. We talk every week.");
        JsonNode record = (await GiveAsync("No, my sister lives in Bremen, not Hamburg."))["data"]![0]!;
        JsonNode update = record["record"]!["update"]!.AsArray().First(entry => (string?)entry!["id"] == id)!;
        Assert.Equal(("My sister Eva lives in Bremen. We talk every week.", "My sister Eva lives in Hamburg. We talk every week.", id), ((string?)update["text"], (string?)update["origin_memory"], (string?)update["archived_id"]));
        Assert.NotEmpty((string)update["source_doc_id"]!);
        Assert.NotEmpty((string)record["answer"]!);
        JsonNode versions = await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{_user}/cubes/{id}/versions");
        Assert.Equal(2, versions["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Something_new_is_added_and_something_unknown_is_kept_and_said_so()
    {
        JsonNode added = (await GiveAsync("Also, the bakery sells rye bread."))["data"]![0]!["record"]!;
        Assert.Equal("Also, the bakery sells rye bread.", (string?)Assert.Single(added["add"]!.AsArray())!["text"]);
        Assert.Empty(added["update"]!.AsArray());
        JsonNode unknown = (await GiveAsync("Replace Oslo with Bergen."))["data"]![0]!;
        Assert.Contains("No memory", (string?)unknown["answer"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_resolved_by_the_memories_of_the_answer_or_by_the_history_that_comes_along()
    {
        string dentist = await AddAsync("Book the dentist for Thursday.", "a");
        string dinner = await AddAsync("Dinner with Bo is on Monday.", "b");
        await GiveAsync("Change it to Sunday.", new { retrieved_memory_ids = new[] { dinner, "nonsense" } });
        Assert.Contains("Sunday", await TextAsync(dinner), StringComparison.Ordinal);
        await GiveAsync("Change it to Friday.", new { history = new[] { new { role = "user", content = "When is the dentist?" } }, session_id = "new session" });
        Assert.Contains("Friday", await TextAsync(dentist), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_mean_two_memories_changes_nothing_and_names_both()
    {
        string dentist = await AddAsync("Book the dentist for Thursday.", "default_session");
        string dinner = await AddAsync("Dinner with Bo is on Monday.", "default_session");
        (int status, JsonNode answer) = await server.PostAsync("/product/feedback", new { user_id = _user, history = (object?)null, feedback_content = "Change it to Sunday.", async_mode = "sync" });
        Assert.Equal((409, "ambiguous_feedback"), (status, (string?)answer["error_code"]));
        Assert.Contains(dentist, (string?)answer["message"], StringComparison.Ordinal);
        Assert.Contains(dinner, (string?)answer["message"], StringComparison.Ordinal);
        Assert.DoesNotContain("dentist", (string?)answer["message"], StringComparison.Ordinal);
        Assert.Equal(("Book the dentist for Thursday.", "Dinner with Bo is on Monday."), (await TextAsync(dentist), await TextAsync(dinner)));
    }

    [Fact]
    public async Task The_form_of_add_that_is_feedback_and_the_hosted_form_do_the_same()
    {
        string id = await AddAsync("The meeting is on the 4th.");
        await server.OkAsync(HttpMethod.Post, "/product/add", new
        {
            user_id = _user,
            is_feedback = true,
            async_mode = "sync",
            session_id = "s",
            messages = new[] { new { role = "assistant", content = "The meeting is on the 4th." }, new { role = "user", content = "The meeting is on the 5th, not the 4th." } },
        });
        Assert.Equal("The meeting is on the 5th.", await TextAsync(id));
        string task = (string)(await server.OpenMemAsync("add/feedback", new { user_id = _user, conversation_id = "s", feedback_content = "The meeting is on the 6th, not the 5th." }))["task_id"]!;
        await server.OkAsync(HttpMethod.Post, $"/api/v1/vaults/{_user}/settle");
        Assert.Equal("completed", (string?)(await server.OpenMemAsync("get/status", new { task_id = task }))["status"]);
        Assert.Equal("The meeting is on the 6th.", await TextAsync(id));
    }

    [Theory]
    [InlineData("""{"user_id":"$U","feedback_content":"x"}""", 422)]
    [InlineData("""{"user_id":"$U","history":null}""", 422)]
    [InlineData("""{"user_id":"$U","history":null,"feedback_content":null}""", 422)]
    [InlineData("""{"user_id":"$U","history":null,"feedback_content":"x","async_mode":"later"}""", 422)]
    [InlineData("""{"user_id":"$U","history":null,"feedback_content":"x","corrected_answer":true}""", 501)]
    public async Task What_is_not_feedback_is_refused(string body, int status) =>
        Assert.Equal(status, (await server.PostAsync("/product/feedback", body.Replace("$U", _user, StringComparison.Ordinal))).Status);

    private async Task<JsonNode> GiveAsync(string text, object? more = null)
    {
        JsonObject body = new() { ["user_id"] = _user, ["history"] = null, ["feedback_content"] = text, ["async_mode"] = "sync" };
        foreach ((string key, JsonNode? value) in System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
        {
            body[key] = value?.DeepClone();
        }

        return await server.OkAsync(HttpMethod.Post, "/product/feedback", body);
    }

    private async Task<string> AddAsync(string text, string session = "s") =>
        (string)(await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _user, session_id = session, messages = new[] { new { role = "user", content = text } } }))["data"]![0]!["memory_id"]!;

    private async Task<string?> TextAsync(string id) => (string?)(await server.OkAsync(HttpMethod.Get, $"/api/openmem/v1/get/memory/{id}"))["data"]!["content"];
}
