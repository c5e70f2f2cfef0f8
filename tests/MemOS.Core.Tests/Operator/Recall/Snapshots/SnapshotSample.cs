using Xunit;
using MemOS.Operator.Recall.Indexing;
using MemOS.Operator.Recall.Snapshots;
using Microsoft.Win32.SafeHandles;

namespace MemOS.Core.Tests.Operator.Recall.Snapshots;

/// <summary>A file for a snapshot. It can be removed while an index reads it.</summary>
internal sealed class SnapshotSample : IDisposable
{
    private static readonly SnapshotIdentity s_identity = new("space", 1, 2, 3, 4);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public SafeFileHandle Open() => File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Writes a state and reads it again.</summary>
    public IndexState Reopen(IndexState state)
    {
        using (FileStream stream = File.Create(Path))
        using (var writer = new SnapshotWriter(stream))
        {
            new IndexCut(state).Write(writer, s_identity);
        }

        SnapshotFile file = SnapshotFile.TryOpen(Open()) ?? throw new InvalidOperationException("The snapshot is not whole.");
        Assert.Equal(s_identity, SnapshotIdentity.Read(file.Directory));
        return new IndexState(TimeSpan.FromHours(2), "space", file);
    }

    public void Dispose() => File.Delete(Path);
}
