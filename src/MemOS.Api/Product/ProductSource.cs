namespace MemOS.Api.Product;

/// <summary>A message that a memory came from.</summary>
public sealed record ProductSource
{
    /// <summary><c>chat</c>, <c>doc</c> or <c>system</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The id of the message.</summary>
    public required string MessageId { get; init; }

    /// <summary>The role of its sender.</summary>
    public string? Role { get; init; }

    /// <summary>The name of its sender.</summary>
    public string? Speaker { get; init; }

    /// <summary>When it was said, ISO 8601.</summary>
    public string? ChatTime { get; init; }

    /// <summary>What it said.</summary>
    public string? Content { get; init; }

    /// <summary>Its session.</summary>
    public string? SessionId { get; init; }

    /// <summary>The document.</summary>
    public string? DocPath { get; init; }
}
