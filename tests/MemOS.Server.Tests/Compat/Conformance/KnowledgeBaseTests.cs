using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Conformance 9: knowledge bases, uploads as JSON and multipart.</summary>
[Collection(RunningServer.Name)]
public sealed class KnowledgeBaseTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task Files_in_every_form_are_found_when_their_base_is_named_and_only_then()
    {
        string id = await MakeAsync();
        JsonNode added = await server.OpenMemAsync("add/knowledgebase-file", new
        {
            knowledgebase_id = id,
            file = new object[]
            {
                new { name = "pump.md", type = "document", content = Convert.ToBase64String("The pump needs oil every month."u8) },
                new { file_name = "valve.txt", mime_type = "text/plain", content = "data:text/plain;base64," + Convert.ToBase64String("The valve closes clockwise."u8) },
            },
        });
        Assert.Equal(["pump.md", "valve.txt"], added.AsArray().Select(file => (string)file!["name"]!));
        Assert.All(added.AsArray(), file => Assert.Equal(("document", "completed"), ((string?)file!["type"], (string?)file["status"])));
        using MultipartFormDataContent form = [];
        using ByteArrayContent bytes = new(Encoding.UTF8.GetBytes("The filter is changed in spring."));
        form.Add(bytes, "file", "filter.txt");
        using HttpResponseMessage uploaded = await server.Client.PostAsync($"/api/openmem/v1/add/knowledgebase-file?knowledgebase_id={id}&type=document", form);
        Assert.True(uploaded.IsSuccessStatusCode, await uploaded.Content.ReadAsStringAsync());

        foreach ((string question, string answer) in ((string, string)[])[("How often does the pump need oil?", "oil every month"), ("Which way does the valve close?", "clockwise"), ("When is the filter changed?", "spring")])
        {
            JsonNode found = await server.OpenMemAsync("search/memory", new { query = question, user_id = _user, knowledgebase_ids = new[] { id } });
            Assert.Contains(answer, (string?)found["memory_detail_list"]![0]!["memory_value"], StringComparison.Ordinal);
            JsonNode alone = await server.OpenMemAsync("search/memory", new { query = question, user_id = _user });
            Assert.Empty(alone["memory_detail_list"]!.AsArray());
        }

        JsonNode listed = await server.OpenMemAsync("get/knowledgebase-file", new { knowledgebase_id = id, page = 1, page_size = 2 });
        Assert.Equal((3, 2), ((int?)listed["total"], listed["file_detail_list"]!.AsArray().Count));
        string pump = (string)added[0]!["id"]!;
        JsonNode one = Assert.Single((await server.OpenMemAsync("get/knowledgebase-file", new { file_ids = new[] { pump } }))["file_detail_list"]!.AsArray())!;
        Assert.Equal(("pump.md", "31"), ((string?)one["name"], (string?)one["size"]));
        await server.OpenMemAsync("delete/knowledgebase-file", new { file_ids = new[] { pump } });
        Assert.Equal(2, (int?)(await server.OpenMemAsync("get/knowledgebase-file", new { knowledgebase_id = id }))["total"]);
        await server.OpenMemAsync("delete/knowledgebase", new { knowledgebase_id = id });
        Assert.Equal(404, (await server.PostAsync("/api/openmem/v1/get/knowledgebase-file", new { knowledgebase_id = id })).Status);
    }

    [Theory]
    [InlineData("""{"name":"a.txt","content":"http://127.0.0.1/secret"}""", 501, 50002)]
    [InlineData("""{"name":"a.txt","content":"file:///etc/passwd"}""", 501, 50002)]
    [InlineData("""{"name":"a.txt","content":"/etc/passwd!"}""", 400, 40007)]
    [InlineData("""{"name":"a.pdf","content":"aGVsbG8="}""", 400, 40007)]
    [InlineData("""{"name":"a.txt","content":"AAECAw=="}""", 400, 40007)]
    [InlineData("""{"name":"a.md","type":"skill","content":"aGVsbG8="}""", 501, 50002)]
    [InlineData("""{"name":"a.md"}""", 400, 40002)]
    public async Task What_cannot_be_read_is_refused_and_nothing_of_the_call_is_stored(string file, int status, int code)
    {
        string id = await MakeAsync();
        (int answered, JsonNode answer) = await server.PostAsync("/api/openmem/v1/add/knowledgebase-file", $$"""{"knowledgebase_id":"{{id}}","file":[{"name":"good.txt","content":"aGVsbG8="},{{file}}]}""");
        Assert.Equal((status, code), (answered, (int?)answer["code"]));
        Assert.Equal(0, (int?)(await server.OpenMemAsync("get/knowledgebase-file", new { knowledgebase_id = id }))["total"]);
    }

    [Fact]
    public async Task A_form_that_is_none_is_refused()
    {
        string id = await MakeAsync();
        using StringContent body = new("no form at all");
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using HttpResponseMessage response = await server.Client.PostAsync($"/api/openmem/v1/add/knowledgebase-file?knowledgebase_id={id}", body);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(400, (await server.PostAsync("/api/openmem/v1/add/knowledgebase-file", new { knowledgebase_id = id, file = new { } })).Status);
    }

    [Fact]
    public async Task All_names_every_base_and_a_vault_that_is_none_cannot_be_deleted_as_one()
    {
        string id = await MakeAsync();
        await server.OpenMemAsync("add/knowledgebase-file", new { knowledgebase_id = id, file = new[] { new { name = "a.txt", content = Convert.ToBase64String(Encoding.UTF8.GetBytes($"The {_user} gearbox has five speeds.")) } } });
        JsonNode found = await server.OpenMemAsync("search/memory", new { query = $"How many speeds has the {_user} gearbox?", user_id = _user, knowledgebase_ids = "all" });
        Assert.Contains("five speeds", found["memory_detail_list"]!.ToJsonString(), StringComparison.Ordinal);
        await server.OpenMemAsync("add/message", new { user_id = _user, messages = new[] { new { role = "user", content = "Mine and no knowledge base." } } });
        Assert.Equal(404, (await server.PostAsync("/api/openmem/v1/delete/knowledgebase", new { knowledgebase_id = _user })).Status);
        Assert.Equal(404, (await server.PostAsync("/api/openmem/v1/search/memory", new { query = "x", user_id = _user, knowledgebase_ids = new[] { _user } })).Status);
    }

    private async Task<string> MakeAsync() => (string)(await server.OpenMemAsync("create/knowledgebase", new { knowledgebase_name = "Manuals", knowledgebase_description = "of the pump station" }))["id"]!;
}
