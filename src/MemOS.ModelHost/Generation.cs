using System.Diagnostics;
using System.Runtime.InteropServices;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>One answer: computes the prompt, then chooses token after token and tells each.</summary>
internal sealed class Generation(HostModel model, StepRunner steps, GenerateRequest request, HostJob job)
{
    private readonly AnswerText text = new(request.StopTexts);

    public void Run()
    {
        long steering = 4L * request.SteeringValues;
        if (steering < 0 || steering > job.Payload.Length)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "The numbers of this request do not suffice for its steering vector.");
        }

        int[] prompt = MemoryMarshal.Cast<byte, int>(job.Payload.AsSpan(0, job.Payload.Length - (int)steering)).ToArray();
        bool adapts = request.Adapters is { Count: > 0 };

        // Both belong to the context: whoever asks next must not meet them, however this ends.
        try
        {
            if (steering > 0)
            {
                model.Control(MemoryMarshal.Cast<byte, float>(job.Payload.AsSpan(job.Payload.Length - (int)steering)), request.FirstLayer, request.LastLayer);
            }

            if (adapts)
            {
                model.Apply(request.Adapters ?? []);
            }

            Run(prompt);
        }
        finally
        {
            if (steering > 0)
            {
                model.Control([], 0, 0);
            }

            if (adapts)
            {
                model.Apply([]);
            }
        }
    }

    private void Run(int[] prompt)
    {
        using LlamaSampler sampler = new(model.Model, request.Sampling);
        Prepare(prompt.Length);
        long start = Stopwatch.GetTimestamp();
        steps.Decode(prompt, request.Position, request.Sequence, Outputs.Last);
        ReadOnlySpan<float> logits = model.Context.Logits((prompt.Length - 1) % model.Context.Batch);
        double promptTime = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        int position = request.Position + prompt.Length, chosen = 0;
        GenerationEnd end = GenerationEnd.Length;
        while (chosen < request.MostTokens)
        {
            int token = sampler.Next(logits);
            chosen++;
            if (model.Model.Vocabulary.IsEnd(token))
            {
                end = GenerationEnd.Finished;
                break;
            }

            job.Send(new TokenReply(token), text.Add(model.Model.Vocabulary.Bytes(token, special: false)));
            if (text.IsStopped)
            {
                end = GenerationEnd.Finished;
                break;
            }

            if (chosen == request.MostTokens || position >= Most)
            {
                break;
            }

            Stop();
            steps.Decode([token], position, request.Sequence, Outputs.Last);
            logits = model.Context.Logits(0);
            position++;
        }

        job.Send(new GeneratedReply(end, prompt.Length, chosen, promptTime, Stopwatch.GetElapsedTime(start).TotalMilliseconds), text.End());
    }

    private int Most => Math.Min(model.Context.Size, model.Model.TrainedContext);

    private void Prepare(int promptLength)
    {
        if (promptLength == 0 || request.MostTokens < 1)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "An answer needs at least one token before it, and room for one.");
        }

        if (request.Position + promptLength > Most)
        {
            throw new ModelException(ModelErrorCodes.ContextFull, $"The prompt ends at position {request.Position + promptLength}, and there is room for {Most}. Shorten it, or take a model or context with room for more.");
        }

        if (model.Context.Positions(request.Sequence) is (_, int last) && last >= request.Position && !model.Context.Remove(request.Sequence, request.Position, -1))
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "This model cannot forget the end of a sequence; begin it anew.");
        }
    }

    private void Stop()
    {
        if (job.IsDropped)
        {
            throw new OperationCanceledException();
        }
    }
}
