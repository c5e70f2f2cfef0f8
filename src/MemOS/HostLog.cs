using Microsoft.Extensions.Logging;

namespace MemOS;

/// <summary>What the host logs; event ids 3001 to 3099.</summary>
internal static partial class HostLog
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "Vault {Vault}: closing it did not go smoothly")]
    public static partial void CloseFailed(ILogger logger, string vault, Exception failure);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Information, Message = "Vault {Vault}: closed with background work left; it goes on when the vault is opened again")]
    public static partial void NotSettled(ILogger logger, string vault, Exception failure);
}
