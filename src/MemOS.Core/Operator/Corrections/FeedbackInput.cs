using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Reader;

namespace MemOS.Operator.Corrections;

/// <summary>What somebody says about memories, in their own words.</summary>
public sealed record FeedbackInput
{
    /// <summary>The words, at most 1,000,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>When it was said; null for now.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The conversation in which it was said: "it" and "that" stand for what its last turns speak of. Null for the default stream.</summary>
    public string? Conversation { get; init; }

    /// <summary>Who said it, or null.</summary>
    public string? Speaker { get; init; }

    /// <summary>Free metadata of the message that keeps the words; null when there is none.</summary>
    public ImmutableSortedDictionary<string, string>? Info { get; init; }

    /// <summary>The memories that it is about, for example those that the answer was based on. Empty to look for them.</summary>
    public ImmutableArray<CubeId> About { get; init; } = [];

    /// <summary>
    /// Whether "forget" erases for good, with the words of the instruction itself. When false, the default, the memory goes to the archive, from where it can be restored:
    /// a rule may have misread.
    /// </summary>
    public bool Erase { get; init; }

    /// <summary>The message that keeps the words.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when there are none.</exception>
    internal Message ToMessage(DateTimeOffset now) => new()
    {
        Id = "",
        Text = !string.IsNullOrWhiteSpace(Text) ? Text
            : throw new MemOSException(ErrorCodes.InvalidInput, "The feedback is empty: say what is wrong, what to add or what to forget."),
        Time = Time ?? now,
        Conversation = Conversation,
        Speaker = Speaker,
        Tags = ["feedback"],
        Info = Info,
    };

    /// <summary>What is to be done once the words are stored.</summary>
    internal FeedbackOrder ToOrder(long message) => new(message, About.IsDefault ? [] : About, Erase);
}
