using System.Diagnostics;
using System.Text.Json;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;
using Microsoft.Extensions.Logging;

namespace MemOS.Models.Llama.Hosting;

/// <summary>A running host with its model: started, watched and ended here. Safe from any thread.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    // The process has freed memory overwritten; the small stores that glibc keeps for each thread would be left out.
    private const string NoStores = "glibc.malloc.tcache_count=0";

    private static readonly TimeSpan MemoryCheck = TimeSpan.FromMilliseconds(250);

    private readonly Process process;
    private readonly HostSocket socket;
    private readonly LocalModelOptions options;
    private readonly ITimer? memoryTimer;
    private int end;

    private HostProcess(Process process, HostSocket socket, LocalModelOptions options, ModelDescription model, TimeProvider clock)
    {
        (this.process, this.socket, this.options, Model) = (process, socket, options, model);
        (ProcessId, Exit) = (process.Id, ExitAsync());
        memoryTimer = options.MemoryLimit > 0 ? clock.CreateTimer(_ => CheckMemory(), null, MemoryCheck, MemoryCheck) : null;
    }

    public ModelDescription Model { get; }

    public int ProcessId { get; }

    /// <summary>Completes with the process's code when it has ended; known for as long as this is.</summary>
    public Task<int> Exit { get; }

    public bool IsRunning => end == 0 && !HasExited;

    /// <summary>Starts a host and waits until its model is loaded.</summary>
    /// <exception cref="ModelException">The program, the libraries or the model are missing or unusable, or loading ended badly.</exception>
    public static async Task<HostProcess> StartAsync(LocalModelOptions options, bool allowFaults, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = HostProgramFile.StartInfo(options.Host, []);
        start.Environment["GLIBC_TUNABLES"] = start.Environment.TryGetValue("GLIBC_TUNABLES", out string? own) && own is { Length: > 0 } ? $"{own}:{NoStores}" : NoStores;
        HostSocket socket = HostSocket.Create();
        Process? process = null;
        try
        {
            process = Process.Start(start) ?? throw new ModelException(ModelErrorCodes.HostUnavailable, $"'{start.FileName}' could not be started.");
            if (options.StandsBack)
            {
                StandBack(process);
            }

            process.ErrorDataReceived += (_, line) => HostLog.Said(logger, line.Data);
            process.BeginErrorReadLine();
            await TellAsync(process, Settings(options, socket.Path, allowFaults), cancellationToken).ConfigureAwait(false);
            ModelDescription model = await StartedAsync(process, options, clock, cancellationToken).ConfigureAwait(false);
            HostLog.Started(logger, process.Id, model.Name);
            return new HostProcess(process, socket, options, model, clock);
        }
        catch (Exception exception)
        {
            if (process is not null)
            {
                Kill(process);
                process.Dispose();
            }

            socket.Dispose();
            if (exception is System.ComponentModel.Win32Exception)
            {
                throw new ModelException(ModelErrorCodes.HostUnavailable, $"'{start.FileName}' could not be started: {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <inheritdoc cref="HostSocket.ConnectAsync"/>
    public Task<HostConnection> ConnectAsync(CancellationToken cancellationToken) => socket.ConnectAsync(cancellationToken);

    /// <summary>Ends the process at once; the first reason counts.</summary>
    public void End(HostEnd reason)
    {
        if (!HasExited)
        {
            Interlocked.CompareExchange(ref end, (int)reason, (int)HostEnd.None);
        }

        Kill(process);
    }

    /// <summary>Says why a request broke off, once the process is gone or was ended.</summary>
    public async Task<ModelException> WhyGoneAsync(Exception cause)
    {
        // A broken connection and the end of the process are told in either order.
        Kill(process);
        int code = await Exit.ConfigureAwait(false);
        return (HostEnd)end switch
        {
            HostEnd.Stalled => new ModelException(ModelErrorCodes.HostStalled, $"The model showed no progress for {options.StallTimeout.TotalSeconds:F0} s, so its process was ended. The next request starts it again.", cause) { IsTransient = true },
            HostEnd.Oversized => new ModelException(ModelErrorCodes.OutOfMemory, $"The model's process took more than the {options.MemoryLimit >> 20} MB that it may, and was ended. Use a smaller model or context, or raise the limit (--model-memory).", cause),
            HostEnd.Closed => new ModelException(ModelErrorCodes.HostUnavailable, "The model was closed during the request.", cause),
            _ => new ModelException(ModelErrorCodes.HostCrashed, $"{Signal(code)} The next request starts it again.", cause) { IsTransient = true },
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (memoryTimer is not null)
        {
            await memoryTimer.DisposeAsync().ConfigureAwait(false);
        }

        End(HostEnd.Closed);
        await Exit.ConfigureAwait(false);
        process.Dispose();
        socket.Dispose();
    }

    // Others may have let the process go meanwhile: those whose requests broke off ask as late as they like.
    private bool HasExited
    {
        get
        {
            try
            {
                return Exit.IsCompleted || process.HasExited;
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }
    }

    private async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }

    private static HostSettings Settings(LocalModelOptions options, string socket, bool allowFaults) => new()
    {
        Socket = socket,
        Libraries = options.Libraries ?? LlamaLibraries.DefaultFolder,
        Model = Path.GetFullPath(options.Path),
        Context = new ContextSettings
        {
            Tokens = options.ContextTokens,
            Sequences = options.Sequences,
            Threads = options.Threads,
            Embeddings = options.Embeddings,
        },
        CompactStates = options.CompactStates,
        LibraryAttention = options.LibraryAttention,
        MemoryLimit = options.MemoryLimit,
        AllowFaults = allowFaults,
    };

    private static async Task TellAsync(Process process, HostSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(settings, ProtocolJson.Default.HostSettings).AsMemory(), cancellationToken).ConfigureAwait(false);
            await process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new ModelException(ModelErrorCodes.HostUnavailable, $"'{HostProgramFile.Of(process.StartInfo)}' ended before it was told what to load ({exception.Message}). Install the one that came with this version.", exception);
        }
    }

    private static async Task<ModelDescription> StartedAsync(Process process, LocalModelOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(options.Path);
        string? line;
        try
        {
            line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(options.StartTimeout, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new ModelException(ModelErrorCodes.HostStalled, $"{name} was not loaded within {options.StartTimeout.TotalSeconds:F0} s; allow more, or see with 'memos doctor' whether the libraries can be loaded.", exception);
        }

        if (line is null)
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            throw new ModelException(ModelErrorCodes.HostCrashed, $"Loading {name} ended the process that did it. {Signal(process.ExitCode)} 'memos doctor' tells whether the libraries are whole; if they are, fetch the model anew.");
        }

        HostStarted started = HostStarted.Parse(line);
        return started.Failure is { } failure ? throw new ModelException(failure.Code, failure.Message)
            : started.Model is { } model && started.Version == HostStarted.OwnVersion ? model
            : throw new ModelException(ModelErrorCodes.HostUnavailable, $"'{HostProgramFile.Of(process.StartInfo)}' is not the program of version {HostStarted.OwnVersion} that holds models. Install the one that came with this version.");
    }

    // On Unix a process ended by a signal returns 128 and its number.
    private static string Signal(int exitCode) => exitCode switch
    {
        128 + 9 => "The model's process was killed from outside, as a system does when memory runs out.",
        128 + 6 => "The native library ended the model's process over a broken invariant.",
        128 + 7 => "The native library read beyond the end of a file: a library or the model is cut short, or the disk failed.",
        128 + 11 => "The native library crashed.",
        _ => $"The model's process ended with code {exitCode}.",
    };

    private static void StandBack(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception or PlatformNotSupportedException)
        {
            // It has ended already, or the system does not let us: it works as before, only beside the others.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private void CheckMemory()
    {
        if (!IsRunning)
        {
            return;
        }

        try
        {
            process.Refresh();
            if (process.WorkingSet64 > options.MemoryLimit)
            {
                End(HostEnd.Oversized);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended between the two calls.
        }
    }
}
