namespace MemOS.Api;

/// <summary>Text that a model has read already, kept as what that left in the model.</summary>
public sealed record StateRecord
{
    /// <summary>The cube that holds it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The fingerprint of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Its tokens, those in front of the memory included.</summary>
    public int Tokens { get; init; }

    /// <summary>The tokens of the text that a trained state stands for; null for one that was not trained.</summary>
    public int? StandsFor { get; init; }

    /// <summary>What it takes on disk.</summary>
    public long Bytes { get; init; }

    /// <summary>The cubes whose text it holds.</summary>
    public required IReadOnlyList<Guid> Sources { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it is in the model's memory, loaded ahead.</summary>
    public bool IsLoaded { get; init; }
}
