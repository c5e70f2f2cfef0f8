using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Vaults;

/// <summary>A cube to be written directly, without a raw message behind it.</summary>
public sealed record NewCube
{
    /// <summary>The id to use, or null for a new one.</summary>
    public CubeId? Id { get; init; }

    /// <summary>The content.</summary>
    public required CubePayload Payload { get; init; }

    /// <summary>How it came to be.</summary>
    public required OriginSignature Origin { get; init; }

    /// <summary>What kind of statement it is.</summary>
    public SemanticType Type { get; init; } = SemanticType.Fact;

    /// <summary>Who said it, or null.</summary>
    public string? Speaker { get; init; }

    /// <summary>When it was said or noted, where that is not now; null when nothing is known.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>The conversation or document that it stands in, or null.</summary>
    public string? Context { get; init; }

    /// <summary>What single-valued fact it is the value of, or null.</summary>
    public string? FactKey { get; init; }

    /// <summary>The model that wrote it, or null.</summary>
    public string? Model { get; init; }

    /// <summary>Names that occur in it.</summary>
    public ImmutableArray<string> Entities { get; init; } = [];

    /// <summary>Tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Free metadata, or null.</summary>
    public ImmutableSortedDictionary<string, string>? Info { get; init; }

    /// <summary>Who may use it, for how long, how carefully.</summary>
    public GovernanceHeader Governance { get; init; } = GovernanceHeader.Default;

    /// <summary>When the statement holds.</summary>
    public TimeInterval Valid { get; init; } = TimeInterval.Always;

    /// <summary>The words of the context it was made in, for the contextual fingerprint; null for none.</summary>
    public string? ContextText { get; init; }
}
