using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>Does steps in order.</summary>
/// <param name="model">The model.</param>
/// <param name="between">Called before a part of a computation: then the context may be used for something else.</param>
internal sealed class StepRunner(HostModel model, Action between)
{
    public void Run(RunRequest request, HostJob job)
    {
        List<StepResult> results = [];
        ArrayBufferWriter<byte> logits = new();
        ReadOnlyMemory<byte> rest = job.Payload;
        foreach (SequenceStep step in request.Steps)
        {
            if (job.IsDropped)
            {
                throw new OperationCanceledException();
            }

            long start = Stopwatch.GetTimestamp();
            StepResult result = Do(step, ref rest, logits);
            results.Add(result with { Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds });
        }

        job.Send(new RunReply(results), logits.WrittenMemory);
    }

    /// <summary>Computes a run of any length, in calls as large as the context takes; a stopped one leaves nothing behind.</summary>
    /// <remarks>After each call <paramref name="each"/> is told how many tokens it had, and whether it was the final one.</remarks>
    public void Decode(ReadOnlySpan<int> tokens, int position, int sequence, Outputs outputs, Action<int, bool>? each = null)
    {
        try
        {
            for (int done = 0; done < tokens.Length;)
            {
                between();
                int count = Math.Min(model.Context.Batch, tokens.Length - done);
                Outputs wanted = outputs == Outputs.Last && done + count < tokens.Length ? Outputs.None : outputs;
                model.Context.Decode(tokens.Slice(done, count), position + done, sequence, wanted);
                done += count;
                each?.Invoke(count, done == tokens.Length);
            }
        }
        catch (OperationCanceledException)
        {
            model.Context.Remove(sequence, position, -1);
            throw;
        }
    }

    private StepResult Do(SequenceStep step, ref ReadOnlyMemory<byte> rest, ArrayBufferWriter<byte> logits)
    {
        switch (step)
        {
            case DecodeStep decode:
                return Decode(decode, Take<int>(ref rest, decode.Count), logits);
            case RemoveStep remove:
                return new StepResult { Done = model.Remove(remove.Sequence, remove.From, remove.To) };
            case EraseStep:
                model.Erase();
                return new StepResult();
            case CopyStep copy:
                model.Context.Copy(copy.Source, copy.Target, copy.From, copy.To);
                return new StepResult();
            case ShiftStep shift:
                model.Context.Shift(shift.Sequence, shift.From, shift.To, shift.By);
                return new StepResult();
            case SaveStep save:
                return Positions(save.Sequence) with { Bytes = model.Save(save.Path, save.Sequence) };
            case RestoreStep restore:
                StateHeader header = model.Restore(restore.Path, restore.Sequence, restore.Verify);
                return new StepResult { First = header.First, Last = header.Last, Bytes = header.Bytes };
            case PositionsStep positions:
                return Positions(positions.Sequence);
            case AdaptersStep adapters:
                model.Apply(adapters.Adapters);
                return new StepResult();
            case ControlVectorStep control:
                model.Control(Take<float>(ref rest, control.Count), control.FirstLayer, control.LastLayer);
                return new StepResult();
            default:
                throw new ModelException(ModelErrorCodes.InvalidRequest, $"This host does not know {step.GetType().Name}.");
        }
    }

    private StepResult Decode(DecodeStep step, ReadOnlySpan<int> tokens, ArrayBufferWriter<byte> logits)
    {
        if (tokens.IsEmpty)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "A run has at least one token.");
        }

        int rows = 0;
        Decode(tokens, step.Position, step.Sequence, step.Outputs, (count, isFinal) =>
        {
            int first = step.Outputs == Outputs.All ? 0 : step.Outputs == Outputs.Last && isFinal ? count - 1 : count;
            for (int place = first; place < count; place++, rows++)
            {
                logits.Write(MemoryMarshal.AsBytes(model.Context.Logits(place)));
            }
        });
        return Positions(step.Sequence) with { Rows = rows };
    }

    private StepResult Positions(int sequence)
    {
        (int First, int Last)? positions = model.Context.Positions(sequence);
        return new StepResult { First = positions?.First, Last = positions?.Last };
    }

    private static ReadOnlySpan<T> Take<T>(ref ReadOnlyMemory<byte> rest, int count)
        where T : unmanaged
    {
        long bytes = 4L * count;
        if (count < 0 || bytes > rest.Length)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "The numbers of this request do not suffice for its steps.");
        }

        ReadOnlySpan<byte> taken = rest.Span[..(int)bytes];
        rest = rest[(int)bytes..];
        return MemoryMarshal.Cast<byte, T>(taken);
    }
}
