using MemOS.Models.Files;
using Spectre.Console;

namespace MemOS.Cli.Output;

/// <summary>A progress bar while a model is brought.</summary>
internal static class PullProgressBar
{
    public static Task<InstalledModel> RunAsync(CliContext context, string source, Func<IProgress<PullProgress>, Task<InstalledModel>> pull) =>
        Tables.Console(context.Error).Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                ProgressTask bar = bars.AddTask(Label(source));
                return await pull(new BarProgress(bar));
            });

    /// <summary>What stands before the bar: the file's name, without a query, which may hold a key.</summary>
    public static string Label(string source) => Markup.Escape(Printable.Line(ModelPull.NameOf(source), 40));

    private sealed class BarProgress(ProgressTask bar) : IProgress<PullProgress>
    {
        public void Report(PullProgress value)
        {
            bar.IsIndeterminate = value.Total is null;
            bar.MaxValue = value.Total ?? value.Bytes;
            bar.Value = value.Bytes;
        }
    }
}
