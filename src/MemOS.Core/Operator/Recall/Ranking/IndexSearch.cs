using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;
using MemOS.Cubes;
using MemOS.Operator.Recall.Filters;
using MemOS.Operator.Recall.Indexing;
using MemOS.Operator.Recall.Vectors;
using MemOS.Vaults;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>One search: legs, fusion, neighbours, folding, selection, exact second pass.</summary>
internal sealed class IndexSearch
{
    private const int ChunkSize = 8 * VectorPlanes.PageSize;
    private const int ParallelFrom = 48_000;
    private const int SecondPassReserve = 32;
    private const int SmallestPool = 128;
    private const int SmallestExcerpt = 8;

    /// <summary>The second look counts in full once a third of the question's words, by rarity, stand somewhere together.</summary>
    private const float FullTrust = 3;

    private const byte Asks = (byte)DocumentFlags.Asks;

    private readonly RecallOptions _options;
    private readonly RecallQuery _query;
    private readonly SearchScratch _scratch;
    private readonly VectorPlanes _vectors;
    private readonly CubeVector? _vector;
    private readonly ExactProducts? _exact;
    private readonly sbyte[] _coarseVector;
    private readonly float _coarseScale;
    private readonly FilterScope _documents;
    private readonly Columns _columns;
    private readonly IndexState _state;
    private readonly QueryAnalysis _analysis;
    private readonly DocumentScorer _scorer;
    private readonly DateTimeOffset _now;
    private readonly int _count;
    private readonly int _sessions;
    private readonly int _words;
    private CosineScale _cosineScale;

    public IndexSearch(
        IndexState state, RecallOptions options, RecallQuery query, CubeVector? vector, DateTimeOffset now, SearchScratch scratch, ExactProducts? exact)
    {
        _exact = exact;
        _options = options;
        _query = query;
        _scratch = scratch;
        _now = now;
        _state = state;
        _count = state.Count;
        _columns = state.Columns; // after the count
        _documents = new FilterScope(state, _columns, _count);
        _sessions = state.Conversations.SessionLengths.Length;
        _words = Bitmap.WordsFor(_count);
        _analysis = QueryAnalysis.Of(query.Text, state, query.ReferenceTime ?? now, options.ClassWeight > 0);
        scratch.EnsureRoom(_count, _sessions, !_analysis.Classes.IsEmpty);
        _vectors = state.Vectors;
        _vector = vector is not null && vector.Space == _vectors.Space && vector.Values.Length == _vectors.Dimension ? vector : null;
        _coarseVector = _vector is null ? [] : new sbyte[VectorPlanes.RoomFor(_vectors.Dimension)];
        _coarseScale = _vector is null ? 0 : VectorPlanes.Quantise(_vector.Values.Span, _coarseVector);
        _scorer = new DocumentScorer(options, query, _analysis, _documents, scratch, now);
    }

    public RankedCubes Run()
    {
        if (_count == 0)
        {
            return new RankedCubes([], _analysis.Window, 0);
        }

        RankedDocument[] pool = Pool();
        RankedCubes result = Finish(pool);
        _scratch.Clear(_count, _sessions, _analysis.Names.Length > 0, !_analysis.Classes.IsEmpty);
        return result;
    }

    /// <summary>Measures the best documents instead of ranking them.</summary>
    public PooledDocument[] Measure()
    {
        if (_count == 0)
        {
            return [];
        }

        RankedDocument[] pool = Pool();
        Correct(pool);
        PoolFeatures features = Features();
        PooledDocument[] measured = [.. pool.Select(ranked =>
        {
            float[] values = new float[PoolFeatures.Count];
            features.Measure(ranked.Document, values);
            return new PooledDocument(ranked.Sequence, FullScore(ranked.Document), values);
        })];
        _scratch.Clear(_count, _sessions, _analysis.Names.Length > 0, !_analysis.Classes.IsEmpty);
        return measured;
    }

    private PoolFeatures Features() => new(_analysis, _documents, _scratch, _scorer.LexicalScale, _scorer.SessionScale);

