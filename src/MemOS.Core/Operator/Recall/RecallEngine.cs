using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall.Snapshots;
using MemOS.Vaults;
using Microsoft.Extensions.Logging;

namespace MemOS.Operator.Recall;

/// <summary>Recall over one open vault: keeps the index up to date with the store, searches it, and fetches what was found.</summary>
/// <remarks>Thread-safe. The index follows the store's commits in order; a recall finds everything that was acknowledged before it began.</remarks>
internal sealed partial class RecallEngine
{
    private const int LongestQuestion = 32_768;
    private const int MostHits = 1_000;
    private const int LoadBatch = 512;
    private const int BatchesAhead = 4;

    private readonly IVaultStore _store;
    private readonly TimeProvider _clock;
    private readonly RecallOptions _options;
    private readonly RecallIndex _opened;
    private readonly SnapshotSaving _saving;
    private readonly IndexFollower _follower;
    private volatile RecallIndex _index;

    private RecallEngine(IVaultStore store, MemoryVaultOptions options, DocumentAnalyzer analyzer, RecallIndex index)
    {
        _store = store;
        _clock = options.Clock;
        _options = options.Recall;
        Analyzer = analyzer;
        _opened = _index = index;
        _follower = new IndexFollower(Apply, RebuildAsync, error => LogStale(options.Logger, store.Id.Value, error));
        _saving = new SnapshotSaving(store, index, _follower.TryApplyAll, options.Clock, options.Logger);
    }

    /// <summary>Analyses texts for the index.</summary>
    public DocumentAnalyzer Analyzer { get; }

    /// <summary>About how many bytes of memory the index takes.</summary>
    public long Bytes => _index.Bytes;

    /// <summary>Continues the saved index of a vault, or builds it anew, and keeps it up to date from then on.</summary>
    public static async Task<RecallEngine> OpenAsync(IVaultStore store, MemoryVaultOptions options, CancellationToken cancellationToken)
    {
        DocumentAnalyzer analyzer = new(options.Embedder);
        RecallIndex index = Continue(store, analyzer.Space, options) ?? new RecallIndex(analyzer.Space, options.Recall);
        RecallEngine engine = new(store, options, analyzer, index);
        store.Committed = engine.OnCommitted;
        List<MemCube> unembedded = store.Read(reader => Load(index, reader.ReadCurrentWithVectors(analyzer.Space, index.LastSequence)));
        await engine.EmbedAsync(index, unembedded, cancellationToken).ConfigureAwait(false);
        return engine;
    }

    /// <summary>Saves the index when that is worth it. For a vault that is being closed.</summary>
    public async Task CloseAsync()
    {
        await _saving.CloseAsync().ConfigureAwait(false);
        _opened.Dispose();
        _index.Dispose(); // another one when it was built anew
    }

