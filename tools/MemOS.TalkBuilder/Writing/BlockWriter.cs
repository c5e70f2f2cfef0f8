using System.Collections.Immutable;
using System.Text;
using MemOS.TalkBuilder.Scripting;

namespace MemOS.TalkBuilder.Writing;

/// <summary>Writes code, logs, stack traces, lists, tables, schedules and letters as they are pasted into a talk.</summary>
internal sealed class BlockWriter(TalkScript script, Wording wording, SlotFiller slots, Dice dice)
{
    private const string Fixed = "!! ";

    private static readonly ImmutableArray<string> Bare = ["list", "table"];

    /// <summary>A block of one of the talk's kinds, at most so many characters long.</summary>
    public string Write(int longest)
    {
        string kind = dice.Pick(script.Blocks);
        ImmutableArray<string> lines = wording[kind];
        string[] head = [.. lines.TakeWhile(IsFixed)];
        string[] tail = [.. lines.Skip(head.Length).Where(IsFixed)];
        string[] body = [.. lines.Where(line => !IsFixed(line))];
        bool bare = Bare.Contains(kind);
        StringBuilder text = new(bare ? "" : $"```{kind}\n");
        AppendFixed(text, head);
        for (int count = dice.Between(3, 11); count > 0; count--)
        {
            string line = slots.Line(dice.Pick(body));
            if (text.Length + line.Length + 120 > longest)
            {
                break;
            }

            text.Append(line).Append('\n');
        }

        AppendFixed(text, tail);
        return text.Append(bare ? "" : "```").ToString().TrimEnd('\n');
    }

    private static bool IsFixed(string line) => line.StartsWith(Fixed, StringComparison.Ordinal);

    private void AppendFixed(StringBuilder text, string[] lines)
    {
        foreach (string line in lines)
        {
            text.Append(slots.Line(line[Fixed.Length..])).Append('\n');
        }
    }
}
