using System.Diagnostics;
using System.Runtime.InteropServices;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;
using MemOS.Models.Llama.Training;

namespace MemOS.ModelHost;

/// <summary>Trains a prefix for a text: the model answers questions with the text before it, and the prefix learns to bring it to the same answers.</summary>
internal sealed class PrefixLessons(HostModel model, StepRunner steps, TrainPrefixRequest request, HostJob job)
{
    private const int StepTokens = 256;
    private const int WarmUp = 10;
    private const int TellEvery = 10;

    private int done; // of the payload's tokens

    public void Run()
    {
        int[] tokens = MemoryMarshal.Cast<byte, int>(job.Payload).ToArray();
        Check(tokens.Length);
        TrainableModel trainable = TrainableModel.Open(model.Path);
        int[] head = Take(tokens, request.Head), text = Take(tokens, request.Text);
        try
        {
            steps.Decode([.. head, .. text], 0, request.Sequence, Outputs.None);
            Study[] studies = [.. request.Questions.Select(length => Ask(Take(tokens, length), head.Length + text.Length))];
            byte[] state = Beginning(head, text[..request.Plan.Tokens]);
            using TensorBackend backend = TensorBackend.CreateCpu(request.Plan.Threads);
            backend.Watch(model.Progress);
            using DecoderWeights weights = new(trainable.Shape, backend, trainable.File.Tensors.ContainsKey, isTrained: false);
            weights.Read(trainable.File);
            int longest = studies.Max(study => study.Tokens.Length), most = studies.Max(study => study.Labels.Count);
            CachedPrefix front = CachedPrefix.Read(state, 0, head.Length), start = CachedPrefix.Read(state, head.Length, request.Plan.Tokens);
            int length = Math.Max(longest, Math.Min(StepTokens, studies.Sum(study => study.Tokens.Length))), chosen = Math.Max(most, Math.Min(StepTokens / 2, studies.Sum(study => study.Labels.Count)));
            using PrefixTraining training = new(weights, backend, front, start, length, chosen);
            TrainedPrefix result = Train(training, studies);
            training.Read().Write(state);
            model.Context.RestoreState(request.Sequence, state);
            model.Save(request.Path, request.Sequence);
            job.Send(new TrainedReply(result));
        }
        finally
        {
            model.Context.Remove(request.Sequence, -1, -1);
            model.Context.Remove(request.Scratch, -1, -1);
        }
    }

    private void Check(int tokens)
    {
        PrefixPlan plan = request.Plan;
        if (request.Head < 1 || request.Questions.Count == 0 || request.Questions.Any(length => length < 1) || tokens != request.Head + request.Text + request.Questions.Sum() ||
            plan.Tokens < 1 || plan.Tokens > request.Text || plan.Steps < 1 || plan.AnswerTokens < 1 || plan.Threads < 1 || !(plan.Rate > 0) || request.Sequence == request.Scratch)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "A prefix of 1 to as many tokens as the text has is trained in at least one step on at least one question.");
        }
    }

    private int[] Take(int[] tokens, int count)
    {
        done += count;
        return tokens[(done - count)..done];
    }

    // What the model says with the whole text before it, and how sure it is of each token.
    private Study Ask(int[] question, int position)
    {
        model.Context.Copy(request.Sequence, request.Scratch, -1, -1);
        steps.Decode(question, position, request.Scratch, Outputs.Last);
        List<int> said = [.. question];
        List<NextToken> next = [NextToken.Of(model.Context.Logits((question.Length - 1) % model.Context.Batch))];
        while (!model.Model.Vocabulary.IsEnd(next[^1].Tokens[0]) && next.Count < request.Plan.AnswerTokens)
        {
            Stop();
            said.Add(next[^1].Tokens[0]);
            steps.Decode([said[^1]], position + said.Count - 1, request.Scratch, Outputs.Last);
            next.Add(NextToken.Of(model.Context.Logits(0)));
        }

        model.Context.Remove(request.Scratch, -1, -1);
        return new Study([.. said], question.Length - 1, next);
    }

    private byte[] Beginning(int[] head, int[] text)
    {
        model.Context.Remove(request.Sequence, -1, -1);
        steps.Decode([.. head, .. text], 0, request.Sequence, Outputs.None);
        byte[] state = new byte[model.Context.StateSize(request.Sequence)];
        model.Context.SaveState(request.Sequence, state);
        return state;
    }

    private TrainedPrefix Train(PrefixTraining training, Study[] studies)
    {
        Random order = new(1);
        Queue<Study> coming = [];
        long start = Stopwatch.GetTimestamp();
        double before = Mean(studies, training), since = 0, after = 0;
        int steps = request.Plan.Steps, last = Math.Max(1, steps / 10);
        for (int step = 0; step < steps; step++)
        {
            Stop();
            if (coming.Count < studies.Length)
            {
                Study[] shuffled = [.. studies];
                order.Shuffle(shuffled);
                coming = new Queue<Study>([.. coming, .. shuffled]);
            }

            Study[] batch = [.. coming.Take(training.Fitting([.. coming]))];
            coming = new Queue<Study>(coming.Skip(batch.Length));
            double divergence = training.Step(batch, request.Plan.Rate * MathF.Min(1, (step + 1f) / WarmUp) * (1 - ((float)step / steps)));
            since += divergence;
            after += step >= steps - last ? divergence / last : 0;
            if ((step + 1) % TellEvery == 0)
            {
                job.Send(new TrainingReply(step + 1, since / TellEvery));
                since = 0;
            }
        }

        return new TrainedPrefix(before, after, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    // Each counts as often as it fills a step; it is a figure to compare by, not more.
    private static double Mean(Study[] studies, PrefixTraining training)
    {
        double sum = 0;
        int runs = 0;
        for (int at = 0; at < studies.Length; runs++)
        {
            int count = training.Fitting(studies[at..]);
            sum += training.Step(studies[at..(at + count)], 0);
            at += count;
        }

        return sum / runs;
    }

    private void Stop()
    {
        if (job.IsDropped)
        {
            throw new OperationCanceledException();
        }
    }
}
