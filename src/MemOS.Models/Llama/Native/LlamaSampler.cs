using System.Runtime.InteropServices;

namespace MemOS.Models.Llama.Native;

/// <summary>Chooses tokens for one answer. One thread at a time.</summary>
internal sealed unsafe class LlamaSampler : SafeHandle
{
    private const int PenaltyWindow = 64;

    private readonly LlamaModel model;
    private readonly nint grammar;
    private readonly TokenCandidate* candidates;

    /// <summary>Makes a sampler.</summary>
    /// <exception cref="ModelException">A value is out of range, or the grammar is not well formed.</exception>
    public LlamaSampler(LlamaModel model, Sampling sampling)
        : base(0, ownsHandle: true)
    {
        sampling.Validate();
        this.model = model;
        if (sampling.Grammar is { } text)
        {
            grammar = text.Contains('\0', StringComparison.Ordinal) ? 0 : SamplerNative.Grammar(model.Vocabulary.Pointer, text, "root");
            if (grammar == 0)
            {
                throw new ModelException(ModelErrorCodes.InvalidGrammar, "The grammar is not well formed, or has no rule named root.");
            }
        }

        bool kept = false;
        model.DangerousAddRef(ref kept);
        candidates = (TokenCandidate*)NativeMemory.Alloc((nuint)model.Vocabulary.Count, (nuint)sizeof(TokenCandidate));
        SetHandle(SamplerNative.NewChain(noPerformanceCounters: 1));
        Fill(sampling);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Chooses the token that follows and takes it as said.</summary>
    public int Next(ReadOnlySpan<float> logits)
    {
        int token = Choose(handle, logits);
        if (grammar != 0 && !Allowed(token))
        {
            // Rarely reached with a model that knows what is asked; the grammar is slow over a whole vocabulary.
            Spread(logits);
            TokenCandidates all = new() { Data = candidates, Count = (nuint)logits.Length, Selected = -1 };
            SamplerNative.Apply(grammar, &all);
            SamplerNative.Apply(handle, &all);
            token = Selected(all);
            if (!Allowed(token))
            {
                throw new ModelException(ModelErrorCodes.InvalidGrammar, "No token of this model goes on as the grammar wants.");
            }
        }

        if (grammar != 0)
        {
            SamplerNative.Accept(grammar, token);
        }

        SamplerNative.Accept(handle, token);
        return token;
    }

    protected override bool ReleaseHandle()
    {
        SamplerNative.Free(handle);
        if (grammar != 0)
        {
            SamplerNative.Free(grammar);
        }

        NativeMemory.Free(candidates);
        model.DangerousRelease();
        return true;
    }

    private void Fill(Sampling sampling)
    {
        if (sampling.RepeatPenalty != 1 || sampling.FrequencyPenalty != 0 || sampling.PresencePenalty != 0)
        {
            SamplerNative.Add(handle, SamplerNative.Penalties(model.Vocabulary.Count, PenaltyWindow, sampling.RepeatPenalty, sampling.FrequencyPenalty, sampling.PresencePenalty));
        }

        if (sampling.Temperature == 0)
        {
            SamplerNative.Add(handle, SamplerNative.Greedy());
            return;
        }

        if (sampling.TopK > 0)
        {
            SamplerNative.Add(handle, SamplerNative.TopK(sampling.TopK));
        }

        if (sampling.TopP < 1)
        {
            SamplerNative.Add(handle, SamplerNative.TopP(sampling.TopP, 1));
        }

        SamplerNative.Add(handle, SamplerNative.Temperature(sampling.Temperature));
        SamplerNative.Add(handle, SamplerNative.Draw(sampling.Seed));
    }

    private int Choose(nint chain, ReadOnlySpan<float> logits)
    {
        Spread(logits);
        TokenCandidates all = new() { Data = candidates, Count = (nuint)logits.Length, Selected = -1 };
        SamplerNative.Apply(chain, &all);
        return Selected(all);
    }

    private void Spread(ReadOnlySpan<float> logits)
    {
        for (int token = 0; token < logits.Length; token++)
        {
            candidates[token] = new TokenCandidate { Token = token, Logit = logits[token] };
        }
    }

    private bool Allowed(int token)
    {
        TokenCandidate one = new() { Token = token, Logit = 1 };
        TokenCandidates alone = new() { Data = &one, Count = 1, Selected = -1 };
        SamplerNative.Apply(grammar, &alone);
        return !float.IsNegativeInfinity(one.Logit);
    }

    private static int Selected(TokenCandidates all) => all.Selected >= 0 && (nuint)all.Selected < all.Count ? all.Data[all.Selected].Token
        : throw new ModelException(ModelErrorCodes.NativeFailure, "The library chose no token.");
}
