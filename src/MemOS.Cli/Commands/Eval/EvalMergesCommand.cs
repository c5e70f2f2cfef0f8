using System.CommandLine;
using MemOS.Cli.Output;
using MemOS.Evaluation.Merges;
using MemOS.Models.BuiltIn;
using MemOS.Vaults;

namespace MemOS.Cli.Commands.Eval;

/// <summary><c>memos eval merges</c>: how often does memory join what should stay apart, or keep apart what should join?</summary>
internal static class EvalMergesCommand
{
    public static Command Create(GlobalOptions options)
    {
        Option<string?> cases = new("--cases") { Description = "A file with labelled cases of your own instead of the built-in ones.", HelpName = "FILE" };
        Command command = new("merges", "Measure the merge-error rates on labelled pairs of statements.") { cases };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            IReadOnlyList<MergeCase> taken = parsed.GetValue(cases) is { } file
                ? MergeCases.Parse(await File.ReadAllTextAsync(file, cancellationToken), file) : MergeCases.BuiltIn();
            using EvalFolder folder = new(context);
            MergeReport report = await new MergeSuite(folder.Engine, new MemoryVaultOptions { Embedder = WordNetEmbedder.Shared, Clock = context.Clock }).RunAsync(taken, cancellationToken);
            context.Output.WriteLine(context.Json ? report.ToJson() : Printable.Lines(report.ToTable()));
            return ExitCodes.Done;
        });
        return command;
    }
}
