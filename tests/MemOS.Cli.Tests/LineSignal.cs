using System.Text;

namespace MemOS.Cli.Tests;

/// <summary>A writer that hands over the first line written to it.</summary>
internal sealed class LineSignal : TextWriter
{
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The first line.</summary>
    public Task<string> First => _first.Task;

    public override void WriteLine(string? value) => _first.TrySetResult(value ?? "");
}
