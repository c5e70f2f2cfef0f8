using System.Collections.Concurrent;
using MemOS.Cubes;
using MemOS.Vaults;

namespace MemOS.Operator.Recall;

/// <summary>Fills an index with what a vault holds: the rows are read on the caller's thread, analysed on a second and entered on a third, in order.</summary>
internal sealed class IndexLoading : IDisposable
{
    private const int BatchSize = 512;
    private const int BatchesAhead = 4;

    private readonly RecallIndex _index;
    private readonly BlockingCollection<(MemCube Cube, CubeVector? Vector)[]> _read = new(BatchesAhead);
    private readonly BlockingCollection<(MemCube Cube, IndexDocument Document)[]> _analysed = new(BatchesAhead);
    private readonly CancellationTokenSource _failed = new();

    private IndexLoading(RecallIndex index) => _index = index;

    /// <summary>Fills an index that nobody else uses yet. What reading throws reaches the caller.</summary>
    public static void Run(RecallIndex index, IEnumerable<(MemCube Cube, CubeVector? Vector)> rows)
    {
        using IEnumerator<(MemCube Cube, CubeVector? Vector)[]> batches = rows.Chunk(BatchSize).GetEnumerator();
        if (!batches.MoveNext())
        {
            return;
        }

        if (batches.Current.Length < BatchSize)
        {
            Apply(index, Analyze(batches.Current)); // not worth two threads more
            return;
        }

        using IndexLoading loading = new(index);
        loading.Run(batches);
    }

    public void Dispose()
    {
        _read.Dispose();
        _analysed.Dispose();
        _failed.Dispose();
    }

    private void Run(IEnumerator<(MemCube Cube, CubeVector? Vector)[]> batches)
    {
        Task stages = Task.WhenAll(Begin(AnalyzeAll), Begin(ApplyAll));
        try
        {
            do
            {
                _read.Add(batches.Current, _failed.Token);
            }
            while (batches.MoveNext());
        }
        catch (OperationCanceledException) when (_failed.IsCancellationRequested)
        {
            // The stage that failed says why.
        }
        finally
        {
            _read.CompleteAdding();
            stages.GetAwaiter().GetResult();
        }
    }

    private void AnalyzeAll()
    {
        try
        {
            foreach ((MemCube, CubeVector?)[] batch in _read.GetConsumingEnumerable(_failed.Token))
            {
                _analysed.Add(Analyze(batch), _failed.Token);
            }
        }
        finally
        {
            _analysed.CompleteAdding();
        }
    }

    private void ApplyAll()
    {
        foreach ((MemCube, IndexDocument)[] batch in _analysed.GetConsumingEnumerable(_failed.Token))
        {
            Apply(_index, batch);
        }
    }

    // On threads of their own: they wait for each other, and an opening must not wait until the pool has found out that it needs more.
    private Task Begin(Action stage) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                stage();
            }
            catch (OperationCanceledException) when (_failed.IsCancellationRequested)
            {
                // The stage that failed says why.
            }
            catch
            {
                _failed.Cancel(); // nobody waits for a stage that has ended
                throw;
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static (MemCube Cube, IndexDocument Document)[] Analyze((MemCube Cube, CubeVector? Vector)[] batch) =>
        Array.ConvertAll(batch, row => (row.Cube, DocumentAnalyzer.Analyze(row.Cube, row.Vector)));

    private static void Apply(RecallIndex index, (MemCube Cube, IndexDocument Document)[] batch)
    {
        foreach ((MemCube cube, IndexDocument document) in batch)
        {
            index.Apply(cube, document);
        }
    }
}
