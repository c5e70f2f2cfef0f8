namespace MemOS.Api;

/// <summary>A cube that was found.</summary>
public sealed record RecallHitRecord
{
    /// <summary>The cube, with the messages that it came from in <c>sources</c>.</summary>
    public required CubeRecord Cube { get; init; }

    /// <summary>What of the cube's text is to be shown; missing when all of it is.</summary>
    public ExcerptRecord? Excerpt { get; init; }

    /// <summary>Higher is better; comparable within one answer only.</summary>
    public double Score { get; init; }

    /// <summary>0 to 1, comparable between answers.</summary>
    public double Relevance { get; init; }

    /// <summary>What each leg added to the score.</summary>
    public required ScoreRecord Breakdown { get; init; }

    /// <summary>Facts, events and preferences read out of the same message and folded into this hit.</summary>
    public required IReadOnlyList<Guid> Derived { get; init; }
}
