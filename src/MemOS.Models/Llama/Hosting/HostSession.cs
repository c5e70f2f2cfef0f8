using System.Collections.Concurrent;
using System.Net.Sockets;
using MemOS.Models.Llama.Protocol;

namespace MemOS.Models.Llama.Hosting;

/// <summary>A running host as its users see it: connections to it, its free sequences, and a watch over every request. Safe from any thread.</summary>
internal sealed class HostSession : IAsyncDisposable
{
    private readonly HostProcess process;
    private readonly LocalModelOptions options;
    private readonly TimeProvider clock;
    private readonly ConcurrentBag<HostConnection> idle = [];

    public HostSession(HostProcess process, LocalModelOptions options, TimeProvider clock)
    {
        (this.process, this.options, this.clock) = (process, options, clock);
        Room = new ContextRoom(process.Model.Context, process.Model.Sequences, options.MostWaiting);
        _ = CloseRoomAsync();
    }

    public ModelDescription Model => process.Model;

    public int ProcessId => process.ProcessId;

    public bool IsRunning => process.IsRunning;

    /// <summary>The tokens and sequences of the context; closed when the process ends.</summary>
    public ContextRoom Room { get; }

    /// <summary>Asks and gives the replies, without those that only say that work goes on.</summary>
    /// <exception cref="ModelException">The host refused, crashed, hung or grew too large.</exception>
    public async IAsyncEnumerable<(HostReply Reply, byte[] Payload)> AskAsync(HostRequest request, ReadOnlyMemory<byte> payload, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stall = new(options.StallTimeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        HostConnection connection = await GuardAsync(() => ConnectAsync(either.Token), stall.Token, cancellationToken).ConfigureAwait(false);
        bool isWhole = false;
        await using IAsyncEnumerator<(HostReply Reply, byte[] Payload)> replies = connection.AskAsync(request, payload, either.Token).GetAsyncEnumerator(either.Token);
        try
        {
            while (await GuardAsync(() => replies.MoveNextAsync(), stall.Token, cancellationToken).ConfigureAwait(false))
            {
                stall.CancelAfter(options.StallTimeout);
                isWhole = replies.Current.Reply.IsLast;
                if (replies.Current.Reply is FailedReply failed)
                {
                    throw new ModelException(failed.Code, failed.Message);
                }

                if (replies.Current.Reply is not WorkingReply)
                {
                    yield return replies.Current;
                }
            }
        }
        finally
        {
            // A connection that was left in the middle is closed, by which the host knows that nobody waits.
            if (isWhole)
            {
                idle.Add(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    /// <summary>Ends the process, and what is under way in it.</summary>
    public Task EndAsync()
    {
        process.End(HostEnd.Closed);
        return process.Exit;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (HostConnection connection in idle)
        {
            connection.Dispose();
        }

        await process.DisposeAsync().ConfigureAwait(false);
    }

    private async Task CloseRoomAsync()
    {
        await process.Exit.ConfigureAwait(false);
        Room.Close();
    }

    private async ValueTask<HostConnection> ConnectAsync(CancellationToken cancellationToken) =>
        idle.TryTake(out HostConnection? connection) ? connection : await process.ConnectAsync(cancellationToken).ConfigureAwait(false);

    private async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> step, CancellationToken stalled, CancellationToken cancellationToken)
    {
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (stalled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            process.End(HostEnd.Stalled);
            throw await process.WhyGoneAsync(exception).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidDataException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw await process.WhyGoneAsync(exception).ConfigureAwait(false);
        }
    }
}
