namespace MemOS.Reader;

/// <summary>The role of a message's sender. The default value is <see cref="User"/>.</summary>
public readonly record struct MessageRole
{
    private readonly string? _value;

    private MessageRole(string value) => _value = value;

    /// <summary>The name on the wire, in lower case.</summary>
    public string Value => _value ?? "user";

    /// <summary>A person.</summary>
    public static MessageRole User => default;

    /// <summary>A model or an agent.</summary>
    public static MessageRole Assistant { get; } = new("assistant");

    /// <summary>Instructions of the application.</summary>
    public static MessageRole System { get; } = new("system");

    /// <summary>The answer of a tool.</summary>
    public static MessageRole Tool { get; } = new("tool");

    /// <summary>No sender: a passage of a document.</summary>
    public static MessageRole Document { get; } = new("document");

    /// <summary>Reads a role without regard to case; false for any other name.</summary>
    public static bool TryParse(string? text, out MessageRole role)
    {
        (bool known, role) = text?.ToLowerInvariant() switch
        {
            "user" or "human" => (true, User),
            "assistant" => (true, Assistant),
            "system" or "developer" => (true, System),
            "tool" or "function" => (true, Tool),
            "document" => (true, Document),
            _ => (false, default),
        };
        return known;
    }

    /// <inheritdoc cref="Value"/>
    public override string ToString() => Value;
}
