namespace MemOS.Api;

/// <summary>A vector that pushes the answers of one model in a direction.</summary>
public sealed record SteeringRecord
{
    /// <summary>The cube that holds it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The fingerprint of the model that it steers.</summary>
    public required string Model { get; init; }

    /// <summary>The first layer that it is added in.</summary>
    public int FirstLayer { get; init; }

    /// <summary>The last.</summary>
    public int LastLayer { get; init; }

    /// <summary>Tags, to find it by.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
