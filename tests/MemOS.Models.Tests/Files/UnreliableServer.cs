using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MemOS.Models.Tests.Files;

/// <summary>A server for one file that breaks every connection after so many bytes, falls silent, or sends elsewhere. Knows ranges as HTTP has them.</summary>
internal sealed class UnreliableServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? certificate;
    private readonly Task serving;

    /// <summary>Starts it.</summary>
    /// <param name="certificate">For https; http without one.</param>
    public UnreliableServer(X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        listener.Start();
        serving = ServeAsync();
    }

    public byte[] Content { get; set; } = [];

    public string Tag { get; set; } = "\"one\"";

    public int BytesPerConnection { get; set; } = int.MaxValue;

    public int Status { get; set; } = 200;

    /// <summary>How long it says that its file is; the truth where null.</summary>
    public long? Claims { get; set; }

    /// <summary>Whether it answers every range with another one, under another tag, whatever it was asked to compare.</summary>
    public bool Lies { get; set; }

    /// <summary>Whether a connection is left open, and silent, where <see cref="BytesPerConnection"/> ends it; from the beginning, without a head, where that is 0.</summary>
    public bool FallsSilent { get; set; }

    /// <summary>Called with each request that gets no word.</summary>
    public Action? Ignores { get; set; }

    /// <summary>Where it sends everybody; it answers itself where null.</summary>
    public string? SendsTo { get; set; }

    /// <summary>The path that it answers itself all the same.</summary>
    public string? Keeps { get; set; }

    /// <summary>The key without which it refuses; none where null.</summary>
    public string? Key { get; set; }

    /// <summary>From where each connection was asked to begin.</summary>
    public List<int> Starts { get; } = [];

    /// <summary>The first line and the headers of each request, as they came.</summary>
    public List<string> Requests { get; } = [];

    public string Address(string name) => $"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{name}?key=secret";

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
                await using Stream stream = certificate is null ? client.GetStream() : await SecureAsync(client.GetStream(), certificate);
                await AnswerAsync(stream);
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

    private static async Task<Stream> SecureAsync(Stream plain, X509Certificate2 certificate)
    {
        SslStream stream = new(plain);
        await stream.AuthenticateAsServerAsync(certificate);
        return stream;
    }

    private async Task AnswerAsync(Stream stream)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        StringBuilder request = new(await reader.ReadLineAsync());
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            request.Append('\n').Append(line);
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        Requests.Add(request.ToString());
        int start = headers.TryGetValue("Range", out string? range) && (Lies || headers.GetValueOrDefault("If-Range") == Tag) ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        Starts.Add(start);
        start = Lies && start > 0 ? start + 1000 : start;
        if (FallsSilent && BytesPerConnection == 0)
        {
            Ignores?.Invoke();
            await reader.ReadLineAsync(); // until the other side gives up
            return;
        }

        string path = request.ToString().Split(' ', '?')[1];
        int status = Key is { } key && headers.GetValueOrDefault("Authorization") != $"Bearer {key}" ? 401 : Status;
        string? target = path == Keeps || status == 401 ? null : SendsTo;
        string head = target is { } other ? $"HTTP/1.1 302 Found\r\nLocation: {other}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            : status != 200 ? $"HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            : $"HTTP/1.1 {(start > 0 ? "206 Partial" : "200 OK")}\r\nETag: {Tag}\r\nContent-Length: {(Claims ?? Content.Length) - start}\r\n{(start > 0 ? $"Content-Range: bytes {start}-{Content.Length - 1}/{Content.Length}\r\n" : "")}Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        if (status == 200 && target is null)
        {
            await stream.WriteAsync(Content.AsMemory(start, Math.Min(BytesPerConnection, Content.Length - start)));
            if (FallsSilent)
            {
                await reader.ReadLineAsync(); // until the other side gives up
            }
        }
    }
}
