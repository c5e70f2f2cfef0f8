using System.Globalization;
using MemOS.Cubes;
using MemOS.Reader;

namespace MemOS.Evaluation.Answers;

/// <summary>Something that was said, as it stands in a prompt: the same form whichever system brings it.</summary>
/// <param name="Time">When it was said.</param>
/// <param name="Text">The line: time, speaker or role, words.</param>
internal sealed record ContextLine(DateTimeOffset Time, string Text)
{
    /// <summary>The tokens, estimated as characters / 4, rounded up.</summary>
    public int Tokens => (Text.Length + 3) / 4;

    public static ContextLine Of(Message message) => Of(message.Time, message.Speaker ?? message.Role.Value, message.Text);

    public static ContextLine Of(MemCube cube) =>
        Of(cube.Descriptive.SaidAt ?? cube.Valid.From ?? cube.Descriptive.CreatedAt, cube.Descriptive.Speaker ?? cube.Descriptive.Role ?? "note", cube.Text ?? "");

    /// <summary>The first lines that stay within a budget together; a line that does not fit ends it.</summary>
    public static IEnumerable<ContextLine> Within(IEnumerable<ContextLine> ranked, int budget)
    {
        int tokens = 0;
        return ranked.TakeWhile(line => (tokens += line.Tokens) <= budget);
    }

    private static ContextLine Of(DateTimeOffset time, string who, string words) =>
        new(time, string.Create(CultureInfo.InvariantCulture, $"[{time:yyyy-MM-dd HH:mm}] {who}: {words}"));
}
