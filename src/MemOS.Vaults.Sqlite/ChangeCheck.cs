using MemOS.Cubes;
using MemOS.Reader;

namespace MemOS.Vaults.Sqlite;

/// <summary>Decides whether a change may be written: version succession, message ids, branches, sources. Reads only.</summary>
internal sealed class ChangeCheck(Database database, MessageIds messages, PayloadFiles payloads)
{
    private const string FindCurrent = "SELECT number, sequence, sum FROM version WHERE cube = ? AND branch = ? AND sequence <= ? ORDER BY number DESC LIMIT 1";

    private readonly Statement _findCurrent = database.Prepare(FindCurrent);

    /// <exception cref="MemOSException">The change is refused; nothing was written.</exception>
    public void Run(VaultChange change, SqliteVaultReader reader, ChangePlan plan)
    {
        plan.Clear();
        CheckMessages(change, reader, plan);
        CheckBranches(change, reader);
        foreach (CubeWrite write in change.Cubes)
        {
            CheckCube(write, change, reader, plan);
        }

        CheckSources(change, plan);
    }

    private void CheckMessages(VaultChange change, SqliteVaultReader reader, ChangePlan plan)
    {
        for (int i = 0; i < change.Messages.Count; i++)
        {
            Message message = change.Messages[i];
            long number = reader.LastMessageNumber + i + 1;
            if (message.Number != number && message.Number != 0)
            {
                throw new MemOSException(
                    ErrorCodes.InvalidInput, $"The message '{message.Id}' has number {message.Number} where {number} follows. Number on from LastMessageNumber.");
            }

            if (!plan.Messages.TryAdd((message.Conversation, message.Id), i) || messages.Find(message.Conversation, message.Id) is not null)
            {
                throw new MemOSException(
                    ErrorCodes.MessageIdConflict,
                    $"The message id '{message.Id}' is in use in this conversation. Look the message up before adding it, or give it another id.");
            }
        }
    }

    private static void CheckBranches(VaultChange change, SqliteVaultReader reader)
    {
        for (int i = 0; i < change.NewBranches.Count; i++)
        {
            BranchName name = change.NewBranches[i];
            if (name.IsMain || change.NewBranches.IndexOf(name) < i || change.ClosedBranches.Contains(name) || reader.FindBranch(name) is not null)
            {
                throw new MemOSException(ErrorCodes.InvalidInput, $"The branch '{name}' exists already. Choose another name or close it first.");
            }
        }

        foreach (BranchName name in change.ClosedBranches)
        {
            if (name.IsMain || reader.FindBranch(name) is null)
            {
                throw new MemOSException(ErrorCodes.BranchNotFound, $"There is no branch '{name}' to close.");
            }
        }
    }

    private void CheckCube(CubeWrite write, VaultChange change, SqliteVaultReader reader, ChangePlan plan)
    {
        MemCube cube = write.Cube;
        if (cube.Id.IsDefault)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "A version without a cube id cannot be written.");
        }

        int index = plan.Branches.Count;
        (long branch, long lastOfMain) = FindBranch(cube.Branch, change, reader);
        bool again = plan.Last.TryGetValue((cube.Id, branch), out int earlier);
        CurrentVersion current = again ? new CurrentVersion(change.Cubes[earlier].Cube.Version, 0, 0) : Current(cube.Id, branch, lastOfMain);
        if (cube.Version != current.Number + 1)
        {
            throw new MemOSException(
                ErrorCodes.VersionConflict,
                $"Version {cube.Version} of cube {cube.Id} does not follow its current version {current.Number} on '{cube.Branch}'. Read it again and repeat the change.");
        }

        if (cube.Payload is StoredPayload payload && !payloads.Exists(payload.Hash))
        {
            throw new MemOSException(
                ErrorCodes.StorageFailed, $"The payload {payload.Hash} of cube {cube.Id} is not in the vault. Stage its bytes again.")
            { IsTransient = true };
        }

        plan.Predecessors.Add(current);
        plan.Branches.Add(branch);
        plan.Last[(cube.Id, branch)] = index;
    }

    // A branch that the same change opens has no number yet: -1 less its place in the list.
    private static (long Number, long LastOfMain) FindBranch(BranchName name, VaultChange change, SqliteVaultReader reader)
    {
        if (name.IsMain)
        {
            return (0, long.MaxValue);
        }

        int opened = change.NewBranches.IndexOf(name);
        if (opened >= 0)
        {
            return (-1 - opened, reader.LastSequence);
        }

        return reader.FindBranch(name) is { } found
            ? (found.Number, found.Branch.BaseSequence)
            : throw new MemOSException(ErrorCodes.BranchNotFound, $"There is no branch '{name}'. Open it before writing to it.");
    }

    // A branch goes on from the main line's version that it sees, without ending it.
    private CurrentVersion Current(CubeId cube, long branch, long lastOfMain)
    {
        if (branch == 0)
        {
            return Current(cube, 0L, long.MaxValue, ended: true);
        }

        CurrentVersion own = branch > 0 ? Current(cube, branch, long.MaxValue, ended: true) : default;
        return own.Number > 0 ? own : Current(cube, 0L, lastOfMain, ended: false);
    }

    private CurrentVersion Current(CubeId cube, long branch, long last, bool ended)
    {
        try
        {
            _findCurrent.Bind(0, cube.Value);
            _findCurrent.Bind(1, branch);
            _findCurrent.Bind(2, last);
            return _findCurrent.Step() ? new CurrentVersion(_findCurrent.Int32(0), ended ? _findCurrent.Int64(1) : CurrentVersion.NotEnded, _findCurrent.Int64(2)) : default;
        }
        finally
        {
            _findCurrent.Reset();
        }
    }

    // Sources that were named before their message had a number get it here: from the change itself, or from the vault.
    private void CheckSources(VaultChange change, ChangePlan plan)
    {
        foreach (CubeWrite write in change.Cubes)
        {
            foreach (MessageSource source in write.Cube.Sources.IsDefault ? [] : write.Cube.Sources)
            {
                if (source.Number == 0 && !plan.Messages.ContainsKey((source.Conversation, source.MessageId)) &&
                    messages.Find(source.Conversation, source.MessageId) is null)
                {
                    throw new MemOSException(ErrorCodes.MessageNotFound, $"A cube names the message '{source.MessageId}' as its source, which is not in the vault.");
                }
            }
        }
    }
}
