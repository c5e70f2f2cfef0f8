using System.CommandLine;
using System.Globalization;
using System.Text;
using MemOS.Cli.Output;
using MemOS.Evaluation.Answers;
using MemOS.Evaluation.Datasets;
using MemOS.Models.BuiltIn;
using MemOS.Vaults;

namespace MemOS.Cli.Commands.Eval;

/// <summary><c>memos eval answers</c>: does a model answer better with this memory than with plain retrieval, or with everything?</summary>
internal static class EvalAnswersCommand
{
    private const string UsualKey = "OPENAI_API_KEY";

    public static Command Create(GlobalOptions options)
    {
        EvalRun run = new();
        Argument<string> dataset = new("dataset") { Description = $"The data set: {string.Join(", ", DatasetReaders.All.Select(reader => reader.Name))}." };
        Option<string> endpoint = new("--endpoint") { Description = "The address of an OpenAI-compatible endpoint, for example http://127.0.0.1:11434/v1.", HelpName = "URL", Required = true };
        Option<string> model = new("--model") { Description = "The model that answers.", HelpName = "NAME", Required = true };
        Option<string?> judge = new("--judge-model") { Description = "The model that judges. Default: the one that answers, which flatters it.", HelpName = "NAME" };
        Option<string> key = new("--key-variable") { Description = $"The environment variable that holds the key. Default: {UsualKey}.", HelpName = "NAME", DefaultValueFactory = _ => UsualKey };
        Option<string> systems = new("--systems") { Description = "What is compared, with commas between: memos (recall), rag (BM25 at the same budget), full (everything).", DefaultValueFactory = _ => string.Join(',', AnswerOptions.AllSystems) };
        Option<int> budget = new("--budget") { Description = "Tokens of context for memos and rag.", DefaultValueFactory = _ => 1600 };
        Option<int?> limit = new("--limit") { Description = "At most so many questions." };
        Option<string> file = new("--run") { Description = "The run's file. What is in it is not asked again.", HelpName = "FILE.jsonl", DefaultValueFactory = _ => "answers.jsonl" };
        Option<string?> html = new("--report") { Description = "A file for the report as a page with charts.", HelpName = "FILE.html" };
        Command command = new("answers", "Answer the questions of a data set with a model and judge the answers, for several systems in one run.")
        {
            dataset, endpoint, model, judge, key, systems, budget, limit, file, html,
        };
        run.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            AnswerOptions how = new()
            {
                Model = parsed.GetRequiredValue(model),
                JudgeModel = parsed.GetValue(judge) ?? parsed.GetRequiredValue(model),
                Systems = [.. parsed.GetRequiredValue(systems).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
                Budget = parsed.GetValue(budget),
                Limit = parsed.GetValue(limit),
                Selection = run.Selection(parsed),
            };
            Uri address = Uri.TryCreate(parsed.GetRequiredValue(endpoint), UriKind.Absolute, out Uri? given) && given.Scheme is ("http" or "https")
                ? given : throw new CliUsageException("--endpoint must be an address that begins with http:// or https://.");
            string? secret = Environment.GetEnvironmentVariable(parsed.GetRequiredValue(key));
            using ChatEndpoint answering = new(address, how.Model, secret);
            using ChatEndpoint judging = new(address, how.JudgeModel, secret);
            using EvalFolder folder = new(context);
            MemoryVaultOptions vaults = new() { Embedder = WordNetEmbedder.Shared, Clock = context.Clock, Recall = await run.RankingAsync(parsed, cancellationToken) };
            AnswerReport report = await new AnswerEvaluation(folder.Engine, vaults, answering, judging, how).RunAsync(
                EvalRun.Reader(parsed.GetRequiredValue(dataset)), run.Path(parsed), parsed.GetRequiredValue(file), context.Interactive ? new ConsoleProgress(context.Error) : null, cancellationToken);
            if (parsed.GetValue(html) is { } page)
            {
                await File.WriteAllTextAsync(page, report.ToPage(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            }

            context.Output.WriteLine(context.Json ? report.ToJson() : Printable.Lines(report.ToTable()));
            return ExitCodes.Done;
        });
        return command;
    }

    private sealed class ConsoleProgress(TextWriter error) : IProgress<AnswerRecord>
    {
        private int _answers;

        public void Report(AnswerRecord value) => error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value.Conversation}: {++_answers} answers "));
    }
}
