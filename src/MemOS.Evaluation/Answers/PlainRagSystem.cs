using MemOS.Evaluation.Datasets;
using MemOS.Text;

namespace MemOS.Evaluation.Answers;

/// <summary>
/// The plain way: neighbouring messages of a session packed into chunks, ranked by BM25 over stems (k1 1.2, b 0.75), as many as the budget holds. No
/// memory at all, at the same number of tokens.
/// </summary>
internal sealed class PlainRagSystem(int budget, int chunkTokens = PlainRagSystem.DefaultChunkTokens) : IAnswerSystem
{
    /// <summary>A chunk is closed when the next message would take it past this.</summary>
    public const int DefaultChunkTokens = 200;

    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly List<(IReadOnlyList<ContextLine> Lines, Dictionary<string, int> Terms, int Length)> _chunks = [];
    private readonly Dictionary<string, int> _chunksWith = new(StringComparer.Ordinal);
    private double _averageLength;

    public string Name => "rag";

    public Task BeginAsync(LabelledConversation conversation, CancellationToken cancellationToken)
    {
        _chunks.Clear();
        _chunksWith.Clear();
        foreach (IEnumerable<ContextLine> lines in Chunks(conversation))
        {
            ContextLine[] chunk = [.. lines];
            string[] terms = [.. chunk.SelectMany(line => TextAnalyzer.Analyze(line.Text))];
            Dictionary<string, int> counts = terms.CountBy(term => term, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            _chunks.Add((chunk, counts, terms.Length));
            foreach (string term in counts.Keys)
            {
                _chunksWith[term] = _chunksWith.GetValueOrDefault(term) + 1;
            }
        }

        _averageLength = Math.Max(1, _chunks.Average(chunk => chunk.Length));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ContextLine>> ContextAsync(LabelledQuestion question, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        string[] asked = [.. TextAnalyzer.Analyze(question.Text).Distinct()];
        IEnumerable<ContextLine> ranked = _chunks.Index().Select(chunk => (chunk.Item.Lines, chunk.Index, Score: Score(chunk.Item.Terms, chunk.Item.Length, asked)))
            .OrderByDescending(chunk => chunk.Score).ThenBy(chunk => chunk.Index).SelectMany(chunk => chunk.Lines);
        return Task.FromResult<IReadOnlyList<ContextLine>>([.. ContextLine.Within(ranked, budget)]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private double Score(Dictionary<string, int> terms, int length, string[] asked)
    {
        double score = 0;
        foreach (string term in asked)
        {
            if (terms.TryGetValue(term, out int count))
            {
                int with = _chunksWith[term];
                double rarity = Math.Log(1 + ((_chunks.Count - with + 0.5) / (with + 0.5)));
                score += rarity * count * (K1 + 1) / (count + (K1 * (1 - B + (B * length / _averageLength))));
            }
        }

        return score;
    }

    private IEnumerable<IReadOnlyList<ContextLine>> Chunks(LabelledConversation conversation)
    {
        List<ContextLine> chunk = [];
        string? session = null;
        foreach (Reader.Message message in conversation.Messages)
        {
            ContextLine line = ContextLine.Of(message);
            if (chunk.Count > 0 && (message.Conversation != session || chunk.Sum(each => each.Tokens) + line.Tokens > chunkTokens))
            {
                yield return chunk;
                chunk = [];
            }

            session = message.Conversation;
            chunk.Add(line);
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
