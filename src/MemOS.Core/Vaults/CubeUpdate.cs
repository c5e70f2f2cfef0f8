using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Vaults;

/// <summary>A differential write: what is null stays as it is.</summary>
public sealed record CubeUpdate
{
    /// <summary>The version that the caller read; null to take whichever is current. When it is stale the update is refused.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>How <see cref="Text"/> meets the old text.</summary>
    public UpdateMode Mode { get; init; }

    /// <summary>The new text.</summary>
    public string? Text { get; init; }

    /// <summary>A new payload of any kind; not together with <see cref="Text"/>.</summary>
    public CubePayload? Payload { get; init; }

    /// <summary>The new semantic type.</summary>
    public SemanticType? Type { get; init; }

    /// <summary>The new tags.</summary>
    public ImmutableArray<string>? Tags { get; init; }

    /// <summary>The new entities.</summary>
    public ImmutableArray<string>? Entities { get; init; }

    /// <summary>Metadata to set; other keys stay.</summary>
    public ImmutableSortedDictionary<string, string>? Info { get; init; }

    /// <summary>The new governance.</summary>
    public GovernanceHeader? Governance { get; init; }

    /// <summary>The new valid time.</summary>
    public TimeInterval? Valid { get; init; }
}
