using System.CommandLine;
using MemOS.Cli.Output;
using MemOS.Evaluation.Reports;

namespace MemOS.Cli.Commands.Eval;

/// <summary><c>memos eval compare</c>: is one run better than another, question by question?</summary>
internal static class EvalCompareCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string> before = new("before") { Description = "The report (JSON) of the first run." };
        Argument<string> after = new("after") { Description = "The report of the second." };
        Command command = new("compare", "Compare two runs on the questions that both have: wins, losses, confidence intervals, paired tests.") { before, after };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            ReportComparison comparison = ReportComparison.Of(
                await EvaluationReport.ReadAsync(parsed.GetRequiredValue(before), cancellationToken),
                await EvaluationReport.ReadAsync(parsed.GetRequiredValue(after), cancellationToken));
            context.Output.WriteLine(context.Json ? comparison.ToJson() : Printable.Lines(ReportTable.Of(comparison)));
            return ExitCodes.Done;
        });
        return command;
    }
}
