using System.Text;
using MemOS.TalkBuilder.Scripting;

namespace MemOS.TalkBuilder.Writing;

/// <summary>Writes what the user says and what the assistant answers: 200 to 2,000 characters, with the statement at hand somewhere in it.</summary>
internal sealed class TurnWriter(TalkScript script, Wording wording, SlotFiller slots, Dice dice)
{
    private const int Shortest = 200;
    private const int Longest = 2_000;

    private readonly BlockWriter _blocks = new(script, wording, slots, dice);
    private readonly HashSet<string> _used = [];

    /// <summary>The user's message.</summary>
    /// <param name="statement">What must be in it, verbatim; null for nothing in particular.</param>
    /// <param name="opens">Whether a session begins with it.</param>
    public string User(string? statement, bool opens)
    {
        _used.Clear();
        List<string> sentences = [];
        Add(sentences, opens ? 100 : 15, "opener");
        AddChatter(sentences, dice.Between(1, 4));
        Add(sentences, 70, "bridge");
        Add(sentences, 30, "bridge");
        if (statement is not null)
        {
            sentences.Insert(dice.Between(Math.Min(1, sentences.Count), sentences.Count), statement);
        }

        StringBuilder text = Paragraphs(sentences);
        if (dice.Percent(45))
        {
            text.Append("\n\n").Append(Sentence("exhibit")).Append("\n\n").Append(_blocks.Write(Longest - text.Length - 400));
        }

        List<string> end = [];
        Add(end, 60, "request");
        Pad(end, text.Length);
        return Join(text, end);
    }

    /// <summary>The assistant's answer.</summary>
    /// <param name="statement">What must be in it, verbatim; null for nothing in particular.</param>
    /// <param name="told">Whether the user stated something, which is then acknowledged without being said again.</param>
    public string Assistant(string? statement, bool told)
    {
        _used.Clear();
        List<string> sentences = [];
        Add(sentences, told ? 90 : 25, "acknowledge");
        for (int count = dice.Between(2, 6); count > 0; count--)
        {
            Add(sentences, 100, "advice");
        }

        if (statement is not null)
        {
            sentences.Insert(dice.Between(0, sentences.Count), statement);
        }

        StringBuilder text = Paragraphs(sentences);
        if (dice.Percent(60))
        {
            text.Append("\n\n").Append(Sentence("deliver")).Append("\n\n").Append(_blocks.Write(Longest - text.Length - 400));
        }

        List<string> end = [];
        Add(end, 70, "close");
        Pad(end, text.Length);
        return Join(text, end);
    }

    private static string Join(StringBuilder text, List<string> end) =>
        end.Count == 0 ? text.ToString() : text.Append("\n\n").AppendJoin(' ', end).ToString();

    private void Add(List<string> sentences, int percent, string section)
    {
        if (dice.Percent(percent))
        {
            sentences.Add(Sentence(section));
        }
    }

    // A pattern comes once in a message.
    private string Sentence(string section)
    {
        string pattern;
        do
        {
            pattern = dice.Pick(wording[section]);
        }
        while (!_used.Add(pattern));

        return slots.Sentence(pattern);
    }

    private void AddChatter(List<string> sentences, int count)
    {
        for (; count > 0; count--)
        {
            string pattern = dice.Pick(script.Chatter);
            if (_used.Add(pattern))
            {
                sentences.Add(slots.Sentence(pattern));
            }
        }
    }

    private void Pad(List<string> end, int length)
    {
        while (length + (end.Count == 0 ? 0 : end.Sum(sentence => sentence.Length + 1) + 1) < Shortest)
        {
            AddChatter(end, 1);
        }
    }

    private StringBuilder Paragraphs(List<string> sentences)
    {
        StringBuilder text = new();
        foreach (string sentence in sentences)
        {
            text.Append(text.Length == 0 ? "" : dice.Percent(25) ? "\n\n" : " ").Append(sentence);
        }

        return text;
    }
}
