using System.Buffers;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall.Excerpts;
using MemOS.Operator.Recall.Reranking;
using MemOS.Operator.Recall.Snapshots;
using MemOS.Operator.Recall.Spaces;
using MemOS.Operator.Recall.Vectors;
using MemOS.Vaults;
using Microsoft.Extensions.Logging;

namespace MemOS.Operator.Recall;

/// <summary>Recall over one open vault: keeps the index up to date with the store, searches it, and fetches what was found.</summary>
/// <remarks>Thread-safe. The index follows the store's commits in order; a recall finds everything that was acknowledged before it began.</remarks>
internal sealed partial class RecallEngine : IAsyncDisposable
{
    private const int LongestQuestion = 32_768;
    private const int MostHits = 1_000;

    private readonly IVaultStore _store;
    private readonly TimeProvider _clock;
    private readonly RecallOptions _options;
    private readonly RecallIndex _opened;
    private readonly SnapshotSaving _saving;
    private readonly IndexFollower _follower;
    private readonly QuestionEmbedders _questions;
    private readonly RerankStage? _rerank;
    private readonly Lock _gate = new();
    private volatile RecallIndex _index;
    private volatile bool _isChanging;
    private string _space;

    private RecallEngine(IVaultStore store, MemoryVaultOptions options, DocumentAnalyzer analyzer, RecallIndex index, bool isChanging)
    {
        (_space, _isChanging) = (index.Space, isChanging);
        _questions = new QuestionEmbedders(analyzer, options.FormerEmbedders);
        _rerank = options.Rerank is { } rerank ? new RerankStage(rerank, store.Id, options.Clock, options.Logger) : null;
        _store = store;
        _clock = options.Clock;
        _options = options.Recall;
        Analyzer = analyzer;
        _opened = _index = index;
        _follower = new IndexFollower(Apply, Rebuild, error => LogStale(options.Logger, store.Id.Value, error), options.Clock);

        // As long as some documents have no vector in the index's space, it is not worth keeping.
        _saving = new SnapshotSaving(store, index, () => !_isChanging && _follower.TryApplyAll(), options.Clock, options.Logger);
    }

    /// <summary>Analyses texts for the index.</summary>
    public DocumentAnalyzer Analyzer { get; }

    /// <summary>The embedding space that is searched at present.</summary>
    public string Space => _index.Space;

    /// <summary>Whether the vault has vectors of other spaces than the configured embedder's.</summary>
    public bool IsChanging => _isChanging;

    /// <summary>About how many bytes of memory the index takes.</summary>
    public long Bytes => _index.Bytes;

    /// <summary>Continues the saved index of a vault, or builds it anew, and keeps it up to date from then on.</summary>
    public static RecallEngine Open(IVaultStore store, MemoryVaultOptions options)
    {
        DocumentAnalyzer analyzer = new(options.Embedder);
        ServedSpace served = store.Read(reader => ServedSpace.Of(reader, analyzer.Space));
        RecallIndex index = Continue(store, served.Name, options) ?? new RecallIndex(served.Name, options.Recall);
        RecallEngine engine = new(store, options, analyzer, index, served.IsChanging);
        store.Committed = engine.OnCommitted;
        store.Committing = engine._follower.Begin;
        store.Read(reader => Load(index, reader.ReadCurrentWithVectors(served.Name, index.LastSequence)));
        return engine;
    }

    /// <summary>Searches in another space from now on. Every version that was committed has its vector there.</summary>
    public async Task ChangeSpaceAsync(string space, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _space = space; // for an index that is built anew meanwhile
        }

