namespace MemOS.Tests;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("memos-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
