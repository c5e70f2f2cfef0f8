namespace MemOS.Cubes;

/// <summary>What a memory is about. An open set: the names below are the ones that MemOS makes itself.</summary>
/// <remarks>Compared without regard to case; written in lower case. The default value is <see cref="Episode"/>.</remarks>
public readonly record struct SemanticType
{
    private readonly string? _value;

    /// <summary>Names a type.</summary>
    /// <exception cref="ArgumentException">The name is empty, longer than 64 characters, or holds more than letters, digits, '_', '-' and '.'.</exception>
    public SemanticType(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > 64 || value.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')))
        {
            throw new ArgumentException("A semantic type has 1 to 64 letters, digits, '_', '-' or '.'.", nameof(value));
        }

        // The default value and the type named "episode" are one value.
        string lower = value.ToLowerInvariant();
        _value = lower == "episode" ? null : lower;
    }

    /// <summary>The name, in lower case.</summary>
    public string Value => _value ?? "episode";

    /// <summary>Something said, kept as it was said: one turn of a conversation.</summary>
    public static SemanticType Episode { get; } = new("episode");

    /// <summary>A statement that holds for some time.</summary>
    public static SemanticType Fact { get; } = new("fact");

    /// <summary>Something that happened, or will, at a time.</summary>
    public static SemanticType Event { get; } = new("event");

    /// <summary>What somebody likes, wants or wants to have avoided.</summary>
    public static SemanticType Preference { get; } = new("preference");

    /// <summary>A passage of a document.</summary>
    public static SemanticType Document { get; } = new("document");

    /// <summary>A call of a tool with its result.</summary>
    public static SemanticType ToolTrace { get; } = new("tool_trace");

    /// <summary>A prompt or instruction for a kind of task.</summary>
    public static SemanticType TaskPrompt { get; } = new("task_prompt");

    /// <inheritdoc cref="Value"/>
    public override string ToString() => Value;
}
