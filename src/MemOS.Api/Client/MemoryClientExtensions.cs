namespace MemOS.Api;

/// <summary>Short forms of what is done most.</summary>
public static class MemoryClientExtensions
{
    /// <summary>Remembers one thing that was said now.</summary>
    /// <param name="memory">Where.</param>
    /// <param name="text">The words.</param>
    /// <param name="speaker">Who said it, by name; null when only the role is known.</param>
    /// <param name="conversation">The conversation that it belongs to.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    public static Task<AddMessagesResponse> AddAsync(
        this IMemoryClient memory, string text, string? speaker = null, string? conversation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return memory.AddAsync(new AddMessagesRequest { Conversation = conversation, Messages = [new NewMessage { Text = text, Speaker = speaker }] }, cancellationToken);
    }

    /// <summary>Finds memories for a question, best first.</summary>
    public static Task<RecallResponse> RecallAsync(this IMemoryClient memory, string text, int limit = 10, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return memory.RecallAsync(new RecallRequest { Text = text, Limit = limit }, cancellationToken);
    }

    /// <summary>Gives a memory a new text; the old one stays in its history.</summary>
    public static Task<CubeRecord> UpdateAsync(this IMemoryClient memory, Guid cube, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return memory.UpdateAsync(cube, new UpdateCubeRequest { Text = text }, cancellationToken);
    }

    /// <summary>Forgets memories, the messages behind them and everything derived from those.</summary>
    public static Task<ForgetResponse> ForgetAsync(this IMemoryClient memory, Guid cube, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return memory.ForgetAsync(new ForgetRequest { Cubes = [cube] }, cancellationToken);
    }
}
