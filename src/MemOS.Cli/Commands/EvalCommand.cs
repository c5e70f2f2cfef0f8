using System.CommandLine;
using System.Globalization;
using System.Text;
using MemOS.Cli.Output;
using MemOS.Evaluation.LoCoMo;
using MemOS.Evaluation.Reports;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Cli.Commands;

/// <summary><c>memos eval</c>: measures the quality of recall.</summary>
internal static class EvalCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string?> folder = new("folder") { Description = "The folder with LoCoMo conversations, a JSON file each.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> output = new("--out") { Description = "A folder for the report as locomo.json and locomo.txt.", HelpName = "DIR" };
        Option<string> name = new("--name") { Description = "A name for the run.", DefaultValueFactory = _ => "memos" };
        Option<string[]> compare = new("--compare") { Description = "Compare two reports instead of running.", HelpName = "A.json B.json", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
        Command locomo = new("locomo", "Measure retrieval on LoCoMo conversations (arXiv 2402.17753): no model, no judge.") { folder, output, name, compare };
        locomo.SetAction((parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            return (parsed.GetValue(folder), parsed.GetValue(compare)) switch
            {
                (null, [{ } before, { } after]) => CompareAsync(context, before, after, cancellationToken),
                ({ } data, null or []) => RunAsync(context, data, parsed.GetValue(output), parsed.GetRequiredValue(name), cancellationToken),
                _ => throw new CliUsageException("Give a folder with conversations, or --compare A.json B.json."),
            };
        });
        return new Command("eval", "Measure the quality of recall.") { locomo };
    }

    private static async Task<int> RunAsync(CliContext context, string data, string? output, string name, CancellationToken cancellationToken)
    {
        // Runs in a folder of its own unless one was named: the vaults of users are not the place for test data.
        string folder = context.GivenData ?? Directory.CreateTempSubdirectory("memos-eval-").FullName;
        EvaluationReport report;
        try
        {
            LoCoMoEvaluation evaluation = new(new SqliteVaultEngine(folder, null, context.Clock), new MemoryVaultOptions { Clock = context.Clock }, new LoCoMoOptions { Name = name });
            report = await evaluation.RunAsync(data, context.Interactive ? new ConsoleProgress(context.Error) : null, cancellationToken);
        }
        finally
        {
            if (context.GivenData is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        if (output is not null)
        {
            Directory.CreateDirectory(output);
            UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
            await File.WriteAllTextAsync(Path.Combine(output, "locomo.json"), report.ToJson(), encoding, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(output, "locomo.txt"), ReportTable.Of(report), encoding, cancellationToken);
        }

        context.Output.WriteLine(context.Json ? report.ToJson() : Printable.Lines(ReportTable.Of(report)));
        return ExitCodes.Done;
    }

    private static async Task<int> CompareAsync(CliContext context, string before, string after, CancellationToken cancellationToken)
    {
        ReportComparison comparison = ReportComparison.Of(
            await EvaluationReport.ReadAsync(before, cancellationToken), await EvaluationReport.ReadAsync(after, cancellationToken));
        context.Output.WriteLine(context.Json ? comparison.ToJson() : Printable.Lines(ReportTable.Of(comparison)));
        return ExitCodes.Done;
    }

    private sealed class ConsoleProgress(TextWriter error) : IProgress<LoCoMoProgress>
    {
        public void Report(LoCoMoProgress value) =>
            error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value.Questions} of {value.Total} questions{(value.Questions == value.Total ? "\n" : "")}"));
    }
}
