using MemOS.Cubes;
using MemOS.Scheduler.Transitions;
using Microsoft.Extensions.Logging;

namespace MemOS.Activation;

/// <summary>What activation memory logs; event ids 3201 to 3299.</summary>
internal static partial class ActivationLog
{
    [LoggerMessage(EventId = 3201, Level = LogLevel.Information, Message = "Vault {Vault}: {Kind} {Cube}: {Reason}")]
    public static partial void Decided(ILogger logger, string vault, TransitionKind kind, CubeId cube, string reason);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "Vault {Vault}: no state was made of {Cube} ({Code}); it is decided about again later")]
    public static partial void NotMade(ILogger logger, string vault, CubeId cube, string code, Exception failure);
}
