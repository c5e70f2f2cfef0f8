using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Reports;
using MemOS.Evaluation.Retrieval;
using MemOS.Models.BuiltIn;
using MemOS.Operator.Recall;
using MemOS.Vaults;

namespace MemOS.Cli.Commands.Eval;

/// <summary>What the commands that run over a data set have in common: where it is, what of it is taken, and how is ranked.</summary>
internal sealed class EvalRun
{
    private readonly Argument<string> _path = new("path") { Description = "The data set's file, or the folder with its files." };
    private readonly Option<string?> _split = new("--split") { Description = "One side of the data set's split: dev or held-out.", HelpName = "SIDE" };
    private readonly Option<string?> _conversations = new("--conversations") { Description = "Only these conversations, by name, with commas between.", HelpName = "A,B" };
    private readonly Option<string?> _options = new("--options") { Description = "A JSON file with options of the ranking, by their snake_case names.", HelpName = "FILE" };
    private readonly Option<string[]> _off = new("--off") { Description = "Turn a part of the ranking off, for example vector. May be given several times.", HelpName = "PART", AllowMultipleArgumentsPerToken = true };

    private readonly Option<int> _among = new("--among") { Description = "So many made-up messages in every vault beside its conversation, to see what is still found among them.", HelpName = "N" };

    /// <summary>The options of every run.</summary>
    public void AddTo(Command command)
    {
        command.Add(_path);
        command.Add(_split);
        command.Add(_conversations);
        command.Add(_options);
        command.Add(_off);
    }

    /// <summary>The options of runs that measure retrieval alone.</summary>
    public void AddRetrievalTo(Command command)
    {
        AddTo(command);
        command.Add(_among);
    }

    public ConversationSelection Selection(ParseResult parsed) => new()
    {
        Split = parsed.GetValue(_split) switch
        {
            null => null,
            "dev" => DatasetSplit.Development,
            "held-out" => DatasetSplit.HeldOut,
            { } other => throw new CliUsageException($"--split: '{other}' is neither dev nor held-out."),
        },
        Names = [.. (parsed.GetValue(_conversations) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
    };

    /// <summary>Where the data set is.</summary>
    public string Path(ParseResult parsed) => parsed.GetRequiredValue(_path);

    /// <summary>The reader of a data set.</summary>
    public static IDatasetReader Reader(string name) =>
        DatasetReaders.All.FirstOrDefault(reader => reader.Name == name) ?? throw new CliUsageException($"There is no data set '{name}'.");

    /// <summary>The ranking that the command line describes.</summary>
    public async Task<RecallOptions> RankingAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        RecallOptions ranking = parsed.GetValue(_options) is { } file ? await RankingOptions.ReadAsync(file, RecallOptions.Default, cancellationToken) : RecallOptions.Default;
        return (parsed.GetValue(_off) ?? []).Aggregate(ranking, RankingOptions.Off);
    }

    /// <summary>Runs variants of the ranking over the data set.</summary>
    public async Task<ImmutableArray<EvaluationReport>> RunAsync(
        CliContext context, ParseResult parsed, IDatasetReader dataset, IReadOnlyList<RankingVariant> variants, CancellationToken cancellationToken)
    {
        using EvalFolder folder = new(context);
        RetrievalEvaluation evaluation = new(
            folder.Engine, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared, Clock = context.Clock },
            new RetrievalOptions { Selection = Selection(parsed), Among = AmongOf(parsed), KeepVaults = context.GivenData is not null });
        return await evaluation.RunAsync(dataset, Path(parsed), variants, context.Interactive ? new ConsoleProgress(context.Error) : null, cancellationToken);
    }

    private int AmongOf(ParseResult parsed) =>
        parsed.GetValue(_among) is >= 0 and var among ? among : throw new CliUsageException("--among: a number of messages, 0 or more.");

    private sealed class ConsoleProgress(TextWriter error) : IProgress<RetrievalProgress>
    {
        public void Report(RetrievalProgress value) =>
            error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value.Conversation}: {value.Questions} questions "));
    }
}
