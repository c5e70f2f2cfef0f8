using System.Net.Sockets;
using MemOS.Models;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>One client: a request, its replies, the next request. A client that goes in the middle has its work ended.</summary>
internal sealed class HostConnection(Socket socket, ModelWorker worker, bool allowFaults) : IDisposable
{
    // How often a client is told that work goes on; only while it does.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly NetworkStream stream = new(socket, ownsSocket: true);
    private readonly Lock gate = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await Frames.ReadAsync(stream, ProtocolJson.Default.HostRequest, cancellationToken) is var (request, payload))
            {
                if (request is PingRequest)
                {
                    Send(new PongReply(Environment.WorkingSet, worker.Waiting, worker.Steps), default);
                }
                else if (request is FaultRequest && !allowFaults)
                {
                    Send(new FailedReply(ModelErrorCodes.InvalidRequest, "This host was not started to be broken."), default);
                }
                else if (!await WorkAsync(new HostJob(request, payload, Send), cancellationToken))
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OperationCanceledException)
        {
            // The client is gone or does not speak the protocol: the connection ends, the host lives on.
        }
    }

    public void Dispose() => stream.Dispose();

    // False where the client went meanwhile.
    private async Task<bool> WorkAsync(HostJob job, CancellationToken cancellationToken)
    {
        worker.Enqueue(job);
        using CancellationTokenSource watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> gone = IsGoneAsync(watching.Token);
        Task beating = BeatAsync(watching.Token);
        bool left = await Task.WhenAny(job.Finished, gone) == gone && await gone;
        if (left)
        {
            worker.Drop(job);
            await job.Finished;
        }

        await watching.CancelAsync();
        await gone;
        await beating;
        return !left;
    }

    // A client sends nothing while it waits, so the socket becomes readable only at its end.
    private async Task<bool> IsGoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], SocketFlags.Peek, cancellationToken) == 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Beat);
        long before = worker.Steps;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                long now = worker.Steps;
                if (now != before)
                {
                    Send(new WorkingReply(), default);
                }

                before = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }

    private void Send(HostReply reply, ReadOnlyMemory<byte> payload)
    {
        byte[] frame = Frames.Pack(reply, ProtocolJson.Default.HostReply, payload.Span);
        try
        {
            lock (gate)
            {
                stream.Write(frame);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The client went; what watches the socket ends the work.
        }
    }
}
