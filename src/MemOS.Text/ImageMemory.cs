using System.Buffers;
using System.Reflection;

namespace MemOS.Text;

/// <summary>A resource of an assembly, read where the operating system has mapped it: no copy, and pages that nobody reads are never loaded.</summary>
internal sealed unsafe class ImageMemory : MemoryManager<byte>
{
    // Keeps the mapping's owner alive; the image of an assembly stays mapped as long as the process runs.
    private readonly UnmanagedMemoryStream _stream;
    private readonly byte* _start;
    private readonly int _length;

    private ImageMemory(UnmanagedMemoryStream stream)
    {
        _stream = stream;
        _start = stream.PositionPointer;
        _length = checked((int)stream.Length);
    }

    /// <summary>The bytes of a resource.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="name">The name of the resource.</param>
    /// <exception cref="InvalidOperationException">There is none of this name.</exception>
    public static ReadOnlyMemory<byte> Open(Assembly assembly, string name)
    {
        Stream? stream = assembly.GetManifestResourceStream(name);
        return stream switch
        {
            UnmanagedMemoryStream mapped => new ImageMemory(mapped).Memory,
            null => throw new InvalidOperationException($"The assembly holds no resource '{name}': it was not built with its assets."),
            _ => ReadAll(stream), // a host that loads assemblies from elsewhere than files
        };
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_start, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _stream.Dispose();

    private static byte[] ReadAll(Stream stream)
    {
        using (stream)
        {
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }
}
