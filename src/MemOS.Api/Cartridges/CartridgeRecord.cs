namespace MemOS.Api;

/// <summary>A cartridge, trained or not yet.</summary>
public sealed record CartridgeRecord
{
    /// <summary>The cube that holds it, or will.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>waiting</c>, <c>training</c>, <c>ready</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The cubes whose text it stands for, in order.</summary>
    public required IReadOnlyList<Guid> Cubes { get; init; }

    /// <summary>When it was made, or asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The fingerprint of the model that it was trained for; null until it is ready.</summary>
    public string? Model { get; init; }

    /// <summary>Its tokens, those in front of the memory included; null until it is ready.</summary>
    public int? Tokens { get; init; }

    /// <summary>The tokens of the text that it stands for; null until it is ready.</summary>
    public int? StandsFor { get; init; }

    /// <summary>Its bytes; null until it is ready.</summary>
    public long? Bytes { get; init; }

    /// <summary>Steps of training done, while it is trained.</summary>
    public int? Step { get; init; }

    /// <summary>Steps in all, while it is trained.</summary>
    public int? Steps { get; init; }

    /// <summary>How far its answers are from those with the whole text, over the last steps: mean divergence of the next token in nats.</summary>
    public double? Divergence { get; init; }

    /// <summary>The number of its job, by which one that failed is tried again; null when it is ready.</summary>
    public long? Job { get; init; }

    /// <summary>Tries that failed; null when it is ready.</summary>
    public int? Attempts { get; init; }

    /// <summary>The code of the last failure.</summary>
    public string? Failure { get; init; }
}
