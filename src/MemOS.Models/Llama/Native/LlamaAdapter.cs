using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>A LoRA adapter, loaded for a model. The library frees it with the model; disposing it only lets go of the model.</summary>
internal sealed class LlamaAdapter : SafeHandle
{
    private LlamaAdapter(nint handle, LlamaModel model)
        : base(0, ownsHandle: true)
    {
        bool kept = false;
        model.DangerousAddRef(ref kept);
        SetHandle(handle);
        Model = model;
    }

    public override bool IsInvalid => handle == 0;

    public LlamaModel Model { get; }

    /// <summary>Loads an adapter in GGUF.</summary>
    /// <exception cref="ModelException">It is not there, or not one for this model.</exception>
    public static LlamaAdapter Load(LlamaModel model, string path)
    {
        if (!File.Exists(path))
        {
            throw new ModelException(ModelErrorCodes.ModelNotFound, $"There is no adapter file '{path}'.");
        }

        nint handle = ModelNative.LoadAdapter(model, path);
        return handle != 0 ? new(handle, model) : throw new ModelException(ModelErrorCodes.ModelUnusable, $"{Path.GetFileName(path)} is not an adapter for this model.");
    }

    protected override bool ReleaseHandle()
    {
        Model.DangerousRelease();
        return true;
    }
}
