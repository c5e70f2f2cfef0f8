using System.CommandLine;
using System.Text;
using MemOS.Cli.Output;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Reports;
using MemOS.Evaluation.Reports.Html;
using MemOS.Evaluation.Retrieval;

namespace MemOS.Cli.Commands.Eval;

/// <summary><c>memos eval DATASET</c>: how well does recall find the evidence? No model, no judge.</summary>
internal static class EvalDatasetCommand
{
    public static Command Create(GlobalOptions options, IDatasetReader dataset)
    {
        EvalRun run = new();
        Option<string?> output = new("--out") { Description = $"A folder for the report as {dataset.Name}.json and {dataset.Name}.txt.", HelpName = "DIR" };
        Option<string?> html = new("--report") { Description = "A file for the report as a page with charts.", HelpName = "FILE.html" };
        Option<string> name = new("--name") { Description = "A name for the run.", DefaultValueFactory = _ => "memos" };
        Command command = new(dataset.Name, $"Measure retrieval on {dataset.Description}");
        run.AddRetrievalTo(command);
        command.Add(output);
        command.Add(html);
        command.Add(name);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            RankingVariant variant = new(parsed.GetRequiredValue(name), await run.RankingAsync(parsed, cancellationToken));
            EvaluationReport report = (await run.RunAsync(context, parsed, dataset, [variant], cancellationToken))[0];
            await WriteAsync(report, parsed.GetValue(output), parsed.GetValue(html), cancellationToken);
            context.Output.WriteLine(context.Json ? report.ToJson() : Printable.Lines(ReportTable.Of(report)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task WriteAsync(EvaluationReport report, string? folder, string? html, CancellationToken cancellationToken)
    {
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{report.Dataset}.json"), report.ToJson(), encoding, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{report.Dataset}.txt"), ReportTable.Of(report), encoding, cancellationToken);
        }

        if (html is not null)
        {
            await File.WriteAllTextAsync(html, ReportPage.Of(report), encoding, cancellationToken);
        }
    }
}
