using Microsoft.Extensions.Logging;

namespace MemOS.Models.Llama.Hosting;

/// <summary>What is logged about model processes.</summary>
internal static partial class HostLog
{
    public static void Said(ILogger logger, string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            NativeLine(logger, line);
        }
    }

    [LoggerMessage(3001, LogLevel.Information, "Model process {Process} holds {Model}.")]
    public static partial void Started(ILogger logger, int process, string model);

    [LoggerMessage(3002, LogLevel.Information, "Model process {Process} is idle and ends.")]
    public static partial void Idle(ILogger logger, int process);

    [LoggerMessage(3003, LogLevel.Warning, "Model process {Process} failed a request with {Code} and is replaced at the next.")]
    public static partial void Failed(ILogger logger, int process, string code);

    [LoggerMessage(3005, LogLevel.Warning, "Model process {Process} could not overwrite what was forgotten ({Code}), and is ended.")]
    public static partial void NotErased(ILogger logger, int process, string code);

    [LoggerMessage(3004, LogLevel.Debug, "Model process: {Line}")]
    private static partial void NativeLine(ILogger logger, string line);
}
