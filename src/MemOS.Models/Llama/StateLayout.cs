using System.Buffers.Binary;

namespace MemOS.Models.Llama;

/// <summary>Where keys and values of each token lie in the bytes that the library writes for a sequence.</summary>
/// <remarks>
/// As release 0.5.0 writes one sequence: a mark of 8 bytes; number of streams and tokens; for each token its position and sequences; whether values lie across, number of layers; for each layer
/// type, bytes of a row and a row of keys for each token; then the same for values. Whatever does not add up is refused.
/// </remarks>
internal sealed class StateLayout
{
    private const int Int = sizeof(int);

    private readonly int mark;
    private readonly int kind;
    private readonly int[] positions;
    private readonly List<(CacheType Type, int Row, int Offset)> keys = [];
    private readonly List<(CacheType Type, int Row, int Offset)> values = [];

    private StateLayout(int mark, int kind, int tokens) => (this.mark, this.kind, positions) = (mark, kind, new int[tokens]);

    /// <summary>Positions of the tokens, in the order in which they lie there.</summary>
    public ReadOnlySpan<int> Positions => positions;

    public int Layers => keys.Count;

    /// <summary>Reads a state.</summary>
    /// <exception cref="ModelException">It is laid out in another way.</exception>
    public static StateLayout Read(ReadOnlySpan<byte> state)
    {
        int at = 0, mark = Number(state, ref at), kind = Number(state, ref at);
        if (Number(state, ref at) != 1)
        {
            throw Unknown();
        }

        StateLayout layout = new(mark, kind, Count(state, ref at, state.Length));
        for (int token = 0; token < layout.positions.Length; token++)
        {
            layout.positions[token] = Number(state, ref at);
            if (Number(state, ref at) != 1)
            {
                throw Unknown();
            }

            at += Int; // the sequence
        }

        if (Number(state, ref at) != 0)
        {
            throw new ModelException(ModelErrorCodes.LibrariesUnsupported, "This back end keeps values across tokens; only those that keep them token by token are read.");
        }

        int layers = Count(state, ref at, state.Length);
        layout.ReadRows(state, ref at, layers, layout.keys);
        layout.ReadRows(state, ref at, layers, layout.values);
        return at == state.Length ? layout : throw Unknown();
    }

    /// <summary>Bytes of a state of the same kind.</summary>
    /// <param name="tokens">How many tokens it has.</param>
    /// <param name="type">How it keeps keys and values; null for as this one does.</param>
    public int Size(int tokens, CacheType? type = null) => checked((Int * (6 + (3 * tokens))) + keys.Concat(values).Sum(rows => (3 * Int) + (Row(rows, type) * tokens)));

    /// <summary>A state of the same kind whose keys and values are all zero.</summary>
    /// <param name="tokens">How many tokens it has.</param>
    /// <param name="first">The position of the first; the others follow.</param>
    public byte[] Blank(int tokens, int first)
    {
        byte[] state = new byte[Size(tokens)];
        Frame(state, tokens, first);
        return state;
    }

    /// <summary>Writes all of a state of the same kind but its keys and values.</summary>
    /// <param name="state">As many bytes as <see cref="Size"/> says.</param>
    /// <param name="tokens">How many tokens it has.</param>
    /// <param name="first">The position of the first; the others follow.</param>
    /// <param name="type">How it keeps keys and values; null for as this one does.</param>
    public void Frame(Span<byte> state, int tokens, int first, CacheType? type = null)
    {
        int at = 0;
        Write(state, ref at, mark, kind, 1, tokens);
        for (int token = 0; token < tokens; token++)
        {
            Write(state, ref at, first + token, 1, 0);
        }

        Write(state, ref at, 0, Layers); // values lie token by token
        foreach ((CacheType Type, int Row, int Offset) rows in keys.Concat(values))
        {
            Write(state, ref at, (int)(type ?? rows.Type), Row(rows, type), 0);
            at += Row(rows, type) * tokens;
        }
    }

    /// <summary>How keys and values of a layer are stored.</summary>
    public (CacheType Keys, CacheType Values) Types(int layer) => (keys[layer].Type, values[layer].Type);

    /// <summary>The bytes of a token's keys in a layer.</summary>
    public Range Keys(int layer, int token) => Row(keys[layer], token);

    /// <summary>The bytes of a token's values in a layer.</summary>
    public Range Values(int layer, int token) => Row(values[layer], token);

    private static Range Row((CacheType Type, int Row, int Offset) rows, int token) => (rows.Offset + (token * rows.Row))..(rows.Offset + ((token + 1) * rows.Row));

    private static int Row((CacheType Type, int Row, int Offset) rows, CacheType? type) => type is { } other ? CacheRow.Size(rows.Type, rows.Row, other) : rows.Row;

    private static void Write(Span<byte> state, ref int at, params ReadOnlySpan<int> numbers)
    {
        foreach (int number in numbers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(state[at..], number);
            at += Int;
        }
    }

    private void ReadRows(ReadOnlySpan<byte> state, ref int at, int layers, List<(CacheType Type, int Row, int Offset)> into)
    {
        for (int layer = 0; layer < layers; layer++)
        {
            CacheType type = (CacheType)Number(state, ref at);
            int row = Count(state, ref at, state.Length); // 64 bits, of which the upper half is 0
            if (!Enum.IsDefined(type) || Number(state, ref at) != 0 || row == 0 || (long)row * positions.Length > state.Length - at)
            {
                throw Unknown();
            }

            into.Add((type, row, at));
            at += row * positions.Length;
        }
    }

    private static int Count(ReadOnlySpan<byte> state, ref int at, int most) => Number(state, ref at) is >= 0 and int count && count <= most ? count : throw Unknown();

    private static int Number(ReadOnlySpan<byte> state, ref int at)
    {
        if (at > state.Length - Int)
        {
            throw Unknown();
        }

        at += Int;
        return BinaryPrimitives.ReadInt32LittleEndian(state[(at - Int)..]);
    }

    private static ModelException Unknown() => new(ModelErrorCodes.LibrariesUnsupported, "The library lays states out in a way that is not known here.");
}
