using System.Globalization;
using System.Runtime.InteropServices;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>The model of this process with its one context, and what is applied to it. Used by the worker's thread only.</summary>
internal sealed class HostModel : IDisposable
{
    // Room for the runtime, graphs and buffers beside weights and cache, in what is estimated before they are made: 94 to 128 MB with a model of 0.6 billion weights. One that
    // would be let in and ended soon after is of no use.
    private const long WorkingBytes = 160L << 20;

    private readonly Dictionary<string, (LlamaAdapter Adapter, string Fingerprint)> adapters = [];
    private readonly int? compact; // threads that bring states to 8 bits and back
    private string adapted = "";
    private string controlled = "";
    private readonly HashSet<int> stale = [];

    private HostModel(HostSettings settings, LlamaModel model, LlamaContext context, LlamaProgress progress, ModelDescription description)
    {
        (Path, Threads, compact, Model, Context, Progress, Description) = (settings.Model, settings.Context.Threads, settings.CompactStates ? settings.Context.Threads : null, model, context, progress, description);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Threads to compute with.</summary>
    public int Threads { get; }

    public LlamaModel Model { get; }

    public LlamaContext Context { get; }

    public LlamaProgress Progress { get; }

    public ModelDescription Description { get; }

    // What a state made now is bound to.
    private StateHeader Bound => new()
    {
        Fingerprint = Description.Fingerprint,
        Library = Description.Library,
        Cache = Description.Cache,
        Adaptation = adapted + controlled,
        First = 0,
        Last = 0,
        Bytes = 0,
        Checksum = "",
    };

    /// <summary>Loads libraries and model and makes the context. Where it fails, the process ends, and what was loaded with it.</summary>
    public static HostModel Load(HostSettings settings)
    {
        settings.Context.Validate();
        LlamaLibraries.Load(settings.Libraries);
        if (!settings.LibraryAttention)
        {
            LlamaLibraries.AddAttention();
        }

        LlamaProgress progress = new();
        LlamaModel model = LlamaModel.Load(settings.Model, progress);
        ContextSettings sizes = settings.Context;
        (int Keys, int Values) heads = HeadSizes(model);
        CacheType kept = settings.CompactStates ? CacheType.Q8_0 : CacheType.F16;
        long perToken = BytesPerToken(CacheType.F16);
        CheckMemory(settings, model, perToken * sizes.Tokens);
        LlamaContext context = LlamaContext.Create(model, sizes, progress);
        FreedMemory.OverwriteFromNowOn();
        return new HostModel(settings, model, context, progress, new ModelDescription
        {
            Fingerprint = ModelFingerprint.Of(settings.Model),
            Description = model.Description,
            Name = model.Fact("general.name") ?? System.IO.Path.GetFileNameWithoutExtension(settings.Model),
            Library = LlamaLibraries.Release,
            CpuVariant = LlamaLibraries.CpuVariant(),
            HasOwnAttention = LlamaLibraries.HasAttention,
            Parameters = model.Parameters,
            WeightBytes = model.Size,
            Vocabulary = model.Vocabulary.Count,
            Width = model.Width,
            EmbeddingWidth = model.OutputWidth,
            Layers = model.Layers,
            TrainedContext = model.TrainedContext,
            Context = context.Size,
            Batch = context.Batch,
            Sequences = context.Sequences,
            Bos = model.Vocabulary.AddsBos ? model.Vocabulary.Bos : null,
            HasChatTemplate = model.ChatTemplate is not null,
            CanShift = context.CanShift,
            Cache = $"{kept}/{kept}",
            CacheBytesPerToken = perToken,
            StateBytesPerToken = BytesPerToken(kept),
        });

        long BytesPerToken(CacheType type) => model.HasDecoder ? (long)model.Layers * Math.Max(1, model.CacheHeads) * (Bytes(type, heads.Keys) + Bytes(type, heads.Values)) : 0;
    }

    public void LoadAdapter(string path)
    {
        if (!adapters.ContainsKey(path))
        {
            adapters[path] = (LlamaAdapter.Load(Model, path), ModelFingerprint.Of(path));
        }
    }

    public void Apply(IReadOnlyList<AdapterUse> uses)
    {
        List<(LlamaAdapter, float)> applied = [];
        List<string> names = [];
        foreach (AdapterUse use in uses)
        {
            (LlamaAdapter adapter, string fingerprint) = adapters.TryGetValue(use.Path, out var found) ? found
                : throw new ModelException(ModelErrorCodes.ModelNotFound, $"The adapter {System.IO.Path.GetFileName(use.Path)} was not loaded before it was applied.");
            applied.Add((adapter, use.Scale));
            names.Add(string.Create(CultureInfo.InvariantCulture, $"{fingerprint}@{use.Scale};"));
        }

        Context.SetAdapters(applied);
        adapted = string.Concat(names);
    }

    public void Control(ReadOnlySpan<float> values, int firstLayer, int lastLayer)
    {
        Context.SetControlVector(values, firstLayer, lastLayer);
        controlled = values.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"control:{ModelFingerprint.Of(MemoryMarshal.AsBytes(values))}:{firstLayer}-{lastLayer};");
    }

