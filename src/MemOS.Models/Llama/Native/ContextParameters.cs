using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary><c>llama_context_params</c>; always started from the library's own defaults.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ContextParameters
{
    public uint Context;
    public uint Batch;
    public uint MicroBatch;
    public uint Sequences;
    public uint RecurrentSnapshots;
    public uint Outputs;
    public uint OutputsPerSequence;
    public int Threads;
    public int BatchThreads;
    public int ContextType;
    public int RopeScaling;
    public int Pooling;
    public int Attention;
    public int FlashAttention;
    public float RopeBase;
    public float RopeScale;
    public float YarnExtrapolation;
    public float YarnAttention;
    public float YarnBetaFast;
    public float YarnBetaSlow;
    public uint YarnOriginalContext;
    public float DefragmentThreshold;
    public delegate* unmanaged<nint, byte, void*, byte> Evaluate;
    public void* EvaluateData;
    public int KeyType;
    public int ValueType;
    public delegate* unmanaged<void*, byte> Abort;
    public void* AbortData;
    public byte Embeddings;
    public byte OffloadCache;
    public byte NoPerformanceCounters;
    public byte OffloadOperations;
    public byte FullSlidingWindow;
    public byte Unified;
    public void* Samplers;
    public nuint SamplerCount;
    public void* OtherContext;
}
