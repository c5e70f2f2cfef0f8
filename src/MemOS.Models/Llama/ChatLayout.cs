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
        TextPiece[] pieces = await RenderAsync(turns, cancellationToken).ConfigureAwait(false);
        return [.. (await model.TokenizeAsync(pieces, cancellationToken).ConfigureAwait(false)).SelectMany(tokens => tokens)];
    }

    /// <summary>The tokens of a conversation with notes. They stand in the system's turn, in front of what the conversation says there: only a beginning can be a saved state.</summary>
    /// <param name="frame">What introduces the notes; may be empty.</param>
    /// <param name="notes">The notes.</param>
    /// <param name="turns">The conversation, at least one message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<NotedPrompt> TokensAsync(string frame, IReadOnlyList<string> notes, IReadOnlyList<ChatTurn> turns, CancellationToken cancellationToken)
    {
        TextPiece[] conversation = await RenderAsync(turns is [{ Role: System }, ..] ? turns : [new ChatTurn(System, ""), .. turns], cancellationToken).ConfigureAwait(false);
        int[][] cut = await model.TokenizeAsync([conversation[0], Said(frame), .. notes.Select(Said), .. conversation[1..]], cancellationToken).ConfigureAwait(false);
        const int NotesAt = 2;
        int restAt = NotesAt + notes.Count;
        return new NotedPrompt([.. cut[0], .. cut[1]], cut[NotesAt..restAt], [.. cut[restAt..].SelectMany(tokens => tokens)]);
    }

    private static TextPiece Said(string text) => new(text, AddSpecial: false, ParseSpecial: false);

    // In turns, text of the template and text of a message: only the template's own may become marks. The first begins the text.
    private async Task<TextPiece[]> RenderAsync(IReadOnlyList<ChatTurn> turns, CancellationToken cancellationToken)
    {
        ChatTurn[] places = [.. turns.Select((turn, index) => turn with { Text = string.Create(CultureInfo.InvariantCulture, $"{Placeholder}{index}{Placeholder}") })];
        string[] parts = (await model.RenderAsync(places, askAnswer: true, cancellationToken).ConfigureAwait(false)).Split(Placeholder);
        return [.. parts.Select((part, index) => index % 2 == 0
            ? new TextPiece(part, AddSpecial: index == 0, ParseSpecial: true)
            : Said(turns[int.Parse(part, CultureInfo.InvariantCulture)].Text.Replace(Placeholder.ToString(), "", StringComparison.Ordinal)))];
    }
}
