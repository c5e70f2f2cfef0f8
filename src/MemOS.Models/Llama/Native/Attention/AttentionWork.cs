namespace MemOS.Models.Llama.Native.Attention;

/// <summary>One operation <c>FLASH_ATTN_EXT</c>: attention of tokens over keys and values in 16 bits.</summary>
/// <remarks>Queries are 32-bit floats of head size × tokens × heads; keys and values 16-bit ones of head size × keys × fewer or as many heads; the result is head size × heads × tokens.</remarks>
internal readonly unsafe struct AttentionWork
{
    private const int LeastTokens = 16; // of fewer most of a tile is empty, and the library is faster
    private const int MostHeadSize = 256;
    private const int Lanes = 16;

    private readonly NativeTensor* queries, keys, values, mask, result;

    public AttentionWork(NativeTensor* operation)
    {
        result = operation;
        queries = operation->Source(0);
        keys = operation->Source(1);
        values = operation->Source(2);
        mask = operation->Source(3);
        Scale = operation->Parameter(0);
        HeadsOfGroup = (int)(queries->Sizes[2] / keys->Sizes[2]);
        TokensOfTile = AttentionTile.Rows / HeadsOfGroup;
    }

    public float Scale { get; }

    /// <summary>Heads of queries that share a head of keys.</summary>
    public int HeadsOfGroup { get; }

    /// <summary>Tokens whose heads fill a tile.</summary>
    public int TokensOfTile { get; }

    public int HeadSize => (int)queries->Sizes[0];

    public int Tokens => (int)queries->Sizes[1];

    public int Keys => (int)keys->Sizes[1];

    public int Groups => (int)keys->Sizes[2];

    public int Tiles => Groups * TilesOfGroup;

    public bool HasMask => mask is not null;

    public nint KeyStride => (nint)keys->Strides[1];

    public nint ValueStride => (nint)values->Strides[1];

    private int TilesOfGroup => (Tokens + TokensOfTile - 1) / TokensOfTile;

    /// <summary>Whether an operation is of the kind that tiles compute: everything else stays the library's.</summary>
    public static bool CanCompute(NativeTensor* operation)
    {
        NativeTensor* queries = operation->Source(0), keys = operation->Source(1), values = operation->Source(2), mask = operation->Source(3), sinks = operation->Source(4);
        (float bias, float cap) = (operation->Parameter(1), operation->Parameter(2));
        return queries is not null && keys is not null && values is not null && sinks is null && bias == 0 && cap == 0 &&
            operation->Type == NativeTensor.F32 && queries->Type == NativeTensor.F32 && keys->Type == NativeTensor.F16 && values->Type == NativeTensor.F16 &&
            queries->Strides[0] == sizeof(float) && keys->Strides[0] == sizeof(ushort) && values->Strides[0] == sizeof(ushort) &&
            queries->Sizes[0] == keys->Sizes[0] && keys->Sizes[0] == values->Sizes[0] && keys->Sizes[0] % Lanes == 0 && keys->Sizes[0] <= MostHeadSize &&
            keys->Sizes[1] == values->Sizes[1] && keys->Sizes[2] == values->Sizes[2] && queries->Sizes[2] % keys->Sizes[2] == 0 && queries->Sizes[2] / keys->Sizes[2] <= AttentionTile.Rows / Lanes &&
            queries->Sizes[3] == 1 && keys->Sizes[3] == 1 && queries->Sizes[1] >= LeastTokens &&
            (mask is null || (mask->Type == NativeTensor.F16 && mask->Sizes[0] >= keys->Sizes[1] && mask->Sizes[1] >= queries->Sizes[1] && mask->Sizes[2] == 1 && mask->Sizes[3] == 1));
    }

    /// <summary>Computes one of the tiles; the same whichever order they come in.</summary>
    public void Compute(int number, AttentionTile tile)
    {
        int first = number % TilesOfGroup * TokensOfTile;
        tile.Compute(this, number / TilesOfGroup, first, Math.Min(TokensOfTile, Tokens - first));
    }

    public float* Query(int token, int head) => (float*)(queries->Data + (token * queries->Strides[1]) + (head * queries->Strides[2]));

    public byte* Key(int key, int group) => keys->Data + (key * keys->Strides[1]) + (group * keys->Strides[2]);

    public byte* Value(int key, int group) => values->Data + (key * values->Strides[1]) + (group * values->Strides[2]);

    public ushort* Mask(int token, int key) => (ushort*)(mask->Data + (token * mask->Strides[1])) + key;

    public float* Result(int token, int head) => (float*)(result->Data + (head * result->Strides[1]) + (token * result->Strides[2]));
}
