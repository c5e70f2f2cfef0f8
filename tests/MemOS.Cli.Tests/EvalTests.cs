using System.Text.Json;
using MemOS.Evaluation.Tests.Answers;
using Xunit;

namespace MemOS.Cli.Tests;

public sealed class EvalTests : IDisposable
{
    private const string Conversation = """
        {"speaker_a":"Ida","session_1_date_time":"10:05 am on 3 March, 2024",
         "session_1":[{"dia_id":"D1:1","speaker":"Ida","text":"My cat Momo broke the vase."},{"dia_id":"D1:2","speaker":"Tom","text":"Oh no!"}],
         "qa":[{"question":"What did Momo break?","answer":"the vase","evidence":["D1:1"],"category":4}]}
        """;

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_run_writes_a_report_and_two_reports_are_compared()
    {
        string file = _cli.Write("1.json", Conversation);
        string folder = Path.GetDirectoryName(file)!; // the path has a folder
        string output = Path.Combine(folder, "out");
        JsonElement report = await _cli.JsonAsync("eval", "locomo", folder, "--out", output, "--name", "first");
        Assert.Equal("first", report.GetProperty("name").GetString());
        Assert.Equal(1, report.GetProperty("questions").GetArrayLength());
        string written = Path.Combine(output, "locomo.json");
        Assert.Equal(0, await _cli.RunAsync("eval", "compare", written, written));
        Assert.Contains("1 questions in common", _cli.Output, StringComparison.Ordinal);
        Assert.Equal("usage", await _cli.FailAsync(2, "eval", "locomo"));
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, "eval", "compare", written, file));
    }

    [Fact]
    public async Task The_ranking_is_varied_by_name()
    {
        string folder = Path.GetDirectoryName(_cli.Write("26.json", Conversation))!; // the path has a folder
        string options = _cli.Write("options.txt", """{"vector_weight": 0.7}""");
        JsonElement report = await _cli.JsonAsync("eval", "locomo", folder, "--split", "dev", "--options", options, "--off", "neighbour");
        Assert.Equal(0.7, report.GetProperty("options").GetProperty("vector_weight").GetDouble());
        Assert.Equal(0, report.GetProperty("options").GetProperty("neighbour_share").GetDouble());
        Assert.Equal("dev", report.GetProperty("selection").GetString());
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, "eval", "locomo", folder, "--off", "luck"));
        Assert.Equal("usage", await _cli.FailAsync(2, "eval", "locomo", folder, "--split", "best"));
    }

    [Fact]
    public async Task An_ablation_turns_parts_off_in_turn()
    {
        string folder = Path.GetDirectoryName(_cli.Write("26.json", Conversation))!; // the path has a folder
        Assert.Equal(0, await _cli.RunAsync("eval", "ablation", "locomo", folder, "--parts", "vector", "entity"));
        Assert.Contains("- vector", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("- entity", _cli.Output, StringComparison.Ordinal);
        Assert.Equal("usage", await _cli.FailAsync(2, "eval", "ablation", "no-such-set", folder));
    }

    [Fact]
    public async Task A_report_is_written_as_a_page_that_stands_alone()
    {
        string folder = Path.GetDirectoryName(_cli.Write("1.json", Conversation))!; // the path has a folder
        string page = Path.Combine(folder, "report.html");
        Assert.Equal(0, await _cli.RunAsync("eval", "locomo", folder, "--report", page, "--name", "a <b> & c"));
        string html = await File.ReadAllTextAsync(page);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.Contains("a &lt;b&gt; &amp; c", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        System.Xml.Linq.XElement.Parse(html[html.IndexOf("<svg", StringComparison.Ordinal)..(html.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
    }

    [Fact]
    public async Task Merge_errors_are_counted_on_cases_of_ones_own()
    {
        string cases = _cli.Write("cases.tsv", "mine\tsame\tI live in Bergen.\tI live in Bergen.\nmine\tapart\tI live in Bergen.\tI live in Oslo.\n");
        JsonElement report = await _cli.JsonAsync("eval", "merges", "--cases", cases);
        Assert.Equal(2, report.GetProperty("results").GetArrayLength());
        Assert.Equal(1, report.GetProperty("rates")[0].GetProperty("errors").GetInt32());
    }

    [Fact]
    public async Task The_invariants_hold_from_the_command_line()
    {
        Assert.Equal(0, await _cli.RunAsync("eval", "invariants"));
        Assert.Contains("5 of 5 invariants hold", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_answers_and_another_judges_over_the_protocol_that_endpoints_speak()
    {
        string folder = Path.GetDirectoryName(_cli.Write("26.json", Conversation))!; // the path has a folder
        await using ScriptedEndpoint endpoint = await ScriptedEndpoint.StartAsync((_, model, _) => (200, model == "strict" ? "RIGHT" : "the vase"));
        string[] command = ["eval", "answers", "locomo", folder, "--endpoint", endpoint.Address.ToString(), "--model", "small", "--judge-model", "strict", "--run", Path.Combine(folder, "run.jsonl")];
        JsonElement report = await _cli.JsonAsync([.. command, "--systems", "memos,rag", "--report", Path.Combine(folder, "answers.html")]);
        Assert.Equal(["memos", "rag"], report.GetProperty("systems").EnumerateArray().Select(system => system.GetProperty("system").GetString()));
        Assert.All(report.GetProperty("systems").EnumerateArray(), system => Assert.Equal(1, system.GetProperty("score").GetDouble()));
        Assert.Equal(4, endpoint.Asked.Count);
        Assert.Contains("<svg", await File.ReadAllTextAsync(Path.Combine(folder, "answers.html")), StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, [.. command, "--systems", "luck"]));
        Assert.Equal("usage", await _cli.FailAsync(2, "eval", "answers", "locomo", folder, "--endpoint", "here", "--model", "small"));
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, [.. command, "--budget", "10"])); // the file is of a run with another budget
    }
}
