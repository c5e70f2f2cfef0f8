using System.Diagnostics;

namespace MemOS.Load;

/// <summary>A server in a process of its own, over a folder of its own, on a free port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ServerProcess(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    public string Key => File.ReadAllText(Path.Combine(_folder, "admin.key")).Trim();

    public static async Task<ServerProcess> StartAsync(Uri upstream)
    {
        string folder = Directory.CreateTempSubdirectory("memos-load-").FullName;
        string program = Path.Combine(AppContext.BaseDirectory.Replace("MemOS.Load", "MemOS.Server", StringComparison.Ordinal), "MemOS.Server.dll");
        Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "--data", folder, "--urls", "http://127.0.0.1:0", "--upstream", upstream.ToString()]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The server did not start.");
        string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server said nothing.");
        string address = line.Split(' ').Single(word => word.StartsWith("http", StringComparison.Ordinal)).TrimEnd('.');
        return new ServerProcess(process, folder, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
