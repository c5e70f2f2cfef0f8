using System.Text;

namespace MemOS.Operator.Recall.Snapshots;

/// <summary>The values of a table in a snapshot.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class PackedValues<T>
    where T : class
{
    private readonly SnapshotFile _file;
    private readonly ValueCodec<T> _codec;
    private readonly long _offset;
    private readonly int _length;

    private PackedValues(SnapshotFile file, ValueCodec<T> codec)
    {
        _file = file;
        _codec = codec;
        Count = file.Directory.ReadInt32();
        _offset = file.Directory.ReadInt64();
        _length = file.Directory.ReadInt32();
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Reads the description of a table.</summary>
    public static PackedValues<T> Open(SnapshotFile file, ValueCodec<T> codec) => new(file, codec);

    /// <summary>Reads the values.</summary>
    public void CopyTo(Span<T> target)
    {
        byte[] bytes = new byte[_length];
        _file.Read(_offset, bytes);
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        for (int i = 0; i < Count; i++)
        {
            target[i] = _codec.Read(reader);
        }
    }

    /// <summary>Writes values.</summary>
    public static void Write(SnapshotWriter writer, ValueCodec<T> codec, IReadOnlyCollection<T> values)
    {
        using var bytes = new MemoryStream();
        using var section = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (T value in values)
        {
            codec.Write(section, value);
        }

        section.Flush();
        writer.Directory.Write(values.Count);
        writer.Directory.Write(writer.Append<byte>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        writer.Directory.Write((int)bytes.Length);
    }
}
