using System.Runtime.InteropServices;
using MemOS.Models.Llama.Protocol;

namespace MemOS.Models.Llama.Contexts;

/// <summary>Fills a sequence with blocks, in one request to the host.</summary>
/// <remarks>
/// A state at the beginning is what computing the same tokens in the same runs gives, to the last bit. One that follows leaves its head out and is moved to its
/// position (one beginning of text, positions as in one text): its tokens have not seen what stands before them, but for the share that is then computed anew
/// (the idea of CacheBlend, arXiv 2405.16444). A run of tokens can only be computed at the end of a sequence: it is computed behind a shared copy of what stands before
/// it, and put in the place of the old one.
/// </remarks>
internal static class ContextBuilder
{
    /// <summary>Builds the context.</summary>
    /// <param name="sequence">The sequence, empty.</param>
    /// <param name="scratch">An empty one of the same process; needed where a state follows other blocks.</param>
    /// <param name="head">What stands in front of the first block; at least one token.</param>
    /// <param name="blocks">The blocks in order; none leaves the head alone.</param>
    /// <param name="cancellationToken">Ends the work; the sequence is to be given back then.</param>
    /// <returns>Where the sequence goes on.</returns>
    /// <exception cref="ModelException">A state does not fit, is damaged, or has another number of tokens.</exception>
    public static async Task<int> BuildAsync(SequenceLease sequence, SequenceLease? scratch, ReadOnlyMemory<int> head, IReadOnlyList<ContextBlock> blocks, CancellationToken cancellationToken = default)
    {
        if (scratch is not null && !scratch.IsWith(sequence))
        {
            throw new ModelException(ModelErrorCodes.HostCrashed, "The process that held the sequence ended; try again.") { IsTransient = true };
        }

        List<SequenceStep> steps = [];
        List<int> computed = [];
        List<(int Step, int Tokens)> restored = [];
        int position = 0;
        foreach (ContextBlock block in blocks.DefaultIfEmpty(new ContextBlock(default, null)))
        {
            int front = position == 0 ? head.Length : 0;
            if (block is { State: null, Loaded: null })
            {
                computed.AddRange(front > 0 ? head.Span : []);
                computed.AddRange(block.Tokens.Span);
                if (front + block.Tokens.Length > 0)
                {
                    steps.Add(new DecodeStep(sequence.Sequence, position, front + block.Tokens.Length, Outputs.None));
                }
            }
            else
            {
                restored.Add((steps.Count, head.Length + block.Tokens.Length));
                if (position == 0 && block.Loaded is { } loaded)
                {
                    steps.AddRange([new PositionsStep(loaded), new CopyStep(loaded, sequence.Sequence)]);
                }
                else if (position == 0)
                {
                    steps.Add(new RestoreStep(sequence.Sequence, block.State!, Verify: false)); // it is not to be computed, and not loaded
                }
                else
                {
                    int from = scratch?.Sequence ?? throw new ArgumentNullException(nameof(scratch));
                    steps.AddRange([
                        new RestoreStep(from, block.State ?? throw new ArgumentException("Only the first block can be a loaded one.", nameof(blocks)), Verify: false), new RemoveStep(from, 0, head.Length), new ShiftStep(from, head.Length, -1, position - head.Length),
                        new CopyStep(from, sequence.Sequence), new RemoveStep(from)]);
                    foreach ((int first, int count) in block.Anew)
                    {
                        int start = position + first, end = start + count;
                        computed.AddRange(block.Tokens.Span.Slice(first, count));
                        steps.AddRange([
                            new CopyStep(sequence.Sequence, from, 0, start), new DecodeStep(from, start, count, Outputs.None),
                            new RemoveStep(sequence.Sequence, start, end), new CopyStep(from, sequence.Sequence, start, end), new RemoveStep(from)]);
                    }
                }
            }

            position += front + block.Tokens.Length;
        }

        StepResults results = await sequence.RunAsync(steps, LocalModel.ToBytes<int>(CollectionsMarshal.AsSpan(computed)), cancellationToken).ConfigureAwait(false);
        return restored.TrueForAll(state => results.Results[state.Step] is { First: 0 } result && result.Last == state.Tokens - 1) ? position
            : throw new ModelException(ModelErrorCodes.StateUnusable, "A state holds another number of tokens than its text; make it anew.");
    }
}
