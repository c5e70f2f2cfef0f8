namespace MemOS.Operator.Recall.Ranking;

/// <summary>The buffers of one search. They are kept between searches; <see cref="Lexical"/>, <see cref="Names"/>, <see cref="Classes"/> and the session buffers are zero in between.</summary>
internal sealed class SearchScratch
{
    /// <summary>BM25 by document.</summary>
    public float[] Lexical = [];

    /// <summary>Approximate cosine by document.</summary>
    public float[] Vector = [];

    /// <summary>Named speaker or entity by document.</summary>
    public float[] Names = [];

    /// <summary>Member of the class that is asked for by document; as long as the others only in a search for such a class.</summary>
    public float[] Classes = [];

    /// <summary>The same of one meaning of the class; zero in between, and as long.</summary>
    public float[] Members = [];

    /// <summary>The documents with a member.</summary>
    public int[] MembersTouched = [];

    /// <summary>The score without neighbours, by document.</summary>
    public float[] Base = [];

    /// <summary>Documents that the caller may find.</summary>
    public ulong[] Readable = [];

    /// <summary>Those of them that pass the filter.</summary>
    public ulong[] Candidates = [];

    /// <summary>BM25 by session.</summary>
    public float[] Sessions = [];

    /// <summary>The frequency of one term by session.</summary>
    public int[] SessionFrequencies = [];

    /// <summary>The sessions that the term occurs in.</summary>
    public int[] SessionsTouched = [];

    /// <summary>The question's words that a document has, a bit each, as far as they were looked up.</summary>
    public readonly Dictionary<int, ulong> Shared = [];

    /// <summary>Makes room.</summary>
    /// <param name="documents">How many documents there are.</param>
    /// <param name="sessions">How many sessions there are.</param>
    /// <param name="classesUsed">Whether <see cref="Classes"/> are looked at.</param>
    public void EnsureRoom(int documents, int sessions, bool classesUsed)
    {
        if (Lexical.Length < documents)
        {
            int capacity = (documents + (documents >> 2) + 127) & ~63;
            Lexical = new float[capacity];
            Vector = new float[capacity];
            Names = new float[capacity];
            Base = new float[capacity];
            Readable = new ulong[capacity >> 6];
            Candidates = new ulong[capacity >> 6];
        }

        if (classesUsed && Classes.Length < documents)
        {
            Classes = new float[Lexical.Length];
            Members = new float[Lexical.Length];
            MembersTouched = new int[Lexical.Length];
        }

        if (Sessions.Length < sessions)
        {
            int capacity = sessions + (sessions >> 2) + 16;
            Sessions = new float[capacity];
            SessionFrequencies = new int[capacity];
            SessionsTouched = new int[capacity];
        }
    }

    /// <summary>Clears what the next search expects to be zero.</summary>
    public void Clear(int documents, int sessions, bool namesUsed, bool classesUsed)
    {
        Lexical.AsSpan(0, documents).Clear();
        Sessions.AsSpan(0, sessions).Clear();
        if (namesUsed)
        {
            Names.AsSpan(0, documents).Clear();
        }

        if (classesUsed)
        {
            Classes.AsSpan(0, documents).Clear();
        }
    }
}
