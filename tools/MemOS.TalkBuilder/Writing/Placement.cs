using MemOS.TalkBuilder.Scripting;

namespace MemOS.TalkBuilder.Writing;

/// <summary>Decides in which turn each statement of a script falls. A turn holds one statement at most.</summary>
internal sealed class Placement
{
    private const int Tries = 200;

    private readonly Calendar _calendar;
    private readonly Dice _dice;
    private readonly Dictionary<int, string> _statements = [];
    private readonly Dictionary<(ScriptItem Item, int Step), int> _turns = [];
    private readonly HashSet<int> _askedWeeks = [];

    private Placement(Calendar calendar, Dice dice) => (_calendar, _dice) = (calendar, dice);

    /// <summary>Places all statements and distractors of a script.</summary>
    public static Placement Of(TalkScript script, Calendar calendar, Dice dice)
    {
        Placement placement = new(calendar, dice);
        foreach (ScriptItem item in script.Items.OrderByDescending(item => item.Kind is ItemKind.Order)) // their weeks are kept free of other events
        {
            placement.Place(item);
        }

        foreach (string distractor in script.Items.SelectMany(item => item.Distractors))
        {
            placement._statements.Add(placement.FreeTurn(0, calendar.Turns.Length, avoidWeeks: false), distractor);
        }

        return placement;
    }

    /// <summary>The statement of a turn, or null.</summary>
    public string? StatementOf(int turn) => _statements.GetValueOrDefault(turn);

    /// <summary>The turn of a step, from 1, of an item.</summary>
    public int TurnOf(ScriptItem item, int step) => _turns[(item, step)];

    private void Place(ScriptItem item)
    {
        // Standing instructions come early, so that weeks lie between them and the requests; a last tenth is left without news.
        double end = item.Kind is ItemKind.Rule ? 0.5 : 0.9;
        double share = end * _calendar.Turns.Length / Math.Max(1, item.Steps.Length);
        for (int step = 1; step <= item.Steps.Length; step++)
        {
            int turn = FreeTurn((int)((step - 0.9) * share), (int)((step - 0.1) * share), avoidWeeks: item.Kind is not (ItemKind.Fact or ItemKind.Several));
            _statements.Add(turn, item.Steps[step - 1]);
            _turns.Add((item, step), turn);
        }

        foreach (int step in item.Asks.Select(ScriptItem.WeekAsked).Where(step => step > 0))
        {
            _askedWeeks.Add(_calendar.Turns[TurnOf(item, step)].Week);
        }
    }

    private int FreeTurn(int from, int to, bool avoidWeeks)
    {
        for (int tries = 0; ; tries++)
        {
            int turn = from + _dice.Next(Math.Max(1, to - from));
            if (!_statements.ContainsKey(turn) && (tries >= Tries || !avoidWeeks || !_askedWeeks.Contains(_calendar.Turns[turn].Week)))
            {
                return turn;
            }
        }
    }
}
