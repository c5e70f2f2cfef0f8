namespace MemOS.Reader.Statements;

/// <summary>What a match of a pattern means.</summary>
/// <param name="Kind">What it makes.</param>
/// <param name="Slot">What has to follow.</param>
/// <param name="Attribute">The attribute of a fact, for its key; "" for none.</param>
internal sealed record StatementRule(RuleKind Kind, SlotKind Slot, string Attribute = "")
{
    /// <summary>The value of a rule whose words say it.</summary>
    public string? Value { get; init; }

    /// <summary>A tag for the cube, or null.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether the words tell when it began, so that a time named with them is the beginning.</summary>
    public bool Begins { get; init; }

    /// <summary>Whether it is only sure together with "since".</summary>
    public bool NeedsSince { get; init; }

    /// <summary>Whether the words deny.</summary>
    public bool IsNegated { get; init; }
}
