using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>How a long native call is watched and ended: it counts steps here, and looks here whether to go on.</summary>
/// <remarks>Safe from any thread. Dispose it after the model and context that it was given to.</remarks>
internal sealed unsafe class LlamaProgress : IDisposable
{
    private readonly Counters* counters = (Counters*)NativeMemory.AllocZeroed((nuint)sizeof(Counters));

    /// <summary>Grows while native code works.</summary>
    public long Steps => Volatile.Read(ref counters->Steps);

    /// <summary>Asks the native call under way to end; the calls after it too, until <see cref="Continue"/>.</summary>
    public void Stop() => Volatile.Write(ref counters->Stop, 1);

    public void Continue() => Volatile.Write(ref counters->Stop, 0);

    public void Dispose() => NativeMemory.Free(counters);

    internal static delegate* unmanaged<void*, byte> AbortCallback => &OnStep;

    internal static delegate* unmanaged<float, void*, byte> LoadCallback => &OnLoad;

    internal void* State => counters;

    // Called between the operations of a graph; true ends it.
    [UnmanagedCallersOnly]
    private static byte OnStep(void* state) => Count(state) ? (byte)0 : (byte)1;

    // Called between the tensors of a file; false ends it.
    [UnmanagedCallersOnly]
    private static byte OnLoad(float share, void* state) => Count(state) ? (byte)1 : (byte)0;

    private static bool Count(void* state)
    {
        Interlocked.Increment(ref ((Counters*)state)->Steps);
        return Volatile.Read(ref ((Counters*)state)->Stop) == 0;
    }

    private struct Counters
    {
        public long Steps;
        public int Stop;
    }
}
