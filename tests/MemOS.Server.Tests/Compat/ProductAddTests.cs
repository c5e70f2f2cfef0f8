using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat;

[Collection(RunningServer.Name)]
public sealed class ProductAddTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task The_example_of_the_protocol_works_word_for_word()
    {
        JsonNode added = await server.OkAsync(HttpMethod.Post, "/product/add", $$"""
            {"user_id":"{{_user}}","writable_cube_ids":["{{_user}}-c"],"async_mode":"sync","mode":"fine","session_id":"s1",
             "messages":[{"role":"user","content":"My train leaves at nine.","chat_time":"2026-01-02 10:00:00"}]}
            """);
        Assert.Equal((200, "Memory added successfully"), ((int?)added["code"], (string?)added["message"]));
        JsonNode item = Assert.Single(added["data"]!.AsArray())!;
        Assert.True(Guid.TryParse((string?)item["memory_id"], out _));
        Assert.Equal(("UserMemory", $"{_user}-c"), ((string?)item["memory_type"], (string?)item["cube_id"]));
        Assert.Contains("My train leaves at nine.", (string?)item["memory"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"user_id":"$U","mem_cube_id":null,"writable_cube_ids":null,"conversation_id":"","metadata":{},"top_k":5,"messages":"My bicycle is yellow."}""")]
    [InlineData("""{"user_id":"$U","writable_cube_ids":"$U","messages":[{"role":"user","content":[{"type":"text","text":"My bicycle is yellow."}]}]}""")]
    [InlineData("""{"user_id":"other","mem_cube_id":"$U","messages":[{"role":"user","content":{"type":"text","text":"My bicycle is yellow."}}]}""")]
    [InlineData("""{"user_id":"$U","messages":[{"type":"text","text":"My bicycle is yellow."}]}""")]
    [InlineData("""{"user_id":"$U","memory_content":"My bicycle is yellow."}""")]
    [InlineData("""{"user_id":"$U","messages":[{"role":"user","content":""},{"role":"user","content":"My bicycle is yellow.","chat_time":"last summer"}]}""")]
    [InlineData("""{"user_id":"$U","async_mode":"async","mode":"fast","messages":[{"role":"user","content":"My bicycle is yellow.","chat_time":1767348000000}]}""")]
    [InlineData("""{"user_id":"$U","messages":[{"type":"file","file":{"filename":"notes.md","file_data":"TXkgYmljeWNsZSBpcyB5ZWxsb3cu"}}]}""")]
    public async Task Every_form_that_clients_send_is_found_by_the_next_search(string body)
    {
        string user = $"{_user}{body.Length}";
        await server.OkAsync(HttpMethod.Post, "/product/add", body.Replace("$U", user, StringComparison.Ordinal));
        JsonNode found = await server.OkAsync(HttpMethod.Post, "/product/search", new { query = "What colour is my bicycle?", user_id = user });
        Assert.Contains("bicycle is yellow", (string?)found["data"]!["text_mem"]![0]!["memories"]![0]!["memory"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vague_time_is_kept_in_its_own_words()
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _user, messages = new[] { new { role = "user", content = "We met at the lake.", chat_time = "late summer" } } });
        JsonNode found = await server.OkAsync(HttpMethod.Post, "/product/search", new { query = "lake", user_id = _user });
        Assert.Equal("late summer", (string?)found["data"]!["text_mem"]![0]!["memories"]![0]!["metadata"]!["info"]!["chat_time"]);
    }

    [Fact]
    public async Task Several_cubes_each_get_all()
    {
        string[] cubes = [$"{_user}-a", $"{_user}-b"];
        JsonNode added = await server.OkAsync(HttpMethod.Post, "/product/add", new { user_id = _user, writable_cube_ids = cubes, messages = "The office cat is called Ada." });
        Assert.Equal(cubes, added["data"]!.AsArray().Select(item => (string)item!["cube_id"]!));
        JsonNode found = await server.OkAsync(HttpMethod.Post, "/product/search", new { query = "office cat", user_id = _user, readable_cube_ids = cubes.Append($"{_user}-never") });
        foreach (string list in (string[])["text_mem", "pref_mem", "tool_mem", "skill_mem"])
        {
            Assert.Equal([.. cubes, $"{_user}-never"], found["data"]![list]!.AsArray().Select(bucket => (string)bucket!["cube_id"]!));
        }

        Assert.Equal([1, 1, 0], found["data"]!["text_mem"]!.AsArray().Select(bucket => bucket!["memories"]!.AsArray().Count));
    }

    [Fact]
    public async Task An_add_that_is_sent_again_is_stored_once()
    {
        object body = new { user_id = _user, session_id = "s", messages = new[] { new { role = "user", content = "ok" }, new { role = "assistant", content = "The lift is repaired." } } };
        JsonNode first = await server.OkAsync(HttpMethod.Post, "/product/add", body);
        JsonNode again = await server.OkAsync(HttpMethod.Post, "/product/add", body);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal(2, (int?)(await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{_user}"))["messages"]);
    }

    [Fact]
    public async Task The_same_words_to_another_agent_are_another_add()
    {
        foreach (string agent in (string[])["a", "b", "b"])
        {
            await server.OpenMemAsync("add/message", new { user_id = _user, agent_id = agent, messages = new[] { new { role = "user", content = "The lift is repaired." } } });
        }

        Assert.Equal(2, (int?)(await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{_user}"))["messages"]);
    }

    [Fact]
    public async Task Nothing_of_an_add_with_one_bad_message_is_stored()
    {
        (int status, _) = await server.PostAsync("/product/add", $$"""{"user_id":"{{_user}}","messages":[{"role":"user","content":"good"},{"role":"user","content":7}]}""");
        Assert.Equal(422, status);
        Assert.Equal(404, (await server.GetAsync($"/api/v1/vaults/{_user}")).Status);
    }

    [Fact]
    public async Task Tool_messages_and_calls_are_tool_memories()
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", $$$"""
            {"user_id":"{{{_user}}}","messages":[
              {"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}]},
              {"role":"tool","tool_call_id":"1","content":"Weather in Oslo: heavy snow."}]}
            """);
        JsonNode found = await server.OkAsync(HttpMethod.Post, "/product/search", new { query = "weather Oslo", user_id = _user });
        JsonNode tool = Assert.Single(found["data"]!["tool_mem"]![0]!["memories"]!.AsArray())!;
        Assert.Equal("ToolTrajectoryMemory", (string?)tool["metadata"]!["memory_type"]);
        Assert.DoesNotContain("heavy snow", found["data"]!["text_mem"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_text_is_refused_and_no_url_is_opened()
    {
        string binary = Convert.ToBase64String([0, 1, 2, 3, 255, 254]);
        string pdf = $$$"""{"user_id":"{{{_user}}}","messages":[{"type":"file","file":{"filename":"a.pdf","file_data":"{{{binary}}}"}}]}""";
        string url = $$$"""{"user_id":"{{{_user}}}","messages":[{"type":"file","file":{"file_data":"http://127.0.0.1:1/x.txt"}}]}""";
        Assert.Equal(501, (await server.PostAsync("/product/add", pdf)).Status);
        Assert.Equal(501, (await server.PostAsync("/product/add", url)).Status);
        Assert.Equal(404, (await server.GetAsync($"/api/v1/vaults/{_user}")).Status);
    }

    [Fact]
    public async Task The_speaker_is_the_name_that_came_with_the_role()
    {
        await server.OkAsync(HttpMethod.Post, "/product/add", $$"""
            {"user_id":"{{_user}}","messages":[{"role":"user","name":"n","role_name":"Melanie","content":"I paint horses."},{"role":"user","name":"Caroline","content":"I run marathons."}]}
            """);
        JsonNode messages = await server.OkAsync(HttpMethod.Get, $"/api/v1/vaults/{_user}/messages");
        Assert.Equal(["Melanie", "Caroline"], messages["items"]!.AsArray().Select(message => (string)message!["speaker"]!));
    }

    [Fact]
    public async Task Creating_a_cube_twice_is_a_conflict()
    {
        string body = $$"""{"cube_name":"Home","owner_id":"o","cube_id":"{{_user}}"}""";
        JsonNode made = await server.OkAsync(HttpMethod.Post, "/product/create_cube", body);
        Assert.Equal("Cube created successfully", (string?)made["message"]);
        Assert.Equal((_user, "Home", "o"), ((string?)made["data"]!["cube_id"], (string?)made["data"]!["cube_name"], (string?)made["data"]!["owner_id"]));
        Assert.Equal(409, (await server.PostAsync("/product/create_cube", body)).Status);
        JsonNode exists = await server.OkAsync(HttpMethod.Post, "/product/exist_mem_cube_id", new { mem_cube_id = _user });
        Assert.True((bool?)exists["data"]![_user]);
    }
}