    /// <summary>As <see cref="StateFile.Save"/>.</summary>
    public long Save(string path, int sequence) => StateFile.Save(path, Context, sequence, Bound, compact);

    /// <summary>As <see cref="StateFile.Restore"/>.</summary>
    public StateHeader Restore(string path, int sequence, bool verify) => StateFile.Restore(path, Context, sequence, Bound, compact, verify);

    /// <summary>Drops tokens of a sequence. Where all of it goes and it may hold what is to be erased, its room is overwritten.</summary>
    public bool Remove(int sequence, int from, int to)
    {
        bool done = Context.Remove(sequence, from, to);
        if (from < 0 && to < 0 && stale.Remove(sequence))
        {
            Overwrite();
        }

        return done;
    }

    /// <summary>Overwrites what is not held any more, and later, when it goes, what is held now.</summary>
    public void Erase()
    {
        Overwrite();
        stale.UnionWith(Enumerable.Range(0, Context.Sequences));
    }

    public void Dispose()
    {
        Context.Dispose();
        foreach ((LlamaAdapter adapter, _) in adapters.Values)
        {
            adapter.Dispose();
        }

        Model.Dispose();
        Progress.Dispose();
    }

    // Texts and tokens of requests lie about in memory that is free until it is used again, or given back to the system.
    private void Overwrite()
    {
        Context.Overwrite();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    // Refusing beforehand is better than being ended by the system halfway.
    private static void CheckMemory(HostSettings settings, LlamaModel model, long cache)
    {
        long wanted = model.Size + cache + WorkingBytes;
        if (settings.MemoryLimit > 0 && wanted > settings.MemoryLimit)
        {
            throw new ModelException(ModelErrorCodes.OutOfMemory,
                $"The model needs about {wanted >> 20} MB ({model.Size >> 20} for weights, {cache >> 20} for a context of {settings.Context.Tokens} tokens), and {settings.MemoryLimit >> 20} are allowed. Use a smaller model or context, or raise the limit (--model-memory).");
        }
    }

    private static (int Keys, int Values) HeadSizes(LlamaModel model)
    {
        string? architecture = model.Fact("general.architecture");
        int plain = model.Width / Math.Max(1, model.Heads);
        return (Size("key_length"), Size("value_length"));

        int Size(string key) => int.TryParse(model.Fact($"{architecture}.attention.{key}"), CultureInfo.InvariantCulture, out int size) ? size : plain;
    }

    private static long Bytes(CacheType type, int values) => type switch
    {
        CacheType.Q8_0 => values * 34L / 32,
        _ => values * 2L,
    };
}