    private RankedDocument[] Pool()
    {
        Span<ulong> readable = _scratch.Readable.AsSpan(0, _words);
        Readability.Fill(readable, _documents, _query, _now);
        Span<ulong> candidates = _scratch.Candidates.AsSpan(0, _words);
        if (_query.Filter is null)
        {
            readable.CopyTo(candidates);
        }
        else
        {
            _query.Filter.Evaluate(_documents, candidates);
            TensorPrimitives.BitwiseAnd(candidates, readable, candidates);
        }

        RunLegs();
        _scorer.Normalise(_count, _sessions);
        _cosineScale = CosineScale.Of(_scratch.Vector.AsSpan(0, _coarseScale == 0 ? 0 : _count), (float)_options.VectorEvidence);
        ForEachChunk(ScoreChunk);
        return Select();
    }

    private void RunLegs()
    {
        int chunks = Chunks;
        if (chunks == 0 || _count < ParallelFrom || _coarseScale == 0)
        {
            WordLegs();
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                ScanChunk(chunk);
            }

            return;
        }

        int next = -1;
        Parallel.For(0, Workers, worker =>
        {
            if (worker == 0)
            {
                WordLegs();
            }

            for (int chunk = Interlocked.Increment(ref next); chunk < chunks; chunk = Interlocked.Increment(ref next))
            {
                ScanChunk(chunk);
            }
        });
    }

    private int Chunks => (_count + ChunkSize - 1) / ChunkSize;

    private int Workers => Math.Min(Environment.ProcessorCount, Chunks);

    private void ForEachChunk(Action<int> action)
    {
        int chunks = Chunks;
        if (_count < ParallelFrom)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                action(chunk);
            }
        }
        else
        {
            Parallel.For(0, chunks, action);
        }
    }

    private void WordLegs()
    {
        LexicalLeg.Score(_analysis, _documents, _scratch);
        ClassLeg.Score(_analysis.Classes, _documents, _scratch);
        Span<float> names = _scratch.Names;
        foreach (NamedEntity name in _analysis.Names)
        {
            foreach (uint entry in name.Postings.Entries)
            {
                int document = (int)(entry >> 8);
                if (document < _count)
                {
                    names[document] = Math.Min(1, names[document] + name.Weight);
                }
            }
        }
    }

    private void ScanChunk(int chunk)
    {
        int first = chunk * ChunkSize;
        int end = Math.Min(first + ChunkSize, _count);
        Span<float> cosines = _scratch.Vector.AsSpan(first, end - first);
        if (_coarseScale == 0)
        {
            cosines.Clear();
            return;
        }

        for (int at = 0; at < cosines.Length; at += VectorPlanes.PageSize)
        {
            Span<float> page = cosines.Slice(at, Math.Min(VectorPlanes.PageSize, cosines.Length - at));
            _vectors.Scan((first + at) / VectorPlanes.PageSize, _coarseVector, _coarseScale, page);
        }
    }

    private void ScoreChunk(int chunk) => _scorer.ScoreRange(chunk * ChunkSize, Math.Min((chunk + 1) * ChunkSize, _count));

    private RankedDocument[] Select()
    {
        var kept = new ConcurrentTop(Math.Min(_count, Math.Max(_query.Limit + SecondPassReserve, SmallestPool)));
        ForEachChunk(chunk =>
        {
            TopDocuments top = kept.Rent();
            SelectFrom(chunk, top);
            kept.Return(top);
        });
        return kept.Merge();
    }

    private void SelectFrom(int chunk, TopDocuments top)
    {
        ReadOnlySpan<float> scores = _scratch.Base;
        ReadOnlySpan<int> previous = _columns.Previous;
        ReadOnlySpan<int> next = _columns.Next;
        ReadOnlySpan<int> parent = _columns.Parent;
        ReadOnlySpan<int> derived = _columns.FirstDerived;
        ReadOnlySpan<byte> flags = _columns.Flags;
        float share = (float)_options.NeighbourShare;
        float answerShare = (float)_options.AnswerShare;
        float threshold = top.Threshold;
        int count = _count;
        int end = Math.Min((chunk + 1) * (ChunkSize / 64), _words);
        for (int word = chunk * (ChunkSize / 64); word < end; word++)
        {
            for (ulong bits = _scratch.Candidates[word]; bits != 0; bits &= bits - 1)
            {
                int document = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (document >= count)
                {
                    break;
                }

                int before = previous[document];
                int after = next[document];
                float score = scores[document];
                if ((flags[document] & Asks) != 0)
                {
                    score += _scorer.QuestionLoss(document);
                }

                if ((uint)before < (uint)count)
                {
                    score += scores[before] * ((flags[before] & Asks) != 0 ? answerShare : share);
                }

                if ((uint)after < (uint)count)
                {
                    score += scores[after] * share;
                }

                if ((parent[document] & derived[document]) != Columns.None)
                {
                    if (IsFolded(document))
                    {
                        continue;
                    }

                    score = FullScore(document);
                }

                if (score >= threshold)
                {
                    top.Add(new RankedDocument(document, score, _columns.Sequence[document]));
                    threshold = top.Threshold;
                }
            }
        }
    }

    private float FullScore(int document) =>
        _scratch.Base[document] + _scorer.QuestionLoss(document) + NeighbourGain(document) + _scorer.DerivedGain(document, _scratch.Base);

    private bool IsFolded(int document)
    {
        int parent = _columns.Parent[document];
        return (uint)parent < (uint)_count && Bitmap.IsSet(_scratch.Candidates, parent);
    }

    private float NeighbourGain(int document)
    {
        float share = (float)_options.NeighbourShare;
        int previous = _columns.Previous[document];
        bool answers = (uint)previous < (uint)_count && (_columns.Flags[previous] & Asks) != 0;
        return (BaseOf(previous) * (answers ? (float)_options.AnswerShare : share)) + (BaseOf(_columns.Next[document]) * share) +
            (BaseOf(_columns.Parent[document]) * share);
    }

    private float BaseOf(int document) => (uint)document < (uint)_count ? _scratch.Base[document] : 0;

    private RankedCubes Finish(RankedDocument[] pool)
    {
        // The exact second pass: correct the cosines of the pool, then rank again. A neighbour's share is small enough for its rough cosine.
        Correct(pool);
        PoolFeatures features = Features();
        Span<float> values = stackalloc float[PoolFeatures.Count];
        var results = new RankedDocument[pool.Length];
        Span<float> gains = stackalloc float[_options.SecondLookWeight > 0 ? pool.Length : 0];
        float covered = 0;
        for (int i = 0; i < gains.Length; i++)
        {
            features.Measure(pool[i].Document, values);
            gains[i] = RankingModel.Gain(values);
            covered = Math.Max(covered, values[(int)RankingFeature.CoverageAround]);
        }

        // The second look goes by words: where hardly a word of the question is found, the legs know better.
        float secondLook = (float)_options.SecondLookWeight * Math.Clamp(covered * FullTrust, 0, 1);
        for (int i = 0; i < pool.Length; i++)
        {
            int document = pool[i].Document;
            results[i] = new RankedDocument(document, FullScore(document) + (gains.IsEmpty ? 0 : secondLook * gains[i]), pool[i].Sequence);
        }

        Array.Sort(results);
        if ((_analysis.Asked & AskedFor.Several) != 0 && _options.RepeatPenalty > 0)
        {
            SessionTurns.Take(results, _columns.Session, (float)_options.RepeatPenalty);
        }

        var hits = ImmutableArray.CreateBuilder<RankedCube>(Math.Min(results.Length, _query.Limit));
        int tokens = 0;
        int smallest = _query.ExcerptTokens is null ? int.MaxValue : SmallestExcerpt; // more than enough are found; who cuts them counts anew
        foreach (RankedDocument ranked in results)
        {
            if (hits.Count == _query.Limit)
            {
                break;
            }

            double relevance = RelevanceOf(ranked.Document);
            if (relevance < _query.MinimumRelevance)
            {
                continue;
            }

            int size = Math.Min((_columns.TextLength[ranked.Document] + 3) / 4, smallest);
            if (_query.TokenBudget is { } budget && tokens + size > budget)
            {
                break;
            }

            tokens += size;
            features.Measure(ranked.Document, values);
            hits.Add(Describe(ranked, relevance, values, secondLook));
        }

        return new RankedCubes(hits.DrainToImmutable(), _analysis.Window, tokens, _query.ExcerptTokens is null ? null : _analysis.Words());
    }

    private void Correct(RankedDocument[] pool)
    {
        if (_exact is null || _vector is null || _coarseScale == 0)
        {
            return;
        }

        long[] sequences = new long[pool.Length];
        for (int i = 0; i < pool.Length; i++)
        {
            sequences[i] = pool[i].Sequence;
        }

        float[] cosines = new float[pool.Length];
        _exact(sequences, _vector, cosines);
        for (int i = 0; i < pool.Length; i++)
        {
            int document = pool[i].Document;
            if (!float.IsNaN(cosines[i]))
            {
                _scratch.Vector[document] = cosines[i];
                _scratch.Base[document] = _scorer.Score(document, cosines[i]).Total;
            }
        }
    }

    private RankedCube Describe(RankedDocument ranked, double relevance, ReadOnlySpan<float> features, float secondLook)
    {
        int document = ranked.Document;
        ScoreParts parts = _scorer.Score(document, _scratch.Vector[document]);
        double neighbours = NeighbourGain(document);
        double gain = _scorer.QuestionLoss(document) + _scorer.DerivedGain(document, _scratch.Base);
        var breakdown = new ScoreBreakdown(parts.Lexical, parts.Vector, parts.Names, parts.Time, neighbours, parts.Session, parts.Adjustment + gain);
        breakdown = RankingModel.AddTo(breakdown, features, secondLook);
        if ((_analysis.Asked & AskedFor.Several) != 0)
        {
            breakdown = breakdown with { Adjustment = breakdown.Adjustment + ranked.Score - breakdown.Total }; // what it lost to others of its session
        }

        return new RankedCube(
            new CubeId(_columns.Id.Pick(document)), _columns.Sequence[document], breakdown.Total, relevance, breakdown, DerivedOf(document));
    }

    private ImmutableArray<CubeId> DerivedOf(int document)
    {
        if (_columns.FirstDerived[document] < 0)
        {
            return [];
        }

        var found = new List<RankedDocument>();
        for (int at = _columns.FirstDerived[document], steps = 0; (uint)at < (uint)_count && steps < 256; at = _columns.NextDerived[at], steps++)
        {
            if (Bitmap.IsSet(_scratch.Candidates, at) && EvidenceOf(at).Found)
            {
                found.Add(new RankedDocument(at, 0, -_columns.Sequence[at]));
            }
        }

        found.Sort();
        return [.. found.Select(derived => new CubeId(_columns.Id.Pick(derived.Document)))];
    }

    private double RelevanceOf(int document)
    {
        double neighbour = Math.Max(QualityOf(_columns.Previous[document]), QualityOf(_columns.Next[document]));
        Evidence own = EvidenceOf(document);
        double relevance = own.Relevance(Math.Max(neighbour, QualityOf(_columns.Parent[document])));
        for (int at = _columns.FirstDerived[document], steps = 0; (uint)at < (uint)_count && steps < 256; at = _columns.NextDerived[at], steps++)
        {
            if (Bitmap.IsSet(_scratch.Candidates, at))
            {
                relevance = Math.Max(relevance, EvidenceOf(at).Relevance(0));
            }
        }

        return relevance;
    }

    private double QualityOf(int document) =>
        (uint)document < (uint)_count && Bitmap.IsSet(_scratch.Readable, document) && EvidenceOf(document) is { Found: true } evidence ? evidence.Quality : 0;

    private Evidence EvidenceOf(int document) => Evidence.Of(
        _analysis, document, _scratch.Vector[document], _scratch.Names[document] > 0 || _scorer.IsInWindow(document) || _scorer.ClassScore(document) > 0, _cosineScale);
}
