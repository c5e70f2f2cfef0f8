using MemOS.Transfer;
using Spectre.Console;

namespace MemOS.Cli.Output;

/// <summary>A progress bar while a file is imported.</summary>
internal static class ImportProgressBar
{
    public static Task<ImportSummary> RunAsync(CliContext context, string file, Func<IProgress<ImportProgress>, Task<ImportSummary>> import) =>
        Tables.Console(context.Error).Progress().AutoClear(true).StartAsync(async bars =>
        {
            ProgressTask bar = bars.AddTask(Markup.Escape(Printable.Line(Path.GetFileName(file), 40)));
            return await import(new BarProgress(bar));
        });

    private sealed class BarProgress(ProgressTask bar) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => bar.Value = value.BytesTotal == 0 ? 100 : 100.0 * value.BytesRead / value.BytesTotal;
    }
}
