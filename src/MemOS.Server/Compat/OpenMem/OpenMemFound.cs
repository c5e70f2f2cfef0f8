using MemOS.Operator.Recall;

namespace MemOS.Server.Compat.OpenMem;

/// <summary>What a search found, by kind.</summary>
internal sealed class OpenMemFound
{
    /// <summary>Facts, and what else is text.</summary>
    public List<RecallHit> Facts { get; } = [];

    /// <summary>Preferences.</summary>
    public List<RecallHit> Preferences { get; } = [];

    /// <summary>Tool memories.</summary>
    public List<RecallHit> Tools { get; } = [];

    /// <summary>Events, where they are listed apart.</summary>
    public List<RecallHit> Events { get; } = [];

    /// <summary>Orders what came from several vaults, and keeps the best. Scores mean nothing between vaults, relevance does; within a vault the order stays.</summary>
    public void Keep(int facts, int preferences, int tools)
    {
        foreach ((List<RecallHit> list, int most) in ((List<RecallHit>, int)[])[(Facts, facts), (Preferences, preferences), (Tools, tools), (Events, facts)])
        {
            if (list.Count > most)
            {
                RecallHit[] best = [.. list.OrderByDescending(hit => hit.Relevance).Take(most)]; // stable
                list.Clear();
                list.AddRange(best);
            }
        }
    }
}
