using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>The processor that computes graphs of tensors. One thread at a time.</summary>
internal sealed unsafe class TensorBackend : SafeHandle
{
    private const int Cpu = 0;

    private TensorBackend(nint handle)
        : base(handle, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The CPU back end.</summary>
    /// <param name="threads">Threads to compute with. More than there are free cores is many times slower, since they wait spinning.</param>
    public static TensorBackend CreateCpu(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        nint handle = BackendNative.InitializeByType(Cpu, null);
        TensorBackend backend = handle != 0 ? new(handle) : throw new ModelException(ModelErrorCodes.LibrariesUnsupported, "The libraries hold no CPU back end that runs on this processor.");
        nint setThreads = BackendNative.FunctionOf(BackendNative.RegistryOf(BackendNative.DeviceOf(backend)), "ggml_backend_set_n_threads");
        if (setThreads == 0)
        {
            backend.Dispose();
            throw new ModelException(ModelErrorCodes.LibrariesUnsupported, "The CPU back end does not let its number of threads be set.");
        }

        ((delegate* unmanaged<nint, int, void>)setThreads)(handle, threads);
        return backend;
    }

    /// <summary>Counts the operations of graphs, and ends a graph under way when asked to.</summary>
    /// <param name="progress">Alive longer than this.</param>
    public void Watch(LlamaProgress progress)
    {
        nint setAbort = BackendNative.FunctionOf(BackendNative.RegistryOf(BackendNative.DeviceOf(this)), "ggml_backend_set_abort_callback");
        if (setAbort == 0)
        {
            throw new ModelException(ModelErrorCodes.LibrariesUnsupported, "The CPU back end does not let itself be stopped.");
        }

        ((delegate* unmanaged<nint, delegate* unmanaged<void*, byte>, void*, void>)setAbort)(handle, LlamaProgress.AbortCallback, progress.State);
    }

    protected override bool ReleaseHandle()
    {
        BackendNative.Free(handle);
        return true;
    }
}
