using System.CommandLine;
using MemOS.Evaluation.Datasets;

namespace MemOS.Cli.Commands.Eval;

/// <summary><c>memos eval</c>: measures the quality of memory.</summary>
internal static class EvalCommand
{
    public static Command Create(GlobalOptions options)
    {
        Command command = new("eval", "Measure how well memory finds, keeps and joins.");
        foreach (IDatasetReader dataset in DatasetReaders.All)
        {
            command.Add(EvalDatasetCommand.Create(options, dataset));
        }

        command.Add(EvalAblationCommand.Create(options));
        command.Add(EvalAnswersCommand.Create(options));
        command.Add(EvalCompareCommand.Create(options));
        command.Add(EvalMergesCommand.Create(options));
        command.Add(EvalInvariantsCommand.Create(options));
        return command;
    }
}
