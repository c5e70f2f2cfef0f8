using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Every search and change over this wire is an activity under its OpenTelemetry name, without content.</summary>
[Collection(RunningServer.Name)]
public sealed class ActivityTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task Both_surfaces_tell_what_they_do_and_nothing_of_what_is_said()
    {
        ConcurrentQueue<Activity> activities = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "MemOS",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if ((string?)activity.GetTagItem("gen_ai.memory.store.id") == _user)
                {
                    activities.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        string id = (string)(await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _user, messages = "The code is heliotrope." }))["data"]![0]!["memory_id"]!;
        await server.OkAsync(HttpMethod.Post, "/product/search", new { user_id = _user, query = "code" });
        await server.OkAsync(HttpMethod.Post, "/product/feedback", new { user_id = _user, history = (object?)null, feedback_content = "The code is mauve, not heliotrope.", async_mode = "sync" });
        await server.OpenMemAsync("search/memory", new { user_id = _user, query = "code" });
        await server.OpenMemAsync("update/memory", new { memory_id = id, title = "Code" });
        await server.OpenMemAsync("add/message", new { user_id = _user, messages = new[] { new { role = "user", content = "The safe is blue." } } });
        string cube = $"/api/v1/vaults/{_user}/cubes/{id}";
        await server.OkAsync(HttpMethod.Patch, cube, new { text = "The code is teal, not heliotrope." });
        await server.OkAsync(HttpMethod.Post, $"{cube}/rollback", new { version = 1 });
        await server.OkAsync(HttpMethod.Post, $"/api/v1/vaults/{_user}/cubes", new { text = "A heliotrope door." });
        await server.OkAsync(HttpMethod.Post, "/product/get_all", new { user_id = _user, memory_type = "text_mem", search_query = "heliotrope" });
        await server.OkAsync(HttpMethod.Post, "/product/delete_memory", new { writable_cube_ids = new[] { _user }, memory_ids = new[] { id } });
        Assert.Equal(
            ["create_memory", "search_memory", "update_memory", "search_memory", "update_memory", "create_memory", "update_memory", "update_memory", "create_memory", "search_memory", "delete_memory"],
            activities.Select(activity => (string)activity.GetTagItem("gen_ai.operation.name")!));
        Assert.All(activities, activity =>
        {
            Assert.NotNull(activity.GetTagItem("gen_ai.memory.record.count"));
            Assert.DoesNotContain(activity.TagObjects, tag => tag.Value?.ToString()?.Contains("heliotrope", StringComparison.Ordinal) == true);
        });
    }
}
