using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Scheduler.Transitions;

/// <summary>A text that may become a state, or a state that may be given up: everything that the decision rests on.</summary>
public sealed record TransitionCandidate
{
    /// <summary>The cube with the text; the first one of a state that was made from several.</summary>
    public required CubeId Cube { get; init; }

    /// <summary>Its state, or null.</summary>
    public HeldState? State { get; init; }

    /// <summary>How hot it is now.</summary>
    public required double Heat { get; init; }

    /// <summary>When it was last used, or null.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>Since when it stands as it does.</summary>
    public required DateTimeOffset StableSince { get; init; }

    /// <summary>Its tokens in a context.</summary>
    public required int Tokens { get; init; }

    /// <summary>The most bytes that its state would take.</summary>
    public required long Bytes { get; init; }

    /// <summary>-100 to 100.</summary>
    public int Priority { get; init; }

    /// <summary>Its tags.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>How near it is to what the conversation is about, -1 to 1; 0 where nothing is known.</summary>
    public double Similarity { get; init; }
}
