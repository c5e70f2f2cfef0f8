using System.Collections.Concurrent;
using System.Threading.Channels;
using MemOS.Models;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>The one thread that runs native code, and the line of requests before it.</summary>
internal sealed class ModelWorker : IDisposable
{
    // As long as there are connections: each asks one thing at a time.
    private readonly Channel<HostJob> line = Channel.CreateUnbounded<HostJob>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentQueue<HostJob> soon = [];
    private readonly Lock gate = new();
    private readonly HostModel model;
    private readonly RequestRunner runner;
    private readonly Thread thread;
    private HostJob? current;

    public ModelWorker(HostModel model)
    {
        this.model = model;
        runner = new RequestRunner(model, RunSoon);
        thread = new Thread(Work) { Name = "model", IsBackground = true };
        thread.Start();
    }

    /// <summary>Requests that wait.</summary>
    public int Waiting => line.Reader.Count;

    /// <summary>Grows while native code works.</summary>
    public long Steps => model.Progress.Steps;

    public void Enqueue(HostJob job)
    {
        if (job.Request is RunRequest { Soon: true })
        {
            soon.Enqueue(job); // in the line too: whichever comes first
        }

        if (!line.Writer.TryWrite(job))
        {
            job.Finish(); // the process is about to end
        }
    }

    /// <summary>Ends the work on a request that nobody waits for any more.</summary>
    public void Drop(HostJob job)
    {
        lock (gate)
        {
            job.Drop();
            if (current == job)
            {
                model.Progress.Stop();
            }
        }
    }

    public void Dispose()
    {
        line.Writer.TryComplete();
        model.Progress.Stop();
        thread.Join(TimeSpan.FromSeconds(5)); // the process ends next in any case
    }

    private void Work()
    {
        while (line.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (line.Reader.TryRead(out HostJob? job))
            {
                Run(job);
                RunSoon();
            }
        }
    }

    private void RunSoon()
    {
        while (soon.TryDequeue(out HostJob? job))
        {
            Run(job);
        }
    }

    private void Run(HostJob job)
    {
        if (job.Finished.IsCompleted)
        {
            return;
        }

        HostJob? outer;
        lock (gate)
        {
            outer = current;
            current = job;
            model.Progress.Continue();
        }

        try
        {
            if (!job.IsDropped)
            {
                runner.Run(job);
            }
        }
        catch (ModelException exception)
        {
            job.Send(new FailedReply(exception.Code, exception.Message));
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for this one any more.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            job.Send(new FailedReply(ModelErrorCodes.StateUnusable, exception.Message));
        }
        finally
        {
            lock (gate)
            {
                current = outer;
                if (outer?.IsDropped == true)
                {
                    model.Progress.Stop();
                }
            }

            job.Finish();
        }
    }
}
