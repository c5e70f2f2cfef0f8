namespace MemOS.ModelMaker.Tiny;

/// <summary>One kind of fact: how it is stated, asked for and answered. {N} stands for the name, {V} for the value.</summary>
internal sealed record Relation
{
    /// <summary>How many ways all kinds share, of stating and of asking.</summary>
    public const int Shared = 4;

    /// <summary>A kind with words of its own, to which those that all kinds share are added.</summary>
    /// <param name="noun">What the value is to the person, as in "the pet of".</param>
    /// <param name="statements">Its own ways to state it; the first is also the answer.</param>
    /// <param name="questions">Its own ways to ask for the value.</param>
    /// <param name="values">What the value can be.</param>
    public Relation(string noun, string[] statements, string[] questions, string[] values)
    {
        Statements = [.. statements, $"{{N}}'s {noun} is {{V}}.", $"The {noun} of {{N}} is {{V}}.", $"{{N}} says that the {noun} is {{V}}.", $"As for the {noun} of {{N}}, it is {{V}}."];
        Questions = [.. questions, $"What is {{N}}'s {noun}?", $"What is the {noun} of {{N}}?", $"Tell me {{N}}'s {noun}.", $"Do you know the {noun} of {{N}}?"];
        Values = values;
    }

    /// <summary>Ways to state it; the first is also the answer, the last <see cref="Shared"/> are those of all kinds.</summary>
    public string[] Statements { get; }

    /// <summary>Ways to ask for the value; the last <see cref="Shared"/> are those of all kinds.</summary>
    public string[] Questions { get; }

    public string[] Values { get; }

    public string Answer => Statements[0];
}
