using System.CommandLine;
using MemOS.Cli.Output;
using MemOS.Evaluation.Invariants;
using MemOS.Vaults.Sqlite;

namespace MemOS.Cli.Commands.Eval;

/// <summary><c>memos eval invariants</c>: does this memory keep what regulated users ask of one?</summary>
internal static class EvalInvariantsCommand
{
    public static Command Create(GlobalOptions options)
    {
        Command command = new("invariants", "Check the five invariants of regulated memory on vaults of their own: stale suppression, point-in-time recall, provable erasure, no look-ahead, audit of state.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            using EvalFolder folder = new(context);
            InvariantReport report = await new InvariantSuite(folder.Path, (path, clock) => new SqliteVaultEngine(path, null, clock)).RunAsync(cancellationToken);
            context.Output.WriteLine(context.Json ? report.ToJson() : Printable.Lines(report.ToText()));
            return report.Holds ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }
}
