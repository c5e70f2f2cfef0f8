using System.Diagnostics;
using System.Runtime.InteropServices;
using MemOS.Models.Llama.Native.Attention;

namespace MemOS.Models.Llama.Native;

/// <summary>Finds, checks and loads the native libraries; everything else in this folder needs <see cref="Load"/> to have succeeded.</summary>
/// <remarks>Native libraries belong to the process, so this is the one place with state of the process: the folder loaded first stays.</remarks>
internal static unsafe class LlamaLibraries
{
    /// <summary>The release whose functions and structures the binding was written for.</summary>
    public const string Release = "0.5.0";

    /// <summary>Names a folder with an own build of the libraries.</summary>
    public const string FolderVariable = "MEMOS_LLAMA";

    public const string Llama = "llama";
    public const string Ggml = "ggml";
    public const string GgmlBase = "ggml-base";

    private const int Cpu = 0;
    private const int Gpu = 1;
    private const int IntegratedGpu = 2;

    private static readonly Lock Gate = new();
    private static string? loaded;

    /// <summary>The folder that <see cref="Load"/> would use: the one named in the environment, else <c>llama</c> beside the program.</summary>
    public static string DefaultFolder =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? Path.GetFullPath(named) : Path.Combine(AppContext.BaseDirectory, "llama");

    /// <summary>Whether the libraries lie in the folder; says nothing about their release.</summary>
    public static bool AreIn(string folder) => Find(folder, Llama) is not null && Find(folder, Ggml) is not null && Find(folder, GgmlBase) is not null;

    /// <summary>Loads the libraries and the CPU back end that suits this processor best.</summary>
    /// <exception cref="ModelException">They are missing, cannot be loaded, or are of another release.</exception>
    public static void Load(string folder)
    {
        lock (Gate)
        {
            if (loaded is not null)
            {
                return;
            }

            Dictionary<string, nint> handles = Probe(folder);
            NativeLibrary.SetDllImportResolver(typeof(LlamaLibraries).Assembly, (name, _, _) => handles.GetValueOrDefault(name));
            loaded = folder;
        }

        NativeLog.Install();
        BackendNative.LoadAll(folder);
        BackendNative.Initialize();
        if (!DefaultsAreAsExpected())
        {
            throw new ModelException(ModelErrorCodes.LibrariesUnsupported, $"The libraries in '{folder}' say that they are llama.cpp {Release}, but their structures differ: they were built from other sources.");
        }

        if (BackendNative.DeviceOfType(Cpu) == 0)
        {
            throw new ModelException(ModelErrorCodes.LibrariesUnsupported, $"None of the back ends in '{folder}' can compute on this processor: those named ggml-cpu are missing, damaged, or for another kind. Fetch them anew with a build, or name an own build in {FolderVariable}.");
        }
    }

    /// <summary>Opens the libraries and compares their release; nothing of them runs yet but the function that tells it.</summary>
    internal static Dictionary<string, nint> Probe(string folder)
    {
        Dictionary<string, nint> handles = [];
        foreach (string name in (ReadOnlySpan<string>)[GgmlBase, Ggml, Llama])
        {
            handles[name] = LoadOne(folder, name);
        }

        CheckRelease(handles[Llama], folder);
        return handles;
    }

    /// <summary>Whether the defaults that the library fills its structures with are found in ours, from the first field to the last.</summary>
    internal static bool DefaultsAreAsExpected()
    {
        ModelParameters model = ModelNative.DefaultParameters();
        ContextParameters context = ContextNative.DefaultParameters();
        return (model.GpuLayers, model.SplitMode, model.LoadMode, model.LazyMode, model.UseExtraBuffers, model.LoadMtp) == (-1, 1, -1, 1, 1, 0)
            && (context.Context, context.Batch, context.MicroBatch, context.Sequences, context.OutputsPerSequence) == (512u, 2048u, 512u, 1u, 1u)
            && (context.RopeScaling, context.Pooling, context.Attention, context.FlashAttention) == (-1, -1, -1, -1)
            && (context.YarnExtrapolation, context.YarnBetaSlow, context.DefragmentThreshold, context.KeyType, context.ValueType) == (-1f, -1f, -1f, 1, 1)
            && (context.Embeddings, context.OffloadCache, context.NoPerformanceCounters, context.FullSlidingWindow, context.Unified) == (0, 1, 1, 1, 0)
            && context.SamplerCount == 0 && context.Samplers is null && context.OtherContext is null;
    }

