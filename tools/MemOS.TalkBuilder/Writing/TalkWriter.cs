using System.Collections.Immutable;
using System.Globalization;
using MemOS.Evaluation.Datasets.Talks;
using MemOS.TalkBuilder.Scripting;

namespace MemOS.TalkBuilder.Writing;

/// <summary>Turns a script into a talk. The same script and wording give the same talk, byte by byte.</summary>
internal sealed class TalkWriter
{
    private const string AssistantMark = "A: ";

    private readonly TalkScript _script;
    private readonly Wording _wording;
    private readonly Dice _dice;
    private readonly SlotFiller _slots;
    private readonly Calendar _calendar;
    private readonly Placement _placement;

    private TalkWriter(TalkScript script, Wording wording)
    {
        (_script, _wording, _dice) = (script, wording, Dice.For(script.Name));
        _slots = new SlotFiller(script, _dice);
        _calendar = Calendar.Of(script, _dice);
        _placement = Placement.Of(script, _calendar, _dice);
    }

    /// <summary>Writes a talk.</summary>
    public static TalkFile Write(TalkScript script, Wording wording)
    {
        TalkWriter writer = new(script, wording);
        return new TalkFile { Name = script.Name, Language = "en", Messages = writer.Messages(), Questions = writer.Questions() };
    }

    private static string IdOf(int turn, bool assistant) => string.Create(CultureInfo.InvariantCulture, $"m{(turn * 2) + (assistant ? 2 : 1):000}");

    private static bool IsAssistants(string? statement) => statement?.StartsWith(AssistantMark, StringComparison.Ordinal) is true;

    private ImmutableArray<TalkMessage> Messages()
    {
        TurnWriter turns = new(_script, _wording, _slots, _dice);
        ImmutableArray<TalkMessage>.Builder messages = ImmutableArray.CreateBuilder<TalkMessage>();
        for (int turn = 0; turn < _calendar.Turns.Length; turn++)
        {
            TurnSlot slot = _calendar.Turns[turn];
            string? statement = _placement.StatementOf(turn) is { } template ? _slots.Sentence(template) : null;
            bool assistants = IsAssistants(statement);
            bool opens = turn == 0 || _calendar.Turns[turn - 1].Session != slot.Session;
            string user = turns.User(assistants ? null : statement, opens);
            string answer = turns.Assistant(assistants ? statement?[AssistantMark.Length..] : null, told: statement is not null && !assistants);
            messages.Add(Message(turn, assistant: false, slot, user));
            messages.Add(Message(turn, assistant: true, slot, answer));
        }

        return messages.DrainToImmutable();
    }

    private TalkMessage Message(int turn, bool assistant, TurnSlot slot, string text) => new()
    {
        Id = IdOf(turn, assistant),
        Session = string.Create(CultureInfo.InvariantCulture, $"s{slot.Session:00}"),
        Role = assistant ? "assistant" : "user",
        Time = assistant ? slot.Time.AddSeconds(_dice.Between(5, 60)) : slot.Time,
        Text = text,
    };

    private ImmutableArray<TalkQuestion> Questions()
    {
        ImmutableArray<TalkQuestion>.Builder questions = ImmutableArray.CreateBuilder<TalkQuestion>();
        foreach (ScriptItem item in _script.Items)
        {
            foreach (ScriptAsk ask in item.Asks)
            {
                int[] steps = [.. item.EvidenceOf(ask)];
                questions.Add(new TalkQuestion
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"q{questions.Count + 1:00}"),
                    Category = item.CategoryOf(ask),
                    Text = _slots.Sentence(WithWeek(item, ask)),
                    Evidence = [.. steps.Select(step => IdOf(_placement.TurnOf(item, step), IsAssistants(item.Steps[step - 1])))],
                });
            }
        }

        return questions.DrainToImmutable();
    }

    private string WithWeek(ScriptItem item, ScriptAsk ask) => ScriptItem.WeekAsked(ask) is > 0 and int step
        ? ask.Text.Replace($"<week {step}>", _calendar.NameOf(_calendar.Turns[_placement.TurnOf(item, step)].Week, _dice.Pick(_wording["week"])), StringComparison.Ordinal)
        : ask.Text;
}
