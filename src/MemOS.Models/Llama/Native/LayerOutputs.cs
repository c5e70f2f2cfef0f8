using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>What leaves each layer while a context computes: the stream that control vectors are added to. One thread at a time; alive as long as the context that it was given to.</summary>
internal sealed unsafe class LayerOutputs : IDisposable
{
    private const string Prefix = "l_out-"; // the name that the library gives them, with the layer's number

    private readonly SortedDictionary<int, float[]> outputs = [];
    private GCHandle handle;

    public LayerOutputs() => handle = GCHandle.Alloc(this);

    /// <summary>For each layer the values of every token that was computed last, token after token.</summary>
    public IReadOnlyDictionary<int, float[]> Layers => outputs;

    internal static delegate* unmanaged<nint, byte, void*, byte> Callback => &OnTensor;

    internal void* State => (void*)GCHandle.ToIntPtr(handle);

    public void Dispose() => handle.Free();

    // Called twice for a tensor: whether it is wanted, and when it is computed. Nothing may be thrown through the library.
    [UnmanagedCallersOnly]
    private static byte OnTensor(nint tensor, byte isAsked, void* state)
    {
        string name = Marshal.PtrToStringUTF8((nint)TensorNative.NameOf(tensor)) ?? "";
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int layer))
        {
            return isAsked == 0 ? (byte)1 : (byte)0;
        }

        if (isAsked == 0)
        {
            float[] values = new float[TensorNative.CountOf(tensor)];
            fixed (float* start = values)
            {
                BackendNative.Get(tensor, start, 0, (nuint)values.Length * sizeof(float));
            }

            Unsafe.As<LayerOutputs>(GCHandle.FromIntPtr((nint)state).Target!).outputs[layer] = values;
        }

        return 1;
    }
}
