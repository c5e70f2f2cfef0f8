using System.Text;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Protocol;

namespace MemOS.Activation;

/// <summary>Lets a model ask itself about a text, in several manners and by chance, so that what is learned is not one manner of asking.</summary>
internal static class SelfStudy
{
    /// <summary>Tokens of a question at most.</summary>
    public const int MostTokens = 48;

    private const int TriesForEach = 4;

    private static readonly string[] Manners =
    [
        "Ask one short question that these notes answer. Write the question and nothing else.",
        "Ask one question about a name, a place, a number or a date in these notes. Write the question and nothing else.",
        "Ask one question that takes two of these notes together to answer. Write the question and nothing else.",
        "Write one request for a summary of a part of these notes, and nothing else.",
        "Write one thing that somebody who knows these notes could be asked to do, and nothing else.",
    ];

    /// <summary>Asks.</summary>
    /// <param name="model">The model, with nothing else to do.</param>
    /// <param name="memory">Lays prompts out.</param>
    /// <param name="prompt">The text.</param>
    /// <param name="count">How many questions; fewer where it repeats itself.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ModelException">The model asked nothing.</exception>
    public static async Task<IReadOnlyList<string>> AskAsync(LocalModel model, ActivationMemory memory, NotedPrompt prompt, int count, CancellationToken cancellationToken)
    {
        HashSet<string> asked = [];
        int[] text = [.. prompt.Head, .. prompt.Notes[0]];
        SequenceLease sequence = await model.RentSequenceAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (sequence.ConfigureAwait(false))
        {
            await sequence.RunAsync([new DecodeStep(sequence.Sequence, 0, text.Length, Outputs.None)], LocalModel.ToBytes<int>(text), cancellationToken).ConfigureAwait(false);
            for (int attempt = 0; asked.Count < count && attempt < count * TriesForEach; attempt++)
            {
                int[] rest = (await memory.LayOutAsync([], [new ChatTurn("user", Manners[attempt % Manners.Length])], cancellationToken).ConfigureAwait(false)).Rest;
                GenerationRequest request = new() { MostTokens = MostTokens, Sampling = new Sampling { Temperature = 1, Seed = (uint)attempt + 1 } };
                StringBuilder said = new();
                await foreach (GeneratedPiece piece in sequence.GenerateAsync(rest, text.Length, request, cancellationToken).ConfigureAwait(false))
                {
                    said.Append(piece.Text);
                }

                if (said.ToString().Trim() is { Length: > 0 } question)
                {
                    asked.Add(question);
                }
            }
        }

        return asked.Count > 0 ? [.. asked] : throw new ModelException(ModelErrorCodes.InvalidRequest, "The model asks nothing about the text; give it questions.");
    }
}