    /// <summary>Finds memories.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> for a query out of range.</exception>
    public async Task<RecallResult> RecallAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        Validate(query);
        CubeVector? vector = await Analyzer.EmbedAsync(query.Text, cancellationToken).ConfigureAwait(false);
        await _follower.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        RecallIndex index = query.AsOf is { } asOf ? await IndexAsOfAsync(asOf, cancellationToken).ConfigureAwait(false) : _index;
        RankedCubes ranked = index.Search(query, vector, _clock.GetUtcNow(), ReadProducts);
        return new RecallResult(_store.Read(reader => Fetch(reader, ranked.Hits, query.Caller)), ranked.Window, ranked.Tokens);
    }

    // Called after the search has counted its documents: what it found is in this view, unless it was forgotten meanwhile.
    private void ReadProducts(long[] sequences, ReadOnlyMemory<float> query, float[] products) => _store.Read(reader =>
    {
        float[] vector = ArrayPool<float>.Shared.Rent(query.Length);
        Span<float> values = vector.AsSpan(0, query.Length);
        for (int i = 0; i < sequences.Length; i++)
        {
            products[i] = reader.TryReadVector(sequences[i], Analyzer.Space, values) ? TensorPrimitives.Dot(query.Span, values) : float.NaN;
        }

        ArrayPool<float>.Shared.Return(vector);
        return products;
    });

    private static ImmutableArray<RecallHit> Fetch(IVaultReader reader, ImmutableArray<RankedCube> ranked, Caller caller)
    {
        ImmutableArray<RecallHit>.Builder hits = ImmutableArray.CreateBuilder<RecallHit>(ranked.Length);
        foreach (RankedCube found in ranked)
        {
            // What was forgotten between search and fetch is gone.
            if (reader.FindBySequence(found.Sequence) is { } cube && Seen(reader, cube, caller) is { } seen)
            {
                hits.Add(new RecallHit(seen, found.Score, found.Relevance, found.Breakdown, found.Derived));
            }
        }

        return hits.DrainToImmutable();
    }

    // A hit as of an earlier time is shown by the rules that hold now.
    private static MemCube? Seen(IVaultReader reader, MemCube cube, Caller caller) =>
        caller.IsOwner ? cube : CubeView.ProjectVersion(cube, (cube.IsCurrent ? cube : reader.Find(cube.Id) ?? cube).Governance, caller);

    private static void Validate(RecallQuery query)
    {
        if (string.IsNullOrWhiteSpace(query.Text))
        {
            throw Invalid("The question is empty: say what to recall.");
        }

        if (query.Text.Length > LongestQuestion)
        {
            throw Invalid($"The question has {query.Text.Length} characters; at most {LongestQuestion} are allowed.");
        }

        if (query.Limit is < 1 or > MostHits)
        {
            throw Invalid($"limit is {query.Limit}; it must be 1 to {MostHits}.");
        }

        if (query.TokenBudget is < 1)
        {
            throw Invalid($"token_budget is {query.TokenBudget}; it must be 1 or more.");
        }

        if (query.MinimumRelevance is not (>= 0 and <= 1))
        {
            throw Invalid($"minimum_relevance is {query.MinimumRelevance}; it must be 0 to 1.");
        }

        Reader.MessageRules.RequireText(query.Text, "text");
        Reader.MessageRules.RequireText(query.Context, "context");
    }

    private static MemOSException Invalid(string message) => new(ErrorCodes.InvalidInput, message);

    /// <summary>An index of what the vault held at a transaction time. Built for the one question: history is asked rarely.</summary>
    private async Task<RecallIndex> IndexAsOfAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        RecallIndex index = new(Analyzer.Space, _options);
        List<MemCube> unembedded = _store.Read(reader => Load(
            index, reader.ReadAsOf(asOf).Select(cube => (cube, reader.FindVector(cube.Sequence, Analyzer.Space)))));
        await EmbedAsync(index, unembedded, cancellationToken).ConfigureAwait(false);
        return index;
    }

    private static RecallIndex? Continue(IVaultStore store, string space, MemoryVaultOptions options)
    {
        if (store.OpenIndex() is not { } handle || SnapshotFile.TryOpen(handle) is not { } file)
        {
            return null;
        }

        RecallIndex? index = null;
        try
        {
            return index = store.Read(reader => RecallIndex.Continue(file, space, options.Recall, reader.HistoryStamp));
        }
        finally
        {
            if (index is null)
            {
                file.Dispose();
            }
        }
    }

    // Returns the cubes that have text but no vector in this space: the vault was written with another embedder.
    private static List<MemCube> Load(RecallIndex index, IEnumerable<(MemCube Cube, CubeVector? Vector)> rows)
    {
        List<MemCube> unembedded = [];
        List<(MemCube Cube, IndexDocument Document)> batch = new(LoadBatch);
        using BlockingCollection<List<(MemCube Cube, IndexDocument Document)>> analysed = new(BatchesAhead);
        Task? applying = null;
        try
        {
            foreach ((MemCube cube, CubeVector? vector) in rows)
            {
                if (vector is null && !string.IsNullOrWhiteSpace(cube.Text))
                {
                    unembedded.Add(cube);
                    continue;
                }

                batch.Add((cube, DocumentAnalyzer.Analyze(cube, vector)));
                if (batch.Count == LoadBatch)
                {
                    // A large vault is read and analysed on this thread while another one fills the index.
                    applying ??= Task.Run(() => Apply(index, analysed.GetConsumingEnumerable()));
                    analysed.Add(batch);
                    batch = new(LoadBatch);
                }
            }
        }
        finally
        {
            analysed.CompleteAdding();
            applying?.GetAwaiter().GetResult();
        }

        Apply(index, [batch]);
        return unembedded;
    }

    private static void Apply(RecallIndex index, IEnumerable<List<(MemCube Cube, IndexDocument Document)>> batches)
    {
        foreach ((MemCube cube, IndexDocument document) in batches.SelectMany(batch => batch))
        {
            index.Apply(cube, document);
        }
    }

    private async Task EmbedAsync(RecallIndex index, List<MemCube> cubes, CancellationToken cancellationToken)
    {
        for (int start = 0; start < cubes.Count; start += LoadBatch)
        {
            List<MemCube> batch = cubes.GetRange(start, Math.Min(LoadBatch, cubes.Count - start));
            IReadOnlyList<IndexDocument> documents = await Analyzer.AnalyzeAsync(batch, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < batch.Count; i++)
            {
                index.Apply(batch[i], documents[i]);
            }
        }
    }

    private async Task RebuildAsync()
    {
        RecallIndex index = new(Analyzer.Space, _options);
        List<MemCube> unembedded = _store.Read(reader => Load(index, reader.ReadCurrentWithVectors(Analyzer.Space)));
        await EmbedAsync(index, unembedded, CancellationToken.None).ConfigureAwait(false);
        _index = index;
    }

    private void OnCommitted(IReadOnlyList<VaultChange> changes)
    {
        _follower.Follow(changes);
        _saving.SaveIfDue();
    }

    private void Apply(VaultChange change)
    {
        foreach (CubeWrite write in change.Cubes)
        {
            if (write.Cube.Branch.IsMain)
            {
                _index.Apply(write.Cube, write.Document ?? DocumentAnalyzer.Analyze(write.Cube, write.Vector));
            }
        }

        foreach (CubeId forgotten in change.ForgottenCubes)
        {
            _index.Remove(forgotten);
        }

        if (change.ForgottenCubes.Count > 0)
        {
            // Nothing of what was forgotten stays in memory either.
            _index.Compact();
        }
    }

    [LoggerMessage(EventId = 2010, Level = LogLevel.Error, Message = "Vault {Vault}: the index could not take a commit; it is built anew before the next recall")]
    private static partial void LogStale(ILogger logger, string vault, Exception failure);
}
