namespace MemOS.Cubes;

/// <summary>One difference between two versions.</summary>
/// <param name="Field">The field, for example <c>text</c> or <c>governance.priority</c>.</param>
/// <param name="Before">Its value in the older version, as text; null when absent.</param>
/// <param name="After">Its value in the newer version, as text; null when absent.</param>
public sealed record FieldChange(string Field, string? Before, string? After);
