using MemOS.Cubes;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// What the writer must know of the vault to carry out one change, looked up and checked before its first row is written, so that a change
/// that is refused leaves no trace and needs no savepoint.
/// </summary>
internal sealed class ChangePlan
{
    /// <summary>The current version that each new version of the change replaces; its <c>Number</c> is 0 where there is none.</summary>
    public List<CurrentVersion> Predecessors { get; } = [];

    /// <summary>The branch number of each new version.</summary>
    public List<long> Branches { get; } = [];

    /// <summary>Indices of the change's own messages by conversation and id.</summary>
    public Dictionary<(string? Conversation, string Id), int> Messages { get; } = [];

    /// <summary>The last version that the change itself has written of a cube and branch, by index.</summary>
    public Dictionary<(CubeId Cube, long Branch), int> Last { get; } = [];

    public void Clear()
    {
        Predecessors.Clear();
        Branches.Clear();
        Messages.Clear();
        Last.Clear();
    }
}
