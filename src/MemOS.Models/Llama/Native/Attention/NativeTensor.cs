using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native.Attention;

/// <summary><c>ggml_tensor</c>, as a back end is given it. Sizes count values, strides bytes; the first dimension varies fastest.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeTensor
{
    public const int F32 = 0;
    public const int F16 = 1;
    public const int MostSources = 10;

    public int Type;
    public nint Buffer;
    public fixed long Sizes[4];
    public fixed long Strides[4];
    public int Operation;
    public fixed int Parameters[16];
    public int Flags;
    public fixed long Sources[MostSources];
    public NativeTensor* ViewSource;
    public nuint ViewOffset;
    public byte* Data;
    public fixed byte Name[64];
    public void* Extra;
    public long Padding;

    public readonly NativeTensor* Source(int index) => (NativeTensor*)Sources[index];

    public readonly float Parameter(int index) => BitConverter.Int32BitsToSingle(Parameters[index]);
}
