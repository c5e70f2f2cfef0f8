namespace MemOS.Evaluation.Datasets.Talks;

/// <summary>A message of a <see cref="TalkFile"/>.</summary>
public sealed record TalkMessage
{
    /// <summary>Its id, unique within the talk.</summary>
    public required string Id { get; init; }

    /// <summary>Its session.</summary>
    public required string Session { get; init; }

    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The name of who speaks, or null when only the role is known.</summary>
    public string? Speaker { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was said.</summary>
    public required string Text { get; init; }
}
