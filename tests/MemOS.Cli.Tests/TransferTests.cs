using System.Text.Json;
using Xunit;

namespace MemOS.Cli.Tests;

public sealed class TransferTests : IDisposable
{
    private const string Conversation = """
        {"speaker_a":"Ida","session_1_date_time":"10:05 am on 3 March, 2024",
         "session_1":[{"dia_id":"D1:1","speaker":"Ida","text":"My cat Momo broke the vase."},{"dia_id":"D1:2","speaker":"Tom","text":"Oh no!"}]}
        """;

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Files_of_all_formats_are_imported_and_twice_stores_once()
    {
        string[] files =
        [
            _cli.Write("talk.json", Conversation),
            _cli.Write("chat.json", """{"messages":[{"role":"user","content":"I like quinces."},{"role":"assistant","content":""}]}"""),
            _cli.Write("lines.jsonl", "{\"role\":\"user\",\"content\":\"I like walnuts.\"}\n"),
            _cli.Write("notes.md", "# Garden\n\nTomatoes grow on the balcony."),
        ];
        JsonElement first = (await _cli.JsonAsync(["import", .. files])).GetProperty("files");
        Assert.Equal(["lo_co_mo", "chat_json", "json_lines", "markdown"], first.EnumerateArray().Select(file => file.GetProperty("format").GetString()));
        Assert.Equal(["talk", "default", "default", "default"], first.EnumerateArray().Select(file => file.GetProperty("vault").GetString()));
        Assert.Equal([2, 1, 1], first.EnumerateArray().Take(3).Select(file => file.GetProperty("stored").GetInt32()));
        Assert.Equal(1, first[1].GetProperty("empty").GetInt32());
        JsonElement second = (await _cli.JsonAsync(["import", .. files])).GetProperty("files");
        Assert.All(second.EnumerateArray(), file => Assert.Equal(0, file.GetProperty("stored").GetInt32()));
        Assert.Equal("Ida", (await _cli.JsonAsync("recall", "Who broke the vase?", "--vault", "talk")).GetProperty("hits")[0].GetProperty("cube").GetProperty("speaker").GetString());
        Assert.NotEmpty((await _cli.JsonAsync("recall", "tomatoes")).GetProperty("hits").EnumerateArray());
    }

