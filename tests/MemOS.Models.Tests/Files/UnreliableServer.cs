using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MemOS.Models.Tests.Files;

/// <summary>A server for one file that breaks every connection after so many bytes. Knows ranges as HTTP has them.</summary>
internal sealed class UnreliableServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public UnreliableServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public byte[] Content { get; set; } = [];

    public string Tag { get; set; } = "\"one\"";

    public int BytesPerConnection { get; set; } = int.MaxValue;

    public int Status { get; set; } = 200;

    /// <summary>Whether it answers every range with another one, under another tag, whatever it was asked to compare.</summary>
    public bool Lies { get; set; }

    /// <summary>From where each connection was asked to begin.</summary>
    public List<int> Starts { get; } = [];

    public string Address(string name) => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{name}?key=secret";

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
            catch (SocketException)
            {
                return; // stopped
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (IOException)
            {
                // The client went; the next one is served.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        await reader.ReadLineAsync();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        int start = headers.TryGetValue("Range", out string? range) && (Lies || headers.GetValueOrDefault("If-Range") == Tag) ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        Starts.Add(start);
        start = Lies && start > 0 ? start + 1000 : start;
        string head = Status != 200 ? $"HTTP/1.1 {Status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            : $"HTTP/1.1 {(start > 0 ? "206 Partial" : "200 OK")}\r\nETag: {Tag}\r\nContent-Length: {Content.Length - start}\r\n{(start > 0 ? $"Content-Range: bytes {start}-{Content.Length - 1}/{Content.Length}\r\n" : "")}Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        if (Status == 200)
        {
            await stream.WriteAsync(Content.AsMemory(start, Math.Min(BytesPerConnection, Content.Length - start)));
        }
    }
}
