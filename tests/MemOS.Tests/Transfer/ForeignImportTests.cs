using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Tests.Vaults;
using MemOS.Transfer;
using MemOS.Vaults;

namespace MemOS.Tests.Transfer;

/// <summary>Files of other systems, in the shapes that those systems document.</summary>
public sealed class ForeignImportTests : IDisposable
{
    private const string Mem0 = """
        {"results":[{"id":"892db2ae-06d9-49e5-8b3e-585ef9b85b8c","memory":"Loves sci-fi films","hash":"fc2b","metadata":{"room":"living"},"categories":["movies"],
          "created_at":"2025-05-07T10:00:00-07:00","updated_at":null,"user_id":"alex","run_id":"chat-7"},
         {"id":"short","memory":"Is allergic to nuts","hash":"aa","metadata":null,"created_at":"2025-05-08T10:00:00Z","user_id":"alex","expiration_date":"2031-01-01"}]}
        """;

    private const string Graphiti = """
        {"nodes":[{"uuid":"n1","name":"Alice","summary":"Alice builds bridges.","labels":["Entity","Person"],"created_at":"2024-01-01T00:00:00Z","group_id":"g"},{"uuid":"n2","name":"Acme","summary":""}],
         "edges":[{"uuid":"e1","source_node_uuid":"n1","target_node_uuid":"n2","name":"WORKS_AT","fact":"Alice worked at Acme.","valid_at":"2020-01-01T00:00:00Z",
                   "invalid_at":"2023-06-01T00:00:00Z","created_at":"2024-01-01T00:00:00Z","group_id":"g","episodes":["p1"],"fact_embedding":[0.1,0.2]}],
         "episodes":[{"uuid":"p1","content":"I left Acme last summer.","source":"message","valid_at":"2024-01-01T09:00:00Z","group_id":"g"}]}
        """;

    private const string Letta = """
        {"agents":[{"name":"memo","memory_blocks":[],"block_ids":["block-0"],"messages":[
            {"role":"system","content":[{"type":"text","text":"You are an agent."}],"id":"message-0","created_at":"2025-10-31T22:56:56Z"},
            {"role":"user","content":[{"type":"text","text":"{\"type\":\"user_message\",\"message\":\"My bike is blue.\",\"time\":\"x\"}"}],"id":"message-1","created_at":"2025-10-31T22:57:00Z"},
            {"role":"user","content":"{\"type\":\"heartbeat\",\"reason\":\"x\"}","id":"message-2"},
            {"role":"assistant","content":"thinking","tool_calls":[{"function":{"name":"send_message","arguments":"{\"message\":\"Noted, a blue bike.\"}"}}],"id":"message-3","created_at":"2025-10-31T22:57:05Z"}]}],
         "blocks":[{"value":"First name: Chad","label":"human","id":"block-0","limit":2000}],"tools":[],"groups":[]}
        """;

    private const string LangMem = """
        [{"namespace":["memories","u1"],"key":"k1","value":{"kind":"Memory","content":{"content":"Prefers dark mode"}},"created_at":"2025-03-01T00:00:00+00:00","updated_at":"2025-03-01T00:00:00+00:00"},
         {"namespace":["profiles","u1"],"key":"k2","value":{"name":"Lee","age":42},"created_at":"2025-03-01T00:00:00+00:00","updated_at":"2025-03-01T00:00:00+00:00"}]
        """;

    private const string Dump = """
        {"nodes":[{"id":"0198b0f0-0000-7000-8000-000000000001","memory":"The user plays the cello.","metadata":{"memory_type":"UserMemory","status":"activated","tags":["music"],"created_at":"2025-08-01T10:00:00","embedding":[0.1]}},
                  {"id":"0198b0f0-0000-7000-8000-000000000002","memory":"Likes quiet rooms.","metadata":{"memory_type":"PreferenceMemory","status":"archived"}},
                  {"id":"0198b0f0-0000-7000-8000-000000000003","memory":"gone","metadata":{"memory_type":"UserMemory","status":"deleted"}}],"edges":[]}
        """;

