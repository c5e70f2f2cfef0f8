using System.IO.MemoryMappedFiles;

namespace MemOS.Models.Llama.Native;

/// <summary>A file seen as memory, so that large states are not copied on their way.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;
    private readonly int length;

    private MappedFile(MemoryMappedFile file, long length, MemoryMappedFileAccess access)
    {
        this.file = file;
        this.length = checked((int)length);
        view = file.CreateViewAccessor(0, length, access);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
    }

    /// <summary>The bytes; not to be used after disposal, nor written where the file was opened to read.</summary>
    public Span<byte> Bytes => new(start, length);

    public static MappedFile Create(string path, long length) =>
        new(MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, length), length, MemoryMappedFileAccess.ReadWrite);

    public static MappedFile Open(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        long length = stream.Length;
        if (length is 0 or > int.MaxValue)
        {
            stream.Dispose();
            throw new ModelException(ModelErrorCodes.StateUnusable, $"{Path.GetFileName(path)} is empty or larger than 2 GB.");
        }

        return new(MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false), length, MemoryMappedFileAccess.Read);
    }

    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }
}
