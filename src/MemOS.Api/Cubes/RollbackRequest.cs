using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks to restore an earlier version as a new one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RollbackRequest
{
    /// <summary>The version to restore.</summary>
    public required int Version { get; init; }

    /// <summary>The version that you read; a stale one is refused.</summary>
    public int? ExpectedVersion { get; init; }
}