    [Fact]
    public async Task An_export_is_imported_and_a_cube_migrated_to_another_vault()
    {
        await _cli.JsonAsync("import", _cli.Write("lines.jsonl", "{\"role\":\"user\",\"content\":\"I like walnuts.\"}\n"));
        string export = Path.Combine(Path.GetDirectoryName(_cli.Write("place", ""))!, "all.jsonl");
        await _cli.JsonAsync("export", export);
        JsonElement file = (await _cli.JsonAsync("import", export, "--vault", "copy")).GetProperty("files")[0];
        Assert.Equal(("vault_export", 1), (file.GetProperty("format").GetString(), file.GetProperty("stored").GetInt32()));

        JsonElement hit = (await _cli.JsonAsync("recall", "walnuts")).GetProperty("hits")[0].GetProperty("cube");
        string cube = hit.GetProperty("id").GetString()!;
        JsonElement moved = await _cli.JsonAsync("migrate", cube, "--to", "other", "--forget");
        Assert.Equal((1, true), (moved.GetProperty("cubes").GetInt32(), moved.GetProperty("forgotten").GetBoolean()));
        Assert.Equal(cube, (await _cli.JsonAsync("recall", "walnuts", "--vault", "other")).GetProperty("hits")[0].GetProperty("cube").GetProperty("id").GetString());
        Assert.Empty((await _cli.JsonAsync("recall", "walnuts")).GetProperty("hits").EnumerateArray());
        Assert.Equal("usage", await _cli.FailAsync(2, "migrate", cube, "--to", "default"));
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_come_in_and_writes_nothing()
    {
        string file = _cli.Write("mem0.json", """{"results":[{"id":"a","memory":"Likes chess","hash":"x","user_id":"u"}]}""");
        JsonElement preview = (await _cli.JsonAsync("import", file, "--dry-run")).GetProperty("files")[0];
        Assert.Equal(("mem0", 1, "Likes chess"), (preview.GetProperty("format").GetString(), preview.GetProperty("memories").GetInt32(), preview.GetProperty("samples")[0].GetString()));
        Assert.Empty((await _cli.JsonAsync("vaults")).GetProperty("vaults").EnumerateArray());
        Assert.Equal(1, (await _cli.JsonAsync("import", file, "--format", "mem0")).GetProperty("files")[0].GetProperty("cubes").GetInt32());
        Assert.Equal("usage", await _cli.FailAsync(2, "import", file, "--format", "mem1"));
    }

    [Fact]
    public async Task A_file_that_is_nothing_stops_the_import_before_it_begins()
    {
        string good = _cli.Write("a.txt", "Text.");
        string bad = _cli.Write("b.csv", "1,2");
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, "import", good, bad));
        Assert.Contains("b.csv", _cli.Error, StringComparison.Ordinal);
        Assert.Empty((await _cli.JsonAsync("vaults")).GetProperty("vaults").EnumerateArray());
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, "import", good + ".gone"));
    }

    [Fact]
    public async Task Bad_lines_stop_the_import_unless_it_shall_go_on()
    {
        string file = _cli.Write("a.jsonl", "{\"role\":\"user\",\"content\":\"one\"}\noops\n{\"role\":\"user\",\"content\":\"two\"}\n");
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, "import", file));
        Assert.Contains("line 2", _cli.Error, StringComparison.Ordinal);
        JsonElement summary = (await _cli.JsonAsync("import", file, "--continue")).GetProperty("files")[0];
        Assert.Equal((2, 1), (summary.GetProperty("messages").GetInt32(), summary.GetProperty("bad_lines").GetInt32()));
    }

    [Fact]
    public async Task An_import_that_stops_before_anything_was_stored_makes_no_vault()
    {
        string file = _cli.Write("a.jsonl", "{\"role\":\"user\",\"content\":\"one\"}\noops\n");
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, "import", file, "--vault", "fresh"));
        Assert.Contains("no vault 'fresh' was made", Unescaped(_cli.Error), StringComparison.Ordinal);
        string clash = _cli.Write("b.jsonl", "{\"id\":\"x\",\"role\":\"user\",\"content\":\"one\"}\n{\"id\":\"x\",\"role\":\"user\",\"content\":\"two\"}\n");
        Assert.Equal(ErrorCodes.MessageIdConflict, await _cli.FailAsync(1, "import", clash, "--vault", "fresh"));
        Assert.Empty((await _cli.JsonAsync("vaults")).GetProperty("vaults").EnumerateArray());
        Assert.Empty(Directory.GetDirectories(Path.Combine(_cli.DataFolder, "vaults")));
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, "add", " ", "--vault", "fresh"));
        Assert.Empty((await _cli.JsonAsync("vaults")).GetProperty("vaults").EnumerateArray());
    }

    [Fact]
    public async Task An_import_that_stops_later_says_what_it_kept_and_goes_on_from_there()
    {
        string[] lines = [.. Enumerable.Range(1, 5).Select(number => $$"""{"role":"user","content":"sentence {{number}}"}""")];
        string good = _cli.Write("good.jsonl", lines[0] + "\n");
        string file = _cli.Write("a.jsonl", string.Join('\n', [.. lines[..3], "oops", .. lines[3..]]));
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, "import", good, file, "--batch", "2", "--conversation", "c"));
        Assert.Contains("line 4: this is not valid JSON in UTF-8. What came before it is kept in the vault 'default': new messages 1, new cubes 1.", Unescaped(_cli.Error), StringComparison.Ordinal);
        Assert.Contains("Files that came in whole before it: 1.", Unescaped(_cli.Error), StringComparison.Ordinal);

        // The batch that the line would have been in was not written; what was is known again.
        await File.WriteAllTextAsync(file, string.Join('\n', lines));
        JsonElement again = (await _cli.JsonAsync("import", file, "--batch", "2", "--conversation", "c")).GetProperty("files")[0];
        Assert.Equal((5, 3, 2), (again.GetProperty("messages").GetInt32(), again.GetProperty("stored").GetInt32(), again.GetProperty("known").GetInt32()));
    }

    [Fact]
    public async Task A_vault_that_was_empty_before_stays_when_an_import_stops()
    {
        await _cli.JsonAsync("vaults", "create", "fresh");
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, "import", _cli.Write("a.jsonl", "{\"role\":\"user\",\"content\":\"one\"}\noops\n"), "--vault", "fresh"));
        Assert.Contains("Nothing of this file was stored in the vault 'fresh'.", Unescaped(_cli.Error), StringComparison.Ordinal);
        Assert.Single((await _cli.JsonAsync("vaults")).GetProperty("vaults").EnumerateArray());
    }

    [Fact]
    public async Task A_vault_for_each_file_is_named_like_it()
    {
        string a = _cli.Write("anna.txt", "I am Anna.");
        string b = _cli.Write("bert.txt", "I am Bert.");
        await _cli.JsonAsync("import", a, b, "--vault-per-file");
        Assert.Equal(["anna", "bert"], (await _cli.JsonAsync("vaults")).GetProperty("vaults").EnumerateArray().Select(vault => vault.GetProperty("vault").GetString()));
        Assert.Equal("usage", await _cli.FailAsync(2, "import", a, "--vault-per-file", "--vault", "x"));
    }

    [Fact]
    public async Task An_export_holds_messages_versions_and_audit_and_says_how_many()
    {
        await _cli.AddAsync("Tea is good. Größe: 日本", "--id", "m1", "--speaker", "Ida");
        await _cli.AddAsync("Tea is good. Größe: 日本", "--id", "m2", "--speaker", "Ida");
        Assert.Equal(0, await _cli.RunAsync("export"));
        JsonElement[] lines = [.. _cli.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        ILookup<string?, JsonElement> kinds = lines.ToLookup(line => line.GetProperty("kind").GetString());
        Assert.Equal("vault", lines[0].GetProperty("kind").GetString());
        Assert.Equal(["m1", "m2"], kinds["message"].Select(line => line.GetProperty("message_id").GetString()));
        Assert.Equal([1, 2], kinds["cube"].Select(line => line.GetProperty("version").GetInt32()));
        Assert.Equal("Tea is good. Größe: 日本", kinds["cube"].First().GetProperty("text").GetString());
        Assert.Contains("日本", _cli.Output, StringComparison.Ordinal);
        Assert.NotEmpty(kinds["audit"]);
        Assert.Equal((2, 2), (lines[^1].GetProperty("messages").GetInt32(), lines[^1].GetProperty("versions").GetInt32()));

        string file = _cli.Write("out.jsonl", "");
        Assert.Equal(2, (await _cli.JsonAsync("export", file)).GetProperty("versions").GetInt32());
        Assert.Equal(lines.Length, File.ReadAllLines(file).Length);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!, "out.jsonl*")); // the path has a folder
    }

    private static string Unescaped(string error) => JsonDocument.Parse(error).RootElement.GetProperty("error").GetProperty("message").GetString() ?? "";
}
