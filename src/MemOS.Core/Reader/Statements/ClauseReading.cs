using MemOS.Cubes;

namespace MemOS.Reader.Statements;

/// <summary>What a rule read in a clause.</summary>
/// <param name="Type">The type of the statement.</param>
/// <param name="Attribute">The attribute of a single-valued fact; "" for none.</param>
/// <param name="Value">Its value, or null.</param>
/// <param name="Valid">When it holds.</param>
/// <param name="Tag">The rule's tag, or null.</param>
/// <param name="IsNegated">Whether it is denied or has ended.</param>
/// <param name="TakesSentence">Whether it reaches to the end of the sentence.</param>
internal readonly record struct ClauseReading(
    SemanticType Type, string Attribute, string? Value, TimeInterval Valid, string? Tag, bool IsNegated, bool TakesSentence)
{
    /// <summary>Where its clause begins in the message.</summary>
    public int Start { get; init; }
}
