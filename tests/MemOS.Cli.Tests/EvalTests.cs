using System.Text.Json;
using Xunit;

namespace MemOS.Cli.Tests;

public sealed class EvalTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_run_writes_a_report_and_two_reports_are_compared()
    {
        string file = _cli.Write("1.json", """
            {"speaker_a":"Ida","session_1_date_time":"10:05 am on 3 March, 2024",
             "session_1":[{"dia_id":"D1:1","speaker":"Ida","text":"My cat Momo broke the vase."},{"dia_id":"D1:2","speaker":"Tom","text":"Oh no!"}],
             "qa":[{"question":"What did Momo break?","answer":"the vase","evidence":["D1:1"],"category":4}]}
            """);
        string folder = Path.GetDirectoryName(file)!; // the path has a folder
        string output = Path.Combine(folder, "out");
        JsonElement report = await _cli.JsonAsync("eval", "locomo", folder, "--out", output, "--name", "first");
        Assert.Equal("first", report.GetProperty("name").GetString());
        Assert.Equal(1, report.GetProperty("questions").GetArrayLength());
        string written = Path.Combine(output, "locomo.json");
        Assert.Equal(0, await _cli.RunAsync("eval", "locomo", "--compare", written, written));
        Assert.Contains("1 questions in common", _cli.Output, StringComparison.Ordinal);
        Assert.Equal("usage", await _cli.FailAsync(2, "eval", "locomo"));
        Assert.Equal(ErrorCodes.InvalidInput, await _cli.FailAsync(1, "eval", "locomo", "--compare", written, file));
    }
}
