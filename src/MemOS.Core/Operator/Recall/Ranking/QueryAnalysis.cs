using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Operator.Recall.Excerpts;
using MemOS.Operator.Recall.Indexing;
using MemOS.Text;
using MemOS.Reader.Time;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>What a question asks for, in terms of one index.</summary>
internal sealed class QueryAnalysis
{
    private const int LongestName = 4;

    private QueryAnalysis(
        QueryTerm[] terms, NamedEntity[] names, PostingList? speaker, AskedFor asked, ImmutableArray<AskedClass> classes, TimeInterval? window) =>
        (Terms, Names, Speaker, Asked, Classes, Window) = (terms, names, speaker, asked, classes, window);

    /// <summary>The distinct words.</summary>
    public QueryTerm[] Terms { get; }

    /// <summary>The speakers and entities named.</summary>
    public NamedEntity[] Names { get; }

    /// <summary>What the one speaker that it names said; null when it names none or several.</summary>
    public PostingList? Speaker { get; }

    /// <summary>The kind of answer that it wants.</summary>
    public AskedFor Asked { get; }

    /// <summary>The class that it asks members of, in each meaning that its name can have; empty for none.</summary>
    public ImmutableArray<AskedClass> Classes { get; }

    /// <summary>The time that it speaks of, or null.</summary>
    public TimeInterval? Window { get; }

    /// <summary>The words that tell sentences apart.</summary>
    public QuestionWords Words()
    {
        QueryTerm[] words = [.. Terms.Where(term => !term.IsSpeaker)];
        return new QuestionWords([.. words.Select(term => term.Key)], [.. words.Select(term => term.Rarity)]);
    }

    /// <summary>Analyses a question.</summary>
    /// <param name="text">The question.</param>
    /// <param name="state">The index.</param>
    /// <param name="reference">What "last week" counts from.</param>
    /// <param name="withClasses">Whether members of classes are looked for.</param>
    public static QueryAnalysis Of(string text, IndexState state, DateTimeOffset reference, bool withClasses)
    {
        var words = new TermCounter(stackalloc ulong[128]);
        TextAnalyzer.Analyze(text, ref words);
        ReadOnlySpan<ulong> keys = words.Keys;
        var terms = new List<QueryTerm>(keys.Length);
        var speakers = new List<PostingList>();
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[..i].Contains(keys[i]))
            {
                continue;
            }

            PostingList? bySpeaker = Live(state.Postings.Find(TermKey.Salted(keys[i], TermKey.Speaker)));
            if (bySpeaker is not null)
            {
                speakers.Add(bySpeaker);
            }

            PostingList? postings = Live(state.Postings.Find(keys[i]));
            terms.Add(new QueryTerm(keys[i], postings, Bm25.Rarity(state.Live, postings?.Live ?? 0), bySpeaker is not null));
        }

        var names = new List<NamedEntity>();
        if (speakers.Count == 1)
        {
            names.Add(new NamedEntity(speakers[0], 1)); // two names cancel out
        }

        AddEntities(keys, state, names);
        ImmutableArray<AskedClass> classes = withClasses ? AskedClass.Find(ClassReader.Read(text), keys, state) : [];
        words.Return();
        return new QueryAnalysis(
            [.. terms], [.. names], speakers.Count == 1 ? speakers[0] : null, QuestionReader.Read(text), classes, WindowOf(text, reference));
    }

    private static PostingList? Live(PostingList? postings) => postings is { Live: > 0 } ? postings : null;

    private static void AddEntities(ReadOnlySpan<ulong> keys, IndexState state, List<NamedEntity> names)
    {
        float rarest = Bm25.Rarity(state.Live, 1);
        for (int start = 0; start < keys.Length; start++)
        {
            for (int length = 1; length <= LongestName && start + length <= keys.Length; length++)
            {
                ulong key = DocumentAnalyzer.EntityKey(keys.Slice(start, length));
                if (Live(state.Postings.Find(key)) is { } postings && !names.Exists(name => name.Postings == postings))
                {
                    names.Add(new NamedEntity(postings, Bm25.Rarity(state.Live, postings.Live) / rarest));
                }
            }
        }
    }

    private static TimeInterval? WindowOf(string text, DateTimeOffset reference)
    {
        TimeInterval? window = null;
        foreach (TimeMention mention in TimeExpressionParser.Parse(text, reference))
        {
            window = window is not { } so ? mention.Interval : new TimeInterval(
                so.From < mention.Interval.From ? so.From : so.From is null ? null : mention.Interval.From,
                so.To > mention.Interval.To ? so.To : so.To is null ? null : mention.Interval.To);
        }

        return window;
    }
}
