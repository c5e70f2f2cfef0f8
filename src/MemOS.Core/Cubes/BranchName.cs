namespace MemOS.Cubes;

/// <summary>Names a branch of a vault. The default value is <see cref="Main"/>, the canonical line.</summary>
public readonly record struct BranchName
{
    private readonly string? _value;

    /// <summary>Names a branch.</summary>
    /// <exception cref="ArgumentException">The name is empty, longer than 64 characters, or holds more than ASCII letters, digits, '_', '-' and '.'.</exception>
    public BranchName(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > 64 || value.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')))
        {
            throw new ArgumentException("A branch name has 1 to 64 letters, digits, '_', '-' or '.'.", nameof(value));
        }

        _value = value == "main" ? null : value;
    }

    /// <summary>The canonical line.</summary>
    public static BranchName Main => default;

    /// <summary>Whether this is the canonical line.</summary>
    public bool IsMain => _value is null;

    /// <summary>The name.</summary>
    public string Value => _value ?? "main";

    /// <inheritdoc cref="Value"/>
    public override string ToString() => Value;
}
