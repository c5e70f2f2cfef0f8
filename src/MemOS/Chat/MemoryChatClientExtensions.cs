using MemOS.Api;
using MemOS.Chat;

namespace Microsoft.Extensions.AI;

/// <summary>Gives chat clients memory.</summary>
public static class MemoryChatClientExtensions
{
    /// <summary>Gives a chat client memory: recall before each call, store after it. In a builder: <c>.Use(inner => inner.WithMemory(memory))</c>.</summary>
    /// <param name="client">Any chat client. Disposed with the result.</param>
    /// <param name="memory">The vault that exchanges are stored in, and searched. Not disposed.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static MemoryChatClient WithMemory(this IChatClient client, IMemoryClient memory, Action<ChatMemoryOptions>? configure = null)
    {
        ChatMemoryOptions options = new();
        configure?.Invoke(options);
        return new MemoryChatClient(client, memory, options);
    }
}
