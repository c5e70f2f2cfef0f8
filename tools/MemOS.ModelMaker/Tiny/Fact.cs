namespace MemOS.ModelMaker.Tiny;

/// <summary>Somebody, a kind of fact, and its value.</summary>
internal sealed record Fact(string Name, int Relation, string Value)
{
    /// <summary>What is said when no fact tells.</summary>
    public const string Unknown = "I do not know.";

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

    public string Answer => Fill(Kind.Answer);

    /// <summary>Where in the answer the tokens of the value begin: a word with the space before it, a number behind it.</summary>
    public int AnswerValue => Answer.LastIndexOf(" " + Value, StringComparison.Ordinal) + (char.IsAsciiDigit(Value[0]) ? 1 : 0);

    private Relation Kind => Relations.All[Relation];

    public string State(Random random, Phrasing phrasing) => Fill(Choose(Kind.Statements, HeldOutForm(Relation), random, phrasing));

    public string Ask(Random random, Phrasing phrasing) => Fill(Choose(Kind.Questions, HeldOutForm(Relation + (Relation / Tiny.Relation.Shared)), random, phrasing));

    /// <summary>Asks for the name instead of the value.</summary>
    public string AskWho() => Answer.Replace(Name + " ", "Who ", StringComparison.Ordinal).Replace('.', '?');

    // One of the forms that all kinds share: its words are known from other kinds.
    private static int HeldOutForm(int number) => 1 + (number % Tiny.Relation.Shared);

    private static string Choose(string[] forms, int heldOutFromEnd, Random random, Phrasing phrasing)
    {
        int heldOut = forms.Length - heldOutFromEnd;
        switch (phrasing)
        {
            case Phrasing.Plain:
                return forms[0];
            case Phrasing.HeldOut:
                return forms[heldOut];
            default:
                int form = random.Next(forms.Length - 1);
                return forms[form < heldOut ? form : form + 1];
        }
    }

    private string Fill(string form) => form.Replace("{N}", Name, StringComparison.Ordinal).Replace("{V}", Value, StringComparison.Ordinal);
}