    private const string ChatGpt = """
        [{"title":"Trip","create_time":1699564800.5,"conversation_id":"conv-1","current_node":"c","mapping":{
           "a":{"id":"a","message":null,"parent":null,"children":["b","x"]},
           "b":{"id":"b","parent":"a","children":["c"],"message":{"id":"mb","author":{"role":"user"},"create_time":1699564801.25,"content":{"content_type":"text","parts":["We fly to Lima in June."]}}},
           "x":{"id":"x","parent":"a","children":[],"message":{"id":"mx","author":{"role":"user"},"create_time":1699564801.0,"content":{"content_type":"text","parts":["We fly to Quito in June."]}}},
           "c":{"id":"c","parent":"b","children":[],"message":{"id":"mc","author":{"role":"assistant"},"create_time":1699564802.0,"content":{"content_type":"text","parts":["Lima is mild in June."]}}}}}]
        """;

    private const string Claude = """
        [{"uuid":"c-1","name":"Sourdough","created_at":"2025-02-01T08:00:00.000000Z","updated_at":"2025-02-01T08:05:00Z","chat_messages":[
           {"uuid":"m-1","text":"","content":[{"type":"text","text":"My starter is called Bubbles."}],"sender":"human","created_at":"2025-02-01T08:00:10Z",
            "attachments":[{"file_name":"recipe.txt","extracted_content":"500 g flour"}],"files":[]},
           {"uuid":"m-2","text":"A fine name.","content":[],"sender":"assistant","created_at":"2025-02-01T08:00:20Z","attachments":[],"files":[]}]}]
        """;

