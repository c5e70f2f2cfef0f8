using System.Diagnostics.CodeAnalysis;

namespace MemOS.Vaults;

/// <summary>Names a vault: 1 to 100 characters, none of them a control character or half of a surrogate pair. Case matters.</summary>
/// <remarks>Any such name is safe: engines encode it before it becomes a folder or a key. The default value names no vault.</remarks>
public readonly record struct VaultId
{
    /// <summary>The longest name, in UTF-16 characters.</summary>
    public const int MaximumLength = 100;

    private readonly string? _value;

    /// <summary>Names a vault.</summary>
    /// <exception cref="MemOSException">The name is not usable (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public VaultId(string value)
    {
        if (!IsValid(value))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"A vault id has 1 to {MaximumLength} characters, no control characters, and does not begin or end with a space.");
        }

        _value = value;
    }

    /// <summary>The name; empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this is the default value, which names no vault.</summary>
    public bool IsDefault => _value is null;

    /// <summary>Wraps a name if it is usable.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out VaultId id)
    {
        bool valid = IsValid(text);
        id = valid ? new VaultId(text!) : default; // text is not null when valid
        return valid;
    }

    /// <inheritdoc cref="Value"/>
    public override string ToString() => Value;

    private static bool IsValid([NotNullWhen(true)] string? text)
    {
        if (text is not { Length: > 0 and <= MaximumLength } || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) || (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) && ++i > 0)))
            {
                return false;
            }
        }

        return true;
    }
}
