using System.Globalization;

namespace MemOS.Models.Llama;

/// <summary>Lays conversations out as tokens by a model's template. Texts of messages are never read as marks of roles, whatever they hold.</summary>
internal sealed class ChatLayout(LocalModel model)
{
    // Stands for the text of a message while the template is laid out; of the range that Unicode leaves to private use.
    private const char Placeholder = '\uE000';

    private const string System = "system";

    /// <summary>The tokens of a conversation up to where the answer begins.</summary>
    public async Task<int[]> TokensAsync(IReadOnlyList<ChatTurn> turns, CancellationToken cancellationToken)
    {
        List<int> tokens = [];
        string[] parts = await RenderAsync(turns, cancellationToken).ConfigureAwait(false);
        await AppendAsync(tokens, parts, 0, turns, cancellationToken).ConfigureAwait(false);
        return [.. tokens];
    }

    /// <summary>The tokens of a conversation with notes. They stand in the system's turn, in front of what the conversation says there: only a beginning can be a saved state.</summary>
    /// <param name="frame">What introduces the notes; may be empty.</param>
    /// <param name="notes">The notes.</param>
    /// <param name="turns">The conversation, at least one message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<NotedPrompt> TokensAsync(string frame, IReadOnlyList<string> notes, IReadOnlyList<ChatTurn> turns, CancellationToken cancellationToken)
    {
        ChatTurn[] all = turns is [{ Role: System }, ..] ? [.. turns] : [new ChatTurn(System, ""), .. turns];
        string[] parts = await RenderAsync(all, cancellationToken).ConfigureAwait(false);
        List<int> head = [], rest = [];
        head.AddRange(await model.TokenizeAsync(parts[0], addSpecial: true, parseSpecial: true, cancellationToken).ConfigureAwait(false));
        await AppendAsync(head, frame, cancellationToken).ConfigureAwait(false);
        List<int[]> cut = [];
        foreach (string note in notes)
        {
            List<int> tokens = [];
            await AppendAsync(tokens, note, cancellationToken).ConfigureAwait(false);
            cut.Add([.. tokens]);
        }

        await AppendAsync(rest, parts, 1, all, cancellationToken).ConfigureAwait(false);
        return new NotedPrompt([.. head], cut, [.. rest]);
    }

    // Text of the template and places of messages by turns: only the template's own text may become marks.
    private async Task<string[]> RenderAsync(IReadOnlyList<ChatTurn> turns, CancellationToken cancellationToken)
    {
        ChatTurn[] places = [.. turns.Select((turn, index) => turn with { Text = string.Create(CultureInfo.InvariantCulture, $"{Placeholder}{index}{Placeholder}") })];
        return (await model.RenderAsync(places, askAnswer: true, cancellationToken).ConfigureAwait(false)).Split(Placeholder);
    }

    private async Task AppendAsync(List<int> tokens, string[] parts, int from, IReadOnlyList<ChatTurn> turns, CancellationToken cancellationToken)
    {
        for (int part = from; part < parts.Length; part++)
        {
            bool isMessage = part % 2 == 1;
            string text = isMessage ? turns[int.Parse(parts[part], CultureInfo.InvariantCulture)].Text.Replace(Placeholder.ToString(), "", StringComparison.Ordinal) : parts[part];
            if (text.Length > 0 || part == 0)
            {
                tokens.AddRange(await model.TokenizeAsync(text, addSpecial: part == 0, parseSpecial: !isMessage, cancellationToken).ConfigureAwait(false));
            }
        }
    }

    private async Task AppendAsync(List<int> tokens, string text, CancellationToken cancellationToken)
    {
        if (text.Length > 0)
        {
            tokens.AddRange(await model.TokenizeAsync(text, addSpecial: false, parseSpecial: false, cancellationToken).ConfigureAwait(false));
        }
    }
}
