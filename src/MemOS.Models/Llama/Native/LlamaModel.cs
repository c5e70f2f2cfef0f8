using System.Runtime.InteropServices;
using System.Text;

namespace MemOS.Models.Llama.Native;

/// <summary>A loaded model. Reading from it is safe from any thread; contexts and adapters keep it alive.</summary>
internal sealed unsafe class LlamaModel : SafeHandle
{
    private const int AutomaticGpuLayers = -1;

    private LlamaModel(nint handle)
        : base(handle, ownsHandle: true) => Vocabulary = new LlamaVocabulary(ModelNative.Vocabulary(this));

    public override bool IsInvalid => handle == 0;

    public LlamaVocabulary Vocabulary { get; }

    public int TrainedContext => ModelNative.TrainedContext(this);

    public int Width => ModelNative.Width(this);

    /// <summary>Values of an embedding.</summary>
    public int OutputWidth => ModelNative.OutputWidth(this);

    public int Layers => ModelNative.Layers(this);

    public int Heads => ModelNative.Heads(this);

    public int CacheHeads => ModelNative.CacheHeads(this);

    /// <summary>Bytes of its weights.</summary>
    public long Size => (long)ModelNative.Size(this);

    public long Parameters => (long)ModelNative.Parameters(this);

    public bool HasEncoder => ModelNative.HasEncoder(this);

    public bool HasDecoder => ModelNative.HasDecoder(this);

    /// <summary>Whether its state cannot be cut or shifted by positions.</summary>
    public bool IsRecurrent => ModelNative.IsRecurrent(this);

    public string Description => Text(64, (buffer, size) => ModelNative.Description(this, buffer, size)) ?? "";

    /// <summary>The template of conversations that the file carries, or null.</summary>
    public string? ChatTemplate => Marshal.PtrToStringUTF8((nint)ModelNative.ChatTemplate(this, null));

    /// <summary>Loads a file.</summary>
    /// <param name="path">A GGUF file.</param>
    /// <param name="progress">Told of progress from the loading thread; may end the loading.</param>
    /// <exception cref="ModelException">It is not there, or no model that this release can load.</exception>
    public static LlamaModel Load(string path, LlamaProgress? progress = null)
    {
        if (!File.Exists(path))
        {
            throw new ModelException(ModelErrorCodes.ModelNotFound, $"There is no model file '{path}'.");
        }

        ModelParameters parameters = ModelNative.DefaultParameters();
        parameters.GpuLayers = AutomaticGpuLayers;
        if (progress is not null)
        {
            parameters.Progress = LlamaProgress.LoadCallback;
            parameters.ProgressData = progress.State;
        }

        nint handle = ModelNative.Load(path, parameters);
        return handle != 0 ? new(handle) : throw new ModelException(ModelErrorCodes.ModelUnusable,
            $"{Path.GetFileName(path)} is not a GGUF model that llama.cpp {LlamaLibraries.Release} can load; it may be cut short, or of a kind that came later.");
    }

    /// <summary>A fact that the file states about the model, or null.</summary>
    public string? Fact(string key)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(key + '\0'))
        {
            byte* pointer = name;
            return Text(256, (buffer, size) => ModelNative.Fact(this, pointer, buffer, size));
        }
    }

    // The library tells the whole length, so a second try fits.
    private static string? Text(int size, NativeText read)
    {
        byte[] buffer = new byte[size];
        fixed (byte* start = buffer)
        {
            int length = read(start, (nuint)size);
            return length < 0 ? null
                : length < size ? Encoding.UTF8.GetString(buffer, 0, length)
                : Text(length + 1, read);
        }
    }

    protected override bool ReleaseHandle()
    {
        ModelNative.Free(handle);
        return true;
    }

    private delegate int NativeText(byte* buffer, nuint size);
}
