using System.Net.Sockets;
using System.Runtime.CompilerServices;
using MemOS.Models.Llama.Protocol;

namespace MemOS.Models.Llama.Hosting;

/// <summary>A connection to a host: one request at a time. Closing it in the middle ends the work on the request.</summary>
internal sealed class HostConnection(Socket socket) : IDisposable
{
    private readonly NetworkStream stream = new(socket, ownsSocket: true);

    /// <summary>Asks, and gives what is answered, beats included, until the last reply.</summary>
    /// <exception cref="IOException">The host went.</exception>
    public async IAsyncEnumerable<(HostReply Reply, byte[] Payload)> AskAsync(HostRequest request, ReadOnlyMemory<byte> payload, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Frames.Pack(request, ProtocolJson.Default.HostRequest, payload.Span), cancellationToken).ConfigureAwait(false);
        HostReply reply;
        do
        {
            (reply, byte[] bytes) = await Frames.ReadAsync(stream, ProtocolJson.Default.HostReply, cancellationToken).ConfigureAwait(false)
                ?? throw new EndOfStreamException("The host closed the connection.");
            yield return (reply, bytes);
        }
        while (!reply.IsLast);
    }

    public void Dispose() => stream.Dispose();
}
