namespace MemOS.ModelMaker.Tiny;

/// <summary>One row of tokens as it is written: facts, then questions and answers.</summary>
internal sealed class Lesson(TinyVocabulary vocabulary)
{
    public List<int> Line { get; } = [TinyVocabulary.Bos];

    /// <summary>The places before each token of an answer.</summary>
    public List<int> Learned { get; } = [];

    /// <summary>Those of them that are before what was asked for.</summary>
    public HashSet<int> Values { get; } = [];

    /// <summary>Where sentences begin.</summary>
    public HashSet<int> Starts { get; } = [];

    /// <summary>Writes the facts, as a system message or plainly.</summary>
    public void State(IReadOnlyList<string> sentences, string separator, bool framed)
    {
        if (framed)
        {
            Line.Add(TinyVocabulary.System);
        }

        string text = "";
        foreach (string sentence in sentences)
        {
            Starts.Add(Line.Count + Count(text));
            text += (text.Length == 0 ? "" : separator) + sentence;
        }

        vocabulary.Encode(text + (framed ? "" : "\n"), Line);
        if (framed)
        {
            Line.Add(TinyVocabulary.End);
        }
    }

    /// <summary>Writes a question and its answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="asked">Where in it, in characters, that which was asked for begins.</param>
    public void Ask(string question, string answer, int asked)
    {
        Starts.Add(Line.Count);
        Line.Add(TinyVocabulary.User);
        vocabulary.Encode(question, Line);
        Line.Add(TinyVocabulary.End);
        Line.Add(TinyVocabulary.Assistant);
        int before = Line.Count;
        vocabulary.Encode(answer, Line);
        Line.Add(TinyVocabulary.End);
        Learned.AddRange(Enumerable.Range(before - 1, Line.Count - before));
        Values.Add(before + Count(answer[..asked]) - 1);
    }

    /// <summary>Says a fact again; its value is learned.</summary>
    public void Repeat(string sentence, int value)
    {
        Starts.Add(Line.Count);
        int place = Line.Count + Count(sentence[..value]) - 1;
        vocabulary.Encode(sentence + "\n", Line);
        Learned.Add(place);
        Values.Add(place);
    }

    private int Count(string text)
    {
        List<int> tokens = [];
        vocabulary.Encode(text, tokens);
        return tokens.Count;
    }
}
