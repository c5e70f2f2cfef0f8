using System.Globalization;

namespace MemOS.Transformations;

/// <summary>What the bytes of a steering vector are: 32-bit floats, little-endian, the model's width for each layer from layer 1. Written as the format of its payload.</summary>
/// <param name="Model">The fingerprint of the model that it steers.</param>
/// <param name="FirstLayer">The first layer that it is added in, 1 or more.</param>
/// <param name="LastLayer">The last.</param>
public sealed record SteeringFormat(string Model, int FirstLayer, int LastLayer)
{
    private const string Name = "application/vnd.memos.steering-vector";

    /// <summary>The format as a payload names it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name};model={Model};first={FirstLayer};last={LastLayer}");

    /// <summary>Reads the format of a payload; null for another one.</summary>
    public static SteeringFormat? TryParse(string? format) =>
        format?.Split(';') is [Name, { } model, { } first, { } last] && model.StartsWith("model=", StringComparison.Ordinal) && Number(first, "first=") is { } from && Number(last, "last=") is { } to
            ? new SteeringFormat(model["model=".Length..], from, to)
            : null;

    private static int? Number(string part, string name) =>
        part.StartsWith(name, StringComparison.Ordinal) && int.TryParse(part.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
