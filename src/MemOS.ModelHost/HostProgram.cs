using System.Net.Sockets;
using System.Text.Json;
using MemOS.Models;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>Loads the model, says so, and serves until the parent goes.</summary>
internal static class HostProgram
{
    public static async Task<int> RunAsync(HostSettings settings, TextReader parent, TextWriter output)
    {
        using HostModel? model = Load(settings, output);
        if (model is null)
        {
            return 1;
        }

        using CancellationTokenSource end = new();
        using ModelWorker worker = new(model);
        HostServer server = new(settings, worker);
        Task serving = server.RunAsync(() => Say(output, new HostStarted { Version = HostStarted.OwnVersion, Model = model.Description }), end.Token);
        await Task.WhenAny(serving, WaitForEndAsync(parent));
        await end.CancelAsync();
        try
        {
            await serving;
            return 0;
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            Say(output, new HostStarted { Failure = new FailedReply(ModelErrorCodes.HostUnavailable, $"There can be no socket at '{settings.Socket}' ({exception.Message}). Name another folder for temporary files in TMPDIR, on Windows in TMP.") });
            return 1;
        }
    }

    private static HostModel? Load(HostSettings settings, TextWriter output)
    {
        try
        {
            return HostModel.Load(settings);
        }
        catch (ModelException exception)
        {
            Say(output, new HostStarted { Failure = new FailedReply(exception.Code, exception.Message) });
            return null;
        }
    }

    private static async Task WaitForEndAsync(TextReader parent)
    {
        while (await parent.ReadLineAsync() is not null)
        {
        }
    }

    private static void Say(TextWriter output, HostStarted started)
    {
        output.WriteLine(JsonSerializer.Serialize(started, ProtocolJson.Default.HostStarted));
        output.Flush();
    }
}
