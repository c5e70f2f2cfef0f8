using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Scheduler;

namespace MemOS.Vaults;

/// <summary>One operation being planned: what it sees, what it will write, and for whom.</summary>
internal sealed class WritePlan(IVaultReader reader, VaultChange change, Caller caller, AnalyzedTexts texts)
{
    /// <summary>The vault's latest state.</summary>
    public IVaultReader Reader { get; } = reader;

    /// <summary>What will be written.</summary>
    public VaultChange Change { get; } = change;

    /// <summary>Who asked.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>The transaction time.</summary>
    public DateTimeOffset Now => Reader.Now;

    /// <summary>The current version of a cube that the caller may change.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.CubeNotFound"/> or <see cref="ErrorCodes.Forbidden"/>.</exception>
    public MemCube Require(CubeId id, BranchName branch = default)
    {
        MemCube cube = Reader.Find(id, branch) ?? throw NotFound(id);
        CallerRights.RequireWrite(Caller, cube);
        return cube;
    }

    /// <summary>Refuses when the caller read another version than the current one.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.VersionConflict"/>.</exception>
    public static void RequireVersion(MemCube current, int? expected)
    {
        if (expected is { } version && version != current.Version)
        {
            throw new MemOSException(ErrorCodes.VersionConflict, $"Cube {current.Id} is at version {current.Version}, not {version}: read it again, then decide.");
        }
    }

    /// <summary>Appends the first version of a new cube.</summary>
    /// <param name="cube">The version.</param>
    /// <param name="textHash">The hash of its text, where that is known already.</param>
    public MemCube Create(MemCube cube, long? textHash = null) => Write(cube, texts.Of(cube), textHash);

    /// <summary>Appends the version that follows another one. Numbers it; the rest is as given.</summary>
    public MemCube Follow(MemCube previous, MemCube next)
    {
        next = next with { Version = previous.Version + 1, Sequence = 0, TxFrom = default, TxTo = null };

        // The words did not change, so their vector did not either.
        bool same = next.Text is not null && next.Text == previous.Text && next.Descriptive.Speaker == previous.Descriptive.Speaker;
        return Write(next, same && Reader.FindVector(previous.Sequence, texts.Space) is { } vector ? AnalyzedTexts.With(next, vector) : texts.Of(next));
    }

    /// <summary>Writes down what is done.</summary>
    public void Audit(string operation, MemCube cube, string? detail = null) => Audit(operation, cube.Id, cube.Version, detail);

    /// <summary>Writes down what is done.</summary>
    public void Audit(string operation, CubeId cube = default, int version = 0, string? detail = null) =>
        Change.Audit.Add(new AuditEntry(0, default, Caller.Name, operation, cube, version, detail));

    /// <summary>Leaves work for later.</summary>
    public void Enqueue(string kind, string argument) => Change.NewJobs.Add(new VaultJob(0, kind, argument, 0, Now, null, false));

    /// <summary>The error for a cube that is not there, or that the caller may not know of.</summary>
    public static MemOSException NotFound(CubeId id) => new(ErrorCodes.CubeNotFound, $"There is no cube {id} in this vault.");

    private MemCube Write(MemCube cube, IndexDocument? document, long? textHash = null)
    {
        Change.Cubes.Add(new CubeWrite(cube, document?.Vector, document, textHash));
        return cube;
    }
}
