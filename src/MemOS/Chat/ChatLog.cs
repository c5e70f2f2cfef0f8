using Microsoft.Extensions.Logging;

namespace MemOS.Chat;

/// <summary>What memory in a chat logs; event ids 3101 to 3199.</summary>
internal static partial class ChatLog
{
    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "Vault {Vault}: recall failed; the call goes on without memories")]
    public static partial void RecallFailed(ILogger logger, string vault, Exception failure);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error, Message = "Vault {Vault}: the exchange could not be stored")]
    public static partial void StoreFailed(ILogger logger, string vault, Exception failure);
}
