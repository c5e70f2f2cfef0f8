namespace MemOS.Operator.Recall.Snapshots;

/// <summary>A list of bytes that numbers are appended to, seven bits a byte.</summary>
internal sealed class ByteList
{
    private byte[] _bytes = new byte[256];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Count);

    /// <summary>Appends a number.</summary>
    public void Add(uint value)
    {
        if (_bytes.Length - Count < 5)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        while (value >= 0x80)
        {
            _bytes[Count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Count++] = (byte)value;
    }

    /// <summary>Appends bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - Count < bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Count + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(Count));
        Count += bytes.Length;
    }

    /// <summary>Takes bytes off the end.</summary>
    public void CutAt(int count) => Count = count;

    /// <summary>Reads a number and moves on.</summary>
    public static uint Read(ReadOnlySpan<byte> bytes, ref int position)
    {
        uint value = bytes[position++];
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7F;
        for (int shift = 7; ; shift += 7)
        {
            uint next = bytes[position++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
