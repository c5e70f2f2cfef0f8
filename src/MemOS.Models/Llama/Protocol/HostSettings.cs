namespace MemOS.Models.Llama.Protocol;

/// <summary>What a host is told when it starts: one line of JSON on its standard input, which stays open as long as its parent lives.</summary>
internal sealed record HostSettings
{
    /// <summary>The socket that it listens on.</summary>
    public required string Socket { get; init; }

    /// <summary>The folder of the native libraries.</summary>
    public required string Libraries { get; init; }

    /// <summary>The model file.</summary>
    public required string Model { get; init; }

    /// <summary>The sizes of its context.</summary>
    public required ContextSettings Context { get; init; }

    /// <summary>Whether saved states keep keys and values in 8 bits.</summary>
    public bool CompactStates { get; init; }

    /// <summary>Whether attention is left to the library alone.</summary>
    public bool LibraryAttention { get; init; }

    /// <summary>The most bytes that weights, cache and working memory may take; 0 for no limit.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>Whether it lets itself be broken on request; for tests of what its parent does then.</summary>
    public bool AllowFaults { get; init; }
}
