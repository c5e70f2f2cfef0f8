namespace MemOS.ModelMaker.Tiny;

/// <summary>Somebody, a kind of fact, and its value.</summary>
internal sealed record Fact(string Name, int Relation, string Value)
{
    /// <summary>Whether the name and the value are kept apart in training, so that recalling them together cannot come from the weights.</summary>
    public bool IsHeldOut
    {
        get
        {
            uint hash = 2166136261;
            foreach (char letter in $"{Name}/{Relation}/{Value}")
            {
                hash = (hash ^ letter) * 16777619;
            }

            return hash % 8 == 0;
        }
    }

    /// <summary>States it.</summary>
    /// <param name="random">Chooses the form.</param>
    /// <param name="plain">Share of the first form, which is also the answer's.</param>
    public string State(Random random, double plain)
    {
        string[] forms = Relations.All[Relation].Statements;
        return Fill(random.NextDouble() < plain ? forms[0] : forms[1 + random.Next(forms.Length - 1)]);
    }

    public string Ask(Random random)
    {
        string[] forms = Relations.All[Relation].Questions;
        return Fill(forms[random.Next(forms.Length)]);
    }

    /// <summary>Asks for the name instead of the value.</summary>
    public string AskWho() => Fill(Relations.All[Relation].Answer).Replace(Name + " ", "Who ", StringComparison.Ordinal).Replace('.', '?');

    public string Answer => Fill(Relations.All[Relation].Answer);

    private string Fill(string form) => string.Join(' ', form.Split(' ').Select(word =>
        word.TrimEnd('.', '?') is "N" ? word.Replace("N", Name, StringComparison.Ordinal)
        : word.TrimEnd('.', '?') is "V" ? word.Replace("V", Value, StringComparison.Ordinal)
        : word));
}
