using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using MemOS.Cli.Output;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Reports;
using MemOS.Evaluation.Retrieval;

namespace MemOS.Cli.Commands.Eval;

/// <summary><c>memos eval ablation</c>: what is each part of the ranking good for?</summary>
internal static class EvalAblationCommand
{
    public static Command Create(GlobalOptions options)
    {
        EvalRun run = new();
        Argument<string> dataset = new("dataset") { Description = $"The data set: {string.Join(", ", DatasetReaders.All.Select(reader => reader.Name))}." };
        Option<string[]> parts = new("--parts") { Description = "Only these parts; all that are on by default.", HelpName = "PART", AllowMultipleArgumentsPerToken = true };
        Command command = new("ablation", "Measure retrieval with each part of the ranking turned off in turn.") { dataset };
        run.AddRetrievalTo(command);
        command.Add(parts);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            IDatasetReader reader = EvalRun.Reader(parsed.GetRequiredValue(dataset));
            Operator.Recall.RecallOptions ranking = await run.RankingAsync(parsed, cancellationToken);
            IReadOnlyList<RankingVariant> variants = parsed.GetValue(parts) is { Length: > 0 } named
                ? [new RankingVariant("all", ranking), .. named.Select(part => new RankingVariant($"- {part}", RankingOptions.Off(ranking, part)))]
                : RankingOptions.Ablation(ranking);
            ImmutableArray<EvaluationReport> reports = await run.RunAsync(context, parsed, reader, variants, cancellationToken);
            if (context.Json)
            {
                context.WriteJson(json => Write(json, reports));
            }
            else
            {
                context.Output.WriteLine(Printable.Lines(ReportTable.OfAblation(reports)));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<EvaluationReport> reports)
    {
        json.WriteStartArray();
        foreach (EvaluationReport report in reports)
        {
            json.WriteRawValue(report.ToJson());
        }

        json.WriteEndArray();
    }
}
