using System.Globalization;
using MemOS.Activation;

namespace MemOS.Cli.Output;

/// <summary>Tells how far a training is, a line at a time.</summary>
internal sealed class TrainingLines(TextWriter output) : IProgress<CartridgeProgress>
{
    public void Report(CartridgeProgress value) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  step {value.Step} of {value.Steps}: {value.Divergence:0.000} nats from the whole text"));
}
