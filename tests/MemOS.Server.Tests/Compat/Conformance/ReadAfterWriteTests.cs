using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Conformance 12, 13 and 14: what was acknowledged is found, in time, once.</summary>
[Collection(RunningServer.Name)]
public sealed class ReadAfterWriteTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Theory]
    [InlineData("""{"async_mode":true}""")]
    [InlineData("""{"async_mode":false}""")]
    public async Task The_next_search_finds_what_an_add_acknowledged_well_inside_the_patience_of_clients(string mode)
    {
        JsonNode body = JsonNode.Parse(mode)!;
        body["user_id"] = _user;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < 10; i++)
        {
            body["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = $"Locker number {i} holds item{i}x." });
            await server.OpenMemAsync("add/message", body);
            JsonNode found = await server.OpenMemAsync("search/memory", new { user_id = _user, query = $"What is item{i}x in?" });
            Assert.Contains($"item{i}x", (string?)found["memory_detail_list"]![0]!["memory_value"], StringComparison.Ordinal);
        }

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(50), "Clients give up after 5 seconds a call.");
    }

    [Fact]
    public async Task An_add_that_comes_again_is_stored_once_and_is_the_same_task()
    {
        object body = new { user_id = _user, conversation_id = "c", messages = new[] { new { role = "user", content = "The kiln is hot." }, new { role = "assistant", content = "Careful then." } } };
        string first = (string)(await server.OpenMemAsync("add/message", body))["task_id"]!;
        string again = (string)(await server.OpenMemAsync("add/message", body))["task_id"]!;
        Assert.Equal(first, again);
        Assert.Equal(2, (await server.OpenMemAsync("get/message", new { user_id = _user, conversation_id = "c" }))["message_detail_list"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_add_to_a_cube_that_is_not_there_makes_it_and_a_search_does_not()
    {
        Assert.Empty((await server.OpenMemAsync("search/memory", new { user_id = _user, query = "x" }))["memory_detail_list"]!.AsArray());
        Assert.Equal(404, (await server.GetAsync($"/api/v1/vaults/{_user}")).Status);
        await server.OpenMemAsync("add/message", new { user_id = _user, messages = new[] { new { role = "user", content = "Here now." } } });
        Assert.Equal(200, (await server.GetAsync($"/api/v1/vaults/{_user}")).Status);
    }
}
