using System.Collections.Immutable;
using System.Globalization;
using MemOS.TalkBuilder.Scripting;

namespace MemOS.TalkBuilder.Writing;

/// <summary>When a talk takes place: its turns, in order, each with its session and time.</summary>
internal sealed class Calendar
{
    private static readonly ImmutableArray<string> Ordinals =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

    private readonly DateOnly _start;

    private Calendar(DateOnly start, ImmutableArray<TurnSlot> turns) => (_start, Turns) = (start, turns);

    /// <summary>The turns.</summary>
    public ImmutableArray<TurnSlot> Turns { get; }

    /// <summary>Two or three sessions a week, each of several turns some minutes apart.</summary>
    public static Calendar Of(TalkScript script, Dice dice)
    {
        ImmutableArray<TurnSlot>.Builder turns = ImmutableArray.CreateBuilder<TurnSlot>();
        int session = 0;
        for (int week = 0; week < script.Weeks; week++)
        {
            int[] days = [dice.Between(0, 1), dice.Between(2, 4), dice.Between(5, 6)];
            foreach (int day in days.Skip(dice.Percent(30) ? 1 : 0))
            {
                session++;
                DateTimeOffset time = new(script.Start.AddDays((week * 7) + day), new TimeOnly(dice.Between(7, 20), dice.Between(0, 59)), TimeSpan.Zero);
                for (int turn = dice.Between(4, 9); turn > 0; turn--)
                {
                    turns.Add(new TurnSlot(session, week, time));
                    time = time.AddSeconds(dice.Between(120, 900));
                }
            }
        }

        return new Calendar(script.Start, turns.DrainToImmutable());
    }

    /// <summary>Names a week of the talk, counted from 0, by one of the phrases for it.</summary>
    public string NameOf(int week, string phrase) => phrase
        .Replace("<nth>", Ordinals[week], StringComparison.Ordinal)
        .Replace("<number>", (week + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("<monday>", Day(week * 7), StringComparison.Ordinal)
        .Replace("<sunday>", Day((week * 7) + 6), StringComparison.Ordinal);

    private string Day(int days) => _start.AddDays(days).ToString("MMMM d", CultureInfo.InvariantCulture);
}