    /// <summary>Whether attention of long runs is computed by this binding's own device; see <see cref="AddAttention"/>.</summary>
    public static bool HasAttention { get; private set; }

    /// <summary>
    /// Adds the device that computes attention of long runs faster than the library, where the processor has what it needs and no graphics processor computes. After <see cref="Load"/>; contexts
    /// made later use it.
    /// </summary>
    public static void AddAttention()
    {
        lock (Gate)
        {
            HasAttention = HasAttention ||
                (AttentionDevice.IsSupported && BackendNative.DeviceOfType(Gpu) == 0 && BackendNative.DeviceOfType(IntegratedGpu) == 0 && AttentionDevice.Register());
        }
    }

    /// <summary>The file of the CPU back end that was chosen for this processor, without extension; null where the system does not tell.</summary>
    public static string? CpuVariant()
    {
        using Process current = Process.GetCurrentProcess();
        return current.Modules.Cast<ProcessModule>().Select(module => Path.GetFileNameWithoutExtension(module.FileName))
            .FirstOrDefault(name => name.Contains("ggml-cpu", StringComparison.Ordinal));
    }

    /// <summary>The abilities of the processor that are used, in the library's words.</summary>
    public static string Features() => (Marshal.PtrToStringUTF8((nint)BackendNative.SystemText()) ?? "").Trim();

    /// <summary>The devices that can compute.</summary>
    public static IReadOnlyList<string> Devices() => [.. Enumerable.Range(0, (int)BackendNative.DeviceCount()).Select(index =>
    {
        nint device = BackendNative.Device((nuint)index);
        return $"{Marshal.PtrToStringUTF8((nint)BackendNative.DeviceName(device))}: {Marshal.PtrToStringUTF8((nint)BackendNative.DeviceDescription(device))}";
    })];

    private static nint LoadOne(string folder, string name)
    {
        string file = Find(folder, name) ?? throw new ModelException(ModelErrorCodes.LibrariesMissing,
            $"The llama.cpp libraries are not in '{folder}'. Build with npm and network so that they are fetched, or name the folder of an own build of release {Release} in {FolderVariable}.");
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new ModelException(ModelErrorCodes.LibrariesUnsupported, $"'{file}' cannot be loaded on this machine: it was built for another system or lacks a library. Name an own build in {FolderVariable}.", exception);
        }
    }

    private static void CheckRelease(nint llama, string folder)
    {
        // The function came with the release that is asked for, so a library without it is older.
        string found = NativeLibrary.TryGetExport(llama, "llama_version", out nint version)
            ? Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)version)()) ?? "unknown"
            : "older than 0.5";
        if (!IsSupported(found))
        {
            throw new ModelException(ModelErrorCodes.LibrariesUnsupported, $"The libraries in '{folder}' are llama.cpp {found}; this binding is for {Release}. Their structures differ, so they are not used.");
        }
    }

    // Builds outside of the project's own pipeline call themselves "0.5.0-dev".
    internal static bool IsSupported(string release) => release.TrimStart('v').Split('-')[0] == Release;

    private static string? Find(string folder, string name) => Candidates(name).Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Candidates(string name) =>
        OperatingSystem.IsWindows() ? [$"{name}.v{Release}.dll", $"{name}.dll", $"lib{name}.dll"]
        : OperatingSystem.IsMacOS() ? [$"lib{name}.v{Release}.dylib", $"lib{name}.dylib"]
        : [$"lib{name}.v{Release}.so", $"lib{name}.so"];
}
