using System.Diagnostics;

namespace MemOS.Load;

/// <summary>A server in a process of its own on a free port, over a folder of its own or over a given one, which is kept.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly bool _isOwn;

    private ServerProcess(Process process, string folder, bool isOwn, Uri address) => (_process, _folder, _isOwn, Address) = (process, folder, isOwn, address);

    public Uri Address { get; }

    public int Id => _process.Id;

    public string Key => File.ReadAllText(Path.Combine(_folder, "admin.key")).Trim();

    /// <summary>Starts a server.</summary>
    /// <param name="upstream">The endpoint behind it; null for none.</param>
    /// <param name="given">Its data folder; null for a new one.</param>
    public static async Task<ServerProcess> StartAsync(Uri? upstream, string? given = null)
    {
        string folder = given ?? Directory.CreateTempSubdirectory("memos-load-").FullName;
        string program = Path.Combine(AppContext.BaseDirectory.Replace("MemOS.Load", "MemOS.Server", StringComparison.Ordinal), "MemOS.Server.dll");
        string[] behind = upstream is null ? [] : ["--upstream", upstream.ToString()];
        Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "--data", folder, "--urls", "http://127.0.0.1:0", .. behind]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The server did not start.");
        string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server said nothing.");
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // read away, so that the server is not held up
        string address = line.Split(' ').Single(word => word.StartsWith("http", StringComparison.Ordinal)).TrimEnd('.');
        return new ServerProcess(process, folder, given is null, new Uri(address));
    }

    /// <summary>Asks it to stop, as a system does, and waits until it has closed its vaults.</summary>
    public async Task StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        if (_isOwn)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
