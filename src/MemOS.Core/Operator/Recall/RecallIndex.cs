using System.Collections.Concurrent;
using MemOS.Cubes;
using MemOS.Operator.Recall.Indexing;
using MemOS.Operator.Recall.Ranking;
using MemOS.Operator.Recall.Snapshots;
using MemOS.Operator.Recall.Vectors;
using MemOS.Vaults;

namespace MemOS.Operator.Recall;

/// <summary>The in-memory index of one vault: words, vectors, names, times, places in conversations. It can be rebuilt from the vault at any time.</summary>
/// <remarks>
/// One thread at a time may call <see cref="Apply"/>, <see cref="Remove"/> and <see cref="Compact"/>; any number of threads may call
/// <see cref="Search"/> meanwhile, none of which waits. A search sees every document that was applied before it began.
/// </remarks>
internal sealed class RecallIndex : IDisposable
{
    /// <summary>To be raised whenever the words, names or numbers that <see cref="DocumentAnalyzer"/> takes from a cube change: older snapshots are left aside then.</summary>
    public const int AnalysisVersion = 3;

    private const int FewestDead = 1024;

    private readonly RecallOptions _options;
    private readonly ConcurrentBag<SearchScratch> _scratches = [];
    private volatile IndexState _state;
    private SnapshotFile? _file;
    private int _unsaved;

    /// <summary>Makes an empty index.</summary>
    /// <param name="space">The embedding space of its vectors; vectors of other spaces are left out.</param>
    /// <param name="options">The weights; null for the defaults.</param>
    public RecallIndex(string space, RecallOptions? options = null)
        : this(options, new IndexState((options ?? RecallOptions.Default).SessionGap, space))
    {
    }

    private RecallIndex(RecallOptions? options, IndexState state)
    {
        _options = options ?? RecallOptions.Default;
        _state = state;
    }

    /// <summary>The embedding space.</summary>
    public string Space => _state.Vectors.Space;

    /// <summary>How many cubes it holds.</summary>
    public int Count => _state.Live;

    /// <summary>The highest sequence number that was applied; 0 for none.</summary>
    public long LastSequence { get; private set; }

    /// <summary>How many changes there were since the last cut, or since the index was empty.</summary>
    public int Unsaved => Volatile.Read(ref _unsaved);

    /// <summary>About how many bytes of memory it takes.</summary>
    public long Bytes => _state.Bytes;

    /// <summary>Continues a snapshot.</summary>
    /// <param name="file">The snapshot; the index owns it when it continues it.</param>
    /// <param name="space">The embedding space.</param>
    /// <param name="options">The weights.</param>
    /// <param name="history">The vault's stamp of its history up to a version, or null when it does not have the version.</param>
    /// <returns>Null when the snapshot was made of or with something else.</returns>
    public static RecallIndex? Continue(SnapshotFile file, string space, RecallOptions options, Func<long, ulong?> history)
    {
        SnapshotIdentity identity = SnapshotIdentity.Read(file.Directory);
        return identity == new SnapshotIdentity(space, AnalysisVersion, options.SessionGap.Ticks, identity.LastSequence, identity.History) &&
            history(identity.LastSequence) == identity.History
            ? new RecallIndex(options, new IndexState(options.SessionGap, space, file)) { LastSequence = identity.LastSequence, _file = file }
            : null;
    }

    /// <summary>Takes a cut, to be written as a snapshot. For the writer; <see cref="Unsaved"/> counts anew from here.</summary>
    public IndexCut Cut()
    {
        Volatile.Write(ref _unsaved, 0);
        return new IndexCut(_state);
    }

    /// <summary>Writes a cut as a snapshot.</summary>
    /// <param name="cut">The cut.</param>
    /// <param name="history">The vault's stamp of its history up to the last version of the cut.</param>
    /// <param name="stream">An empty stream that can seek.</param>
    public void Write(IndexCut cut, ulong history, Stream stream)
    {
        using var writer = new SnapshotWriter(stream);
        cut.Write(writer, new SnapshotIdentity(cut.Space, AnalysisVersion, _options.SessionGap.Ticks, cut.LastSequence(), history));
    }

