using System.Collections.Frozen;
using System.Text.Json;

namespace MemOS.Api.Wire;

/// <summary>How the values of an enumeration are written on the wire: snake_case.</summary>
internal static class WireName<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    private static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes a value.</summary>
    public static string Of(T value) => Names[value];

    /// <summary>Reads a value; the default for none.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>, with the names there are.</exception>
    public static T Read(string? name, T missing, string field) => name is null ? missing : Values.TryGetValue(name, out T value)
        ? value
        : throw new MemOSException(ErrorCodes.InvalidInput, $"{field} must be one of {string.Join(", ", Names.Values)}.");
}
