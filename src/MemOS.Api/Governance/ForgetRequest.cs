using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Says what to forget; at least one part must be named.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ForgetRequest
{
    /// <summary>These cubes, the messages behind them and everything derived from those.</summary>
    public IReadOnlyList<Guid>? Cubes { get; init; }

    /// <summary>The messages with these ids and everything derived from them.</summary>
    public IReadOnlyList<string>? Messages { get; init; }

    /// <summary>Everything of this conversation.</summary>
    public string? Conversation { get; init; }

    /// <summary>Every cube for which this holds, as in recall.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>Everything in the vault.</summary>
    public bool? Everything { get; init; }
}