    /// <summary>Adds a cube, or replaces its former version. An older version than the one held is ignored.</summary>
    /// <param name="cube">The committed version, with its sequence number.</param>
    /// <param name="document">Its text, analysed.</param>
    public void Apply(MemCube cube, IndexDocument document)
    {
        ArgumentNullException.ThrowIfNull(cube);
        ArgumentNullException.ThrowIfNull(document);
        IndexState state = _state;
        int held = state.Find(cube.Id);
        if (held >= 0 && state.Columns.Sequence[held] > cube.Sequence)
        {
            return;
        }

        LastSequence = Math.Max(LastSequence, cube.Sequence);
        Volatile.Write(ref _unsaved, _unsaved + 1);
        CubeVector? vector = document.Vector;
        state.Add(cube, document, vector is not null && vector.Space == state.Vectors.Space ? vector.Values.Span : default);
        CompactIfWorthIt();
    }

    /// <summary>Removes a cube; false when it was not there.</summary>
    public bool Remove(CubeId id)
    {
        bool removed = _state.Remove(id);
        Volatile.Write(ref _unsaved, _unsaved + 1);
        CompactIfWorthIt();
        return removed;
    }

    /// <summary>Builds the index anew without the documents that were replaced or removed, so that nothing of them stays in memory.</summary>
    public void Compact()
    {
        IndexState old = _state;
        var compact = new IndexState(_options.SessionGap, old.Vectors.Space);
        for (int document = 0; document < old.Count; document++)
        {
            if (!old.Columns.Has(document, DocumentFlags.Dead))
            {
                compact.Copy(old, document);
            }
        }

        _state = compact;
        _file = null; // searches that began before may still read it; the last one lets go of it
    }

    /// <summary>Finds cubes.</summary>
    /// <param name="query">What to find. <see cref="RecallQuery.AsOf"/> is the caller's business: build an index of that time.</param>
    /// <param name="vector">The question's embedding; null, or one of another space, leaves the vector leg out.</param>
    /// <param name="now">The present time.</param>
    /// <param name="exact">Looks up the stored vectors of the best documents; null to leave it at the index's rough ones.</param>
    public RankedCubes Search(RecallQuery query, CubeVector? vector, DateTimeOffset now, ExactProducts? exact = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        if (!_scratches.TryTake(out SearchScratch? scratch))
        {
            scratch = new SearchScratch();
        }

        var search = new IndexSearch(_state, _options, query, vector, now, scratch, exact);
        RankedCubes found = search.Run();
        _scratches.Add(scratch); // not after a failure: its buffers may not be clean then
        return found;
    }

    /// <summary>The best documents for a question with what the second look sees in them: what its weights are learned from.</summary>
    public PooledDocument[] Measure(RecallQuery query, CubeVector? vector, DateTimeOffset now, ExactProducts? exact = null) =>
        new IndexSearch(_state, _options, query, vector, now, new SearchScratch(), exact).Measure();

    /// <summary>Begins to gather vectors of another space; the index goes on with its own meanwhile.</summary>
    public SpaceChange ChangeTo(string space) => new(_state, space);

    /// <summary>
    /// Takes the vectors that were gathered in place of its own. For the writer, between two changes. All documents count as unsaved then.
    /// </summary>
    /// <returns>False when the index was built anew since; gather again.</returns>
    public bool Take(SpaceChange change)
    {
        if (!change.TryComplete(_state))
        {
            return false;
        }

        Volatile.Write(ref _unsaved, Math.Max(_unsaved, Count));
        return true;
    }

    /// <summary>Closes the snapshot that it continues.</summary>
    public void Dispose() => _file?.Dispose();

    private void CompactIfWorthIt()
    {
        IndexState state = _state;
        int dead = state.Count - state.Live;
        if (dead >= FewestDead && dead * 10L > state.Count * 3L)
        {
            Compact();
        }
    }
}
