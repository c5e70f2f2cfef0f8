using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat;

[Collection(RunningServer.Name)]
public sealed class ProductReadAndDeleteTests(ServerFixture server)
{
    private readonly string _cube = $"cube-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task Memories_are_listed_page_by_page_newest_first()
    {
        for (int i = 0; i < 5; i++)
        {
            await AddAsync($"note number {i}");
        }

        JsonNode all = await ListAsync(new { mem_cube_id = _cube });
        Assert.Equal(5, (int?)all["text_mem"]![0]!["total_nodes"]);
        Assert.Empty(all["pref_mem"]![0]!["memories"]!.AsArray());
        JsonNode page = await ListAsync(new { mem_cube_id = _cube, page = 2, page_size = 2, include_preference = false });
        Assert.Equal(["2", "1"], page["text_mem"]![0]!["memories"]!.AsArray().Select(item => ((string)item!["memory"]!)[^1..]));
        Assert.Equal(5, (int?)page["text_mem"]![0]!["total_nodes"]);
        Assert.Empty(page["pref_mem"]!.AsArray());
    }

    [Fact]
    public async Task A_memory_is_read_by_its_id_with_or_without_its_cube()
    {
        string id = await AddAsync("The tower has 199 steps.");
        foreach (string url in (string[])[$"/product/get_memory/{id}", $"/product/get_memory/{id}?mem_cube_id={_cube}"])
        {
            JsonNode found = await server.OkAsync(HttpMethod.Get, url);
            Assert.Equal("Memory retrieved successfully", (string?)found["message"]);
            Assert.Equal(id, (string?)found["data"]!["id"]);
        }

        Assert.Equal(404, (await server.GetAsync($"/product/get_memory/{id}?mem_cube_id=elsewhere")).Status);
    }