    private const string Notes = """
        # Project

        ## Style
        - Use tabs, never spaces.
        - Keep functions short.
          Forty lines at most.

        The staging server is called heron.
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("memos-foreign-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string, ImportFormat, int, int, string, string> Files => new()
    {
        { "mem0.json", Mem0, ImportFormat.Mem0, 0, 2, "Which films?", "Loves sci-fi films" },
        { "graph.json", Graphiti, ImportFormat.Graphiti, 1, 2, "Where did Alice work in 2021?", "Alice worked at Acme." },
        { "agent.af", Letta, ImportFormat.Letta, 2, 1, "Which colour has the bike?", "My bike is blue." },
        { "store.json", LangMem, ImportFormat.LangMem, 0, 2, "dark mode", "Prefers dark mode" },
        { "textual_memory.json", Dump, ImportFormat.MemOSDump, 0, 2, "cello", "The user plays the cello." },
        { "conversations.json", ChatGpt, ImportFormat.ChatGpt, 2, 0, "Where do we fly?", "We fly to Lima in June." },
        { "claude.json", Claude, ImportFormat.Claude, 2, 0, "starter", "My starter is called Bubbles." },
        { "CLAUDE.md", Notes, ImportFormat.MarkdownMemory, 0, 3, "staging server", "The staging server is called heron." },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_is_recognised_previewed_imported_once_and_recalled(
        string name, string content, ImportFormat format, int messages, int memories, string question, string answer)
    {
        await using TestVault test = await TestVault.OpenAsync();
        string path = Write(name, content);
        MemLoader loader = new(test.Clock);

        ImportPreview preview = await loader.PreviewAsync(path);
        Assert.Equal((format, messages, memories), (preview.Format, preview.Messages, preview.Memories));
        Assert.Equal(0, test.Vault.Statistics().Messages);

        ImportSummary first = await loader.LoadAsync(test.Vault, path);
        ImportSummary second = await loader.LoadAsync(test.Vault, path);
        Assert.Equal((messages, memories), (first.Stored, first.Cubes));
        Assert.Equal((0, 0), (second.Stored, second.Cubes));
        RecallHit hit = (await test.Vault.RecallAsync(new RecallQuery { Text = question })).Hits[0];
        Assert.StartsWith(answer, hit.Cube.Text, StringComparison.Ordinal);
        Assert.Equal(name, hit.Cube.Descriptive.Info!["origin_file"]);
    }

    [Fact]
    public async Task Facts_keep_the_times_in_which_they_hold_and_memories_their_time_owner_and_end()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemLoader loader = new(test.Clock);
        await loader.LoadAsync(test.Vault, Write("graph.json", Graphiti));
        await loader.LoadAsync(test.Vault, Write("mem0.json", Mem0));
        MemCube[] cubes = test.Vault.Read(reader => reader.ReadCurrent().ToArray());
        MemCube fact = cubes.Single(cube => cube.Text == "Alice worked at Acme.");
        Assert.Equal(new TimeInterval(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2023, 6, 1, 0, 0, 0, TimeSpan.Zero)), fact.Valid);
        Assert.Equal(["Alice", "Acme"], fact.Descriptive.Entities.ToArray());
        MemCube film = cubes.Single(cube => cube.Text == "Loves sci-fi films");
        Assert.Equal(("892db2ae-06d9-49e5-8b3e-585ef9b85b8c", "alex", "chat-7"), (film.Id.ToString(), film.Descriptive.Info!["user_id"], film.Descriptive.Context));
        Assert.Equal(new DateTimeOffset(2025, 5, 7, 10, 0, 0, TimeSpan.FromHours(-7)), film.Descriptive.SaidAt);
        Assert.Equal(2031, cubes.Single(cube => cube.Text == "Is allergic to nuts").Governance.Lifespan.ExpiresAt!.Value.Year);
    }

    [Fact]
    public async Task A_memory_that_changed_there_gets_a_version_and_one_that_was_archived_stays_out_of_recall()
    {
        await using TestVault test = await TestVault.OpenAsync();
        MemLoader loader = new(test.Clock);
        await loader.LoadAsync(test.Vault, Write("textual_memory.json", Dump));
        Assert.DoesNotContain("Likes quiet rooms.", await test.RecallAsync("quiet rooms"));
        Assert.Equal(1, (await loader.LoadAsync(test.Vault, Write("textual_memory.json", Dump.Replace("the cello", "the viola", StringComparison.Ordinal)))).Cubes);
        Assert.True(CubeId.TryParse("0198b0f0-0000-7000-8000-000000000001", out CubeId id));
        Assert.Equal(["The user plays the cello.", "The user plays the viola."], test.Vault.History(id).Select(version => version.Text!));
    }

    [Fact]
    public async Task The_points_of_a_memory_file_carry_their_headings()
    {
        await using TestVault test = await TestVault.OpenAsync();
        await new MemLoader(test.Clock).LoadAsync(test.Vault, Write("CLAUDE.md", Notes));
        MemCube point = test.Vault.Read(reader => reader.ReadCurrent().Single(cube => cube.Text!.StartsWith("Keep functions", StringComparison.Ordinal)));
        Assert.Equal(["Project", "Style"], point.Descriptive.Tags.ToArray());
        Assert.Contains("Forty lines", point.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"title":"x","create_time":"never","mapping":{"a":7,"b":{"message":{"author":3,"content":[]}}},"current_node":"b"}]""")]
    [InlineData("""[{"uuid":1,"chat_messages":[1,{"sender":"human"},{"sender":"robot","text":"x"},{"sender":"human","content":{"a":1}}]}]""")]
    [InlineData("""{"results":[{"memory":{"a":1},"hash":[]},{"memory":"","hash":"x"}]}""")]
    [InlineData("""{"agents":[{"messages":[{"role":"user","content":"{broken"},{"role":5}]}],"blocks":[{"value":null}]}""")]
    [InlineData("""[{"namespace":"n","key":1,"value":[]},{"namespace":[],"key":"k","value":{}}]""")]
    [InlineData("""{"edges":[{"fact":"","source_node_uuid":1,"valid_at":"2024-01-01","invalid_at":"2020-01-01"}],"nodes":[{}],"episodes":[{"content":""}]}""")]
    [InlineData("""{"nodes":[{"memory":7,"metadata":3},{"memory":"x","metadata":{"tags":{"a":1},"created_at":[]}}]}""")]
    public async Task What_is_not_as_documented_is_left_out_and_nothing_throws(string content)
    {
        await using TestVault test = await TestVault.OpenAsync();
        ImportSummary summary = await new MemLoader(test.Clock).LoadAsync(test.Vault, Write("odd.json", content));
        Assert.InRange(summary.Stored + summary.Cubes, 0, 2);
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
