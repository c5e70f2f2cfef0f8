using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>Asks for a new cube with text, without a message behind it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateCubeRequest
{
    /// <summary>Its id; made when missing.</summary>
    public Guid? Id { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>What kind of statement it is; <c>fact</c> when missing.</summary>
    public string? Type { get; init; }

    /// <summary>How it came to be; <c>user_input</c> when missing.</summary>
    public string? Origin { get; init; }

    /// <summary>Who said it.</summary>
    public string? Speaker { get; init; }

    /// <summary>The conversation or document that it stands in.</summary>
    public string? Context { get; init; }

    /// <summary>What single-valued fact it is the value of.</summary>
    public string? FactKey { get; init; }

    /// <summary>The model that wrote it.</summary>
    public string? Model { get; init; }

    /// <summary>Names in it; found when missing.</summary>
    public IReadOnlyList<string>? Entities { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Free metadata.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Info { get; init; }

    /// <summary>Who may use it; the defaults when missing.</summary>
    public GovernanceRecord? Governance { get; init; }

    /// <summary>When the statement holds.</summary>
    public TimeWindow? Valid { get; init; }

    /// <summary>The words of the context it was made in.</summary>
    public string? ContextText { get; init; }
}
