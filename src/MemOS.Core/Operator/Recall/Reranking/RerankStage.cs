using System.Collections.Immutable;
using MemOS.Vaults;
using Microsoft.Extensions.Logging;

namespace MemOS.Operator.Recall.Reranking;

/// <summary>Runs a reranker within its time, and leaves the hits as they are when it fails.</summary>
internal sealed partial class RerankStage(RerankOptions options, VaultId vault, TimeProvider clock, ILogger logger)
{
    /// <summary>How many hits to find for it.</summary>
    public int Depth => options.Depth;

    /// <summary>Puts the best hits in order. The scores are dealt out anew, so that they fall with the rank; the difference is part of the adjustment.</summary>
    public async ValueTask<ImmutableArray<RecallHit>> RunAsync(string question, ImmutableArray<RecallHit> hits, CancellationToken cancellationToken)
    {
        RecallHit[] seen = [.. hits.Take(options.Depth)];
        if (seen.Length < 2)
        {
            return hits;
        }

        using CancellationTokenSource late = new(options.Timeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            IReadOnlyList<int> order = await options.Reranker.RerankAsync(question, seen, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
            int[] places = [.. order.Where(place => place >= 0 && place < seen.Length).Concat(Enumerable.Range(0, seen.Length)).Distinct()];
            return [.. places.Select((place, rank) => WithScore(seen[place], seen[rank].Score)), .. hits.Skip(seen.Length)];
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, vault.Value, late.IsCancellationRequested ? "it took too long" : (e as MemOSException)?.Code ?? e.GetType().Name, e);
            return hits;
        }
    }

    private static RecallHit WithScore(RecallHit hit, double score) =>
        hit with { Score = score, Breakdown = hit.Breakdown with { Adjustment = hit.Breakdown.Adjustment + score - hit.Score } };

    [LoggerMessage(EventId = 2013, Level = LogLevel.Warning, Message = "Vault {Vault}: the reranker failed, and the hits stay as they were ranked: {Reason}")]
    private static partial void LogFailed(ILogger logger, string vault, string reason, Exception failure);
}
