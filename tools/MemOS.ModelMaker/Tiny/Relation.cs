namespace MemOS.ModelMaker.Tiny;

/// <summary>One kind of fact: how it is stated, asked for and answered. N stands for the name, V for the value.</summary>
/// <param name="Statements">Ways to state it; the first is also the answer.</param>
/// <param name="Questions">Ways to ask for the value.</param>
/// <param name="Values">What the value can be.</param>
internal sealed record Relation(string[] Statements, string[] Questions, string[] Values)
{
    public string Answer => Statements[0];
}
