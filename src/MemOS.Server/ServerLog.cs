namespace MemOS.Server;

/// <summary>What the server logs; event ids 4001 to 4099. Never a body, a query, a vault's content or a header.</summary>
internal static partial class ServerLog
{
    /// <summary>The code that a failure is logged under.</summary>
    public static string CodeOf(Exception failure) => (failure as MemOSException)?.Code ?? failure.GetType().Name;

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "{Method} {Route} failed: {Code}")]
    public static partial void RequestFailed(ILogger logger, string method, string route, string code, Exception failure);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "A chat goes on without memory: {Code}")]
    public static partial void ChatWithoutMemory(ILogger logger, string code, Exception failure);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Warning, Message = "What was said in a chat was not stored in vault {Vault}: {Code}")]
    public static partial void ChatNotStored(ILogger logger, string vault, string code, Exception failure);
}
