using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>The memory behind the tensors of a context; dispose it after the last use of any of them.</summary>
internal sealed class TensorBuffer : SafeHandle
{
    public TensorBuffer(TensorContext context, TensorBackend backend)
        : base(0, ownsHandle: true)
    {
        SetHandle(BackendNative.AllocateTensors(context, backend));
        if (IsInvalid)
        {
            throw new ModelException(ModelErrorCodes.OutOfMemory, "There is no memory for the tensors of this graph.");
        }
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        BackendNative.FreeBuffer(handle);
        return true;
    }
}
