using MemOS.Api;
using MemOS.Chat;

namespace MemOS.Server.Mcp;

/// <summary>What a feedback did.</summary>
/// <param name="Status">applied, needs_clarification or nothing_found.</param>
/// <param name="Changed">Memories that got a new version, as they are now.</param>
/// <param name="Added">Memories that are new.</param>
/// <param name="Candidates">Memories that could be meant, when it is not clear which.</param>
internal sealed record FeedbackView(string Status, IReadOnlyList<MemoryView> Changed, IReadOnlyList<MemoryView> Added, IReadOnlyList<MemoryView> Candidates)
{
    public static FeedbackView Of(SpokenFeedbackResponse given) =>
        new(given.Status, [.. given.Changed.Select(pair => MemoryView.Of(pair.After))], [.. given.Added.Select(MemoryView.Of)], [.. given.Candidates.Select(MemoryView.Of)]);

    public static FeedbackView Of(CubeRecord judged) => new("applied", [MemoryView.Of(judged)], [], []);
}