        bool taken = false;
        while (!taken)
        {
            RecallIndex index = _index;
            SpaceChange change = index.ChangeTo(space);
            Gather(change);
            await _follower.BetweenAsync(
                () =>
                {
                    Gather(change); // what came meanwhile
                    taken = index.Take(change) && ReferenceEquals(index, _index);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>There are no vectors of other spaces any more.</summary>
    public void EndChange() => _isChanging = false;

    /// <summary>Saves the index when that is worth it. For a vault that is being closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _saving.CloseAsync().ConfigureAwait(false);
        _follower.Dispose();
        _opened.Dispose();
        _index.Dispose(); // another one when it was built anew
    }

    /// <summary>Finds memories.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> for a query out of range.</exception>
    public async Task<RecallResult> RecallAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        Validate(query);
        CubeVector? vector = await _questions.EmbedAsync(query.Text, _index.Space, cancellationToken).ConfigureAwait(false);
        await _follower.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        RecallIndex index = query.AsOf is { } asOf ? IndexAsOf(asOf) : _index;
        if (vector is not null && vector.Space != index.Space)
        {
            vector = await _questions.EmbedAsync(query.Text, index.Space, cancellationToken).ConfigureAwait(false);
        }

        RerankStage? rerank = query.Rerank ? _rerank : null;
        RecallQuery searched = rerank is null ? query : query with { Limit = Math.Max(query.Limit, rerank.Depth), TokenBudget = null };
        RankedCubes ranked = index.Search(searched, vector, _clock.GetUtcNow(), ReadProducts);
        if (rerank is not null)
        {
            ImmutableArray<RecallHit> hits = _store.Read(reader => Fetch(reader, ranked.Hits, query.Caller).ToImmutableArray());
            hits = await rerank.RunAsync(query.Text, hits, cancellationToken).ConfigureAwait(false);
            return Result(HitBudget.Take(hits, query, ranked.Words));
        }

        return Result(_store.Read(reader => HitBudget.Take(Fetch(reader, ranked.Hits, query.Caller), query, ranked.Words)));

        RecallResult Result((ImmutableArray<RecallHit> Hits, int Tokens) taken) => new(taken.Hits, ranked.Window, taken.Tokens);
    }

    // Called after the search has counted its documents: what it found is in this view, unless it was forgotten meanwhile.
    private void ReadProducts(long[] sequences, CubeVector query, float[] products) => _store.Read(reader =>
    {
        float[] vector = ArrayPool<float>.Shared.Rent(query.Values.Length);
        Span<float> values = vector.AsSpan(0, query.Values.Length);
        for (int i = 0; i < sequences.Length; i++)
        {
            products[i] = reader.TryReadVector(sequences[i], query.Space, values) ? TensorPrimitives.Dot(query.Values.Span, values) : float.NaN;
        }

        ArrayPool<float>.Shared.Return(vector);
        return products;
    });

    private static IEnumerable<RecallHit> Fetch(IVaultReader reader, ImmutableArray<RankedCube> ranked, Caller caller)
    {
        foreach (RankedCube found in ranked)
        {
            // What was forgotten between search and fetch is gone.
            if (reader.FindBySequence(found.Sequence) is { } cube && Seen(reader, cube, caller) is { } seen)
            {
                yield return new RecallHit(seen, found.Score, found.Relevance, found.Breakdown, found.Derived);
            }
        }
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

        if (query.ExcerptTokens is < 8 or > 1000)
        {
            throw Invalid($"excerpt_tokens is {query.ExcerptTokens}; it must be 8 to 1000.");
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
    private RecallIndex IndexAsOf(DateTimeOffset asOf)
    {
        RecallIndex index = new(_index.Space, _options);
        _store.Read(reader => Load(index, reader.ReadAsOf(asOf).Select(cube => (cube, reader.FindVector(cube.Sequence, index.Space)))));
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

    private static int Load(RecallIndex index, IEnumerable<(MemCube Cube, CubeVector? Vector)> rows)
    {
        IndexLoading.Run(index, rows);
        return index.Count;
    }

    private int Gather(SpaceChange change) => _store.Read(reader =>
    {
        change.Gather(reader);
        return 0;
    });

    private void Rebuild()
    {
        while (true)
        {
            RecallIndex index = new(Volatile.Read(ref _space), _options);
            _store.Read(reader => Load(index, reader.ReadCurrentWithVectors(index.Space)));
            lock (_gate)
            {
                if (index.Space == _space)
                {
                    _index = index;
                    return;
                }
            }
        }
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
