namespace MemOS.Operator.Recall;

/// <summary>
/// An optional last stage of recall: reads the best hits beside the question and says which are best. Slow next to recall itself, so it sees few hits and little time.
/// </summary>
/// <remarks>Must be safe for use from several threads. Whatever it throws is logged, and the hits stay as they were ranked.</remarks>
public interface IReranker
{
    /// <summary>Puts hits in order.</summary>
    /// <param name="question">The question, as it was asked.</param>
    /// <param name="hits">The hits as they were ranked, as the caller may see them; at least two.</param>
    /// <param name="cancellationToken">Cancelled when the time is over; what is returned later is not used.</param>
    /// <returns>Places in <paramref name="hits"/>, best first, each at most once. Those that are left out follow in the order they had.</returns>
    ValueTask<IReadOnlyList<int>> RerankAsync(string question, IReadOnlyList<RecallHit> hits, CancellationToken cancellationToken);
}
