namespace MemOS.Server;

/// <summary>What the server logs; event ids 4001 to 4099. Never a body, a query, a vault's content or a header.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "{Method} {Route} failed: {Code}")]
    public static partial void RequestFailed(ILogger logger, string method, string route, string code, Exception failure);
}
