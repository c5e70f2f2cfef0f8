using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks for another life-cycle state.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TransitionRequest
{
    /// <summary>The state to go to.</summary>
    public required string State { get; init; }

    /// <summary>The version that you read; a stale one is refused.</summary>
    public int? ExpectedVersion { get; init; }
}