    [Fact]
    public async Task Only_ids_inside_the_named_cubes_are_deleted()
    {
        string here = await AddAsync("The safe is behind the painting.");
        string other = $"{_cube}-other";
        JsonNode elsewhere = await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = other, messages = "The spare tyre is in the shed." });
        string foreign = (string)elsewhere["data"]![0]!["memory_id"]!;

        Assert.Equal(404, (await server.PostAsync("/product/delete_memory", new { writable_cube_ids = new[] { _cube }, memory_ids = new[] { foreign } })).Status);
        Assert.Equal(200, (await server.GetAsync($"/product/get_memory/{foreign}")).Status);

        JsonNode deleted = await server.OkAsync(HttpMethod.Post, "/product/delete_memory", new { writable_cube_ids = new[] { _cube }, memory_ids = new[] { here, foreign, "nonsense" } });
        Assert.Equal("Memories deleted successfully", (string?)deleted["message"]);
        Assert.Equal("success", (string?)deleted["data"]!["status"]);
        Assert.True((int?)deleted["data"]!["deleted"] >= 1);
        Assert.Equal(new[] { foreign, "nonsense" }.Order(), deleted["data"]!["not_found"]!.AsArray().Select(id => (string)id!).Order());
        Assert.Equal(404, (await server.GetAsync($"/product/get_memory/{here}")).Status);
        Assert.Equal(200, (await server.GetAsync($"/product/get_memory/{foreign}")).Status);
    }

    [Fact]
    public async Task Deleting_by_user_takes_that_user_and_no_other()
    {
        await AddAsync("Ann owns a boat.", "ann", "s1");
        await AddAsync("Bob owns a kite.", "bob", "s1");
        await AddAsync("Ann sold the boat.", "ann", "s2");
        await server.OkAsync(HttpMethod.Post, "/product/delete_memory", new { writable_cube_ids = new[] { _cube }, user_id = "ann", session_id = "s1" });
        Assert.Equal("boat. kite.", await LeftAsync());
        await server.OkAsync(HttpMethod.Post, "/product/delete_memory", new { writable_cube_ids = new[] { _cube }, user_id = "ann" });
        Assert.Equal("kite.", await LeftAsync());
    }

    [Fact]
    public async Task Deleting_a_user_who_has_a_cube_of_their_own_leaves_nothing()
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _cube, messages = new[] { "one thing", "another thing" } });
        JsonNode deleted = await server.OkAsync(HttpMethod.Post, "/product/delete_memory", new { user_id = _cube, writable_cube_ids = new[] { _cube } });
        Assert.True((int?)deleted["data"]!["deleted"] >= 2);
        JsonNode left = await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{_cube}");
        Assert.Equal((0, 0), ((int?)left["messages"], (int?)left["cubes"]));
        JsonNode again = await server.OkAsync(HttpMethod.Post, "/product/delete_memory", new { user_id = _cube });
        Assert.Equal(0, (int?)again["data"]!["deleted"]);
    }

    [Fact]
    public async Task A_frozen_memory_is_kept_whatever_this_wire_is_told_to_do_with_it()
    {
        string id = await AddAsync("A memory under a hold.");
        await server.OkAsync(HttpMethod.Post, $"/api/v1/vaults/{_cube}/cubes/{id}/transition", new { state = "frozen" });
        (string Address, object Body)[] writes =
        [
            ("/product/delete_memory", new { writable_cube_ids = new[] { _cube }, memory_ids = new[] { id } }),
            ("/product/delete_memory_by_record_id", new { mem_cube_id = _cube, record_id = id }),
            ("/product/delete_memory_by_record_id", new { mem_cube_id = _cube, record_id = id, hard_delete = true }),
            ("/api/openmem/v1/update/memory", new { memory_id = id, status = "archived" }),
            ("/api/openmem/v1/update/memory", new { memory_id = id, status = "deleted" }),
            ("/api/openmem/v1/update/memory", new { memory_id = id, content = "Something else." }),
            ("/api/openmem/v1/delete/memory", new { memory_ids = new[] { id } }),
            ($"/api/v1/vaults/{_cube}/cubes/{id}/feedback", new { verdict = "reject" }),
        ];
        foreach ((string address, object body) in writes)
        {
            Assert.Equal((address, 409), (address, (await server.PostAsync(address, body)).Status));
        }

        Assert.Equal("frozen", (string?)(await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{_cube}/cubes/{id}"))["state"]);
    }

    [Fact]
    public async Task A_filter_for_one_cube_deletes_nothing_of_another()
    {
        string other = $"{_cube}-2";
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _cube, info = new { project = "x" }, messages = "memo of project x" });
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = other, messages = "memo of somebody else" });
        object delete = new { writable_cube_ids = new[] { _cube, other }, filter = new Dictionary<string, object> { [_cube] = new { project = "x" } } };
        (int status, JsonNode refused) = await server.PostAsync("/product/delete_memory", delete);
        Assert.Equal((400, "unscoped_delete"), (status, (string?)refused["error_code"]));
        Assert.Equal("x", await LeftAsync());
        Assert.Equal(1, (int?)(await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{other}"))["cubes"]);
    }

    [Fact]
    public async Task Deleting_by_filter_and_by_file_stays_inside_its_scope()
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _cube, info = new { project = "x" }, messages = "memo of project x" });
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _cube, info = new { project = "y" }, messages = "memo of project y" });
        await server.OkAsync(HttpMethod.Post, "/product/add", $$$"""{"user_id":"{{{_cube}}}","messages":[{"type":"file","file":{"file_id":"f1","filename":"a.txt","file_data":"{{{Convert.ToBase64String("memo in a file"u8)}}}"}}]}""");
        await server.OkAsync(HttpMethod.Post, "/product/delete_memory", new { writable_cube_ids = new[] { _cube }, filter = new { project = "x" } });
        Assert.Equal("file y", await LeftAsync());
        await server.OkAsync(HttpMethod.Post, "/product/delete_memory", new { writable_cube_ids = new[] { _cube }, file_ids = new[] { "f1" } });
        Assert.Equal("y", await LeftAsync());
    }

    private async Task<string> AddAsync(string text, string? user = null, string? session = null) =>
        (string)(await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = user ?? _cube, mem_cube_id = _cube, session_id = session, messages = text }))["data"]![0]!["memory_id"]!;

    private async Task<JsonNode> ListAsync(object body) => (await server.OkAsync(HttpMethod.Post, "/product/get_memory", body))["data"]!;

    private async Task<string> LeftAsync() =>
        string.Join(' ', (await ListAsync(new { mem_cube_id = _cube }))["text_mem"]![0]!["memories"]!.AsArray().Select(item => ((string)item!["memory"]!).Split(' ')[^1]).Order());

    [Fact]
    public async Task Memories_of_several_cubes_are_read_and_deleted_by_their_ids_alone()
    {
        string user = $"user-{Guid.CreateVersion7():N}";
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
            (string)(await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = $"{user}-{i % 2}", messages = $"Locker {i} is green." }))["data"]![0]!["memory_id"]!))];
        string[] asked = [ids[3], "no id", ids[0], "01890000-0000-7000-8000-000000000000", ids[1], ids[0], ids[2]];
        JsonNode read = await server.OkAsync(HttpMethod.Post, "/product/get_memory_by_ids", asked);
        Assert.Equal([ids[3], ids[0], ids[1], ids[2]], read["data"]!["memories"]!.AsArray().Select(item => (string)item!["id"]!));
        JsonNode names = (await server.OkAsync(HttpMethod.Post, "/product/get_user_names_by_memory_ids", new { memory_ids = asked }))["data"]!;
        Assert.Equal(($"{user}-1", $"{user}-0", null, null), ((string?)names[ids[3]], (string?)names[ids[0]], (string?)names["no id"], (string?)names["01890000-0000-7000-8000-000000000000"]));

        await server.OpenMemAsync("delete/memory", new { memory_ids = asked });
        Assert.Empty((await server.OkAsync(HttpMethod.Post, "/product/get_memory_by_ids", asked))["data"]!["memories"]!.AsArray());
        Assert.Equal(404, (await server.PostAsync("/api/openmem/v1/delete/memory", new { memory_ids = asked })).Status);
        Assert.Equal(400, (await server.PostAsync("/api/openmem/v1/delete/memory", new { memory_ids = Enumerable.Repeat(ids[0], 1001) })).Status);
    }
}
