using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>A request that waits for its turn or is being worked on.</summary>
/// <param name="request">What is asked.</param>
/// <param name="payload">The bytes beside it.</param>
/// <param name="send">Sends a reply; called from the worker's thread.</param>
internal sealed class HostJob(HostRequest request, byte[] payload, Action<HostReply, ReadOnlyMemory<byte>> send)
{
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isDropped;

    public HostRequest Request => request;

    public byte[] Payload => payload;

    /// <summary>Whether nobody waits for the answer any more.</summary>
    public bool IsDropped => isDropped;

    /// <summary>Completes when the worker is done with it, whatever came of it.</summary>
    public Task Finished => finished.Task;

    public void Send(HostReply reply, ReadOnlyMemory<byte> bytes = default) => send(reply, bytes);

    public void Drop() => isDropped = true;

    public void Finish() => finished.TrySetResult();
}
