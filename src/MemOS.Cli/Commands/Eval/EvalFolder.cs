using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Cli.Commands.Eval;

/// <summary>Where an evaluation keeps its vaults: a folder of its own that goes with it, unless one was named. The vaults of users are not the place for test data.</summary>
internal sealed class EvalFolder : IDisposable
{
    private readonly string? _temporary;

    public EvalFolder(CliContext context)
    {
        _temporary = context.GivenData is null ? Directory.CreateTempSubdirectory("memos-eval-").FullName : null;
        Path = context.GivenData ?? _temporary!; // one of them is set
        Engine = new SqliteVaultEngine(Path, null, context.Clock);
    }

    public string Path { get; }

    public IVaultEngine Engine { get; }

    public void Dispose()
    {
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }
}
