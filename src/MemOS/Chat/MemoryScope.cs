namespace MemOS.Chat;

/// <summary>A part of a vault. The vault itself is the user; these narrow it.</summary>
public sealed record MemoryScope
{
    /// <summary>Only what this agent has to do with; null for every agent.</summary>
    public string? Agent { get; init; }

    /// <summary>Only this session (conversation); null for every session.</summary>
    public string? Session { get; init; }
}
