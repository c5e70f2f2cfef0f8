using System.Collections.Immutable;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Filters;

/// <summary>Compares a field with values.</summary>
/// <remarks>
/// Where the field is missing, only <see cref="FilterOperator.NotEqual"/> and the absence test hold. Free metadata is compared as numbers when both
/// sides are numbers, as times when the key ends in <c>_at</c> or <c>_time</c> and both sides are times, else as text.
/// </remarks>
public sealed record FieldCondition : CubeFilter
{
    /// <summary>Makes a condition.</summary>
    /// <param name="field">The field.</param>
    /// <param name="op">How it is compared.</param>
    /// <param name="values">With what: one value; for <see cref="FilterOperator.In"/> any number.</param>
    /// <param name="key">The key for <see cref="CubeField.Info"/>; null for every other field.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidFilter"/>: field, operator and values do not go together.</exception>
    public FieldCondition(CubeField field, FilterOperator op, ImmutableArray<FilterValue> values, string? key = null)
    {
        if (FieldRules.WhyInvalid(field, op, values.AsSpan(), key) is { } reason)
        {
            throw new MemOSException(ErrorCodes.InvalidFilter, reason);
        }

        (Field, Operator, Values, Key) = (field, op, values, key);
    }

    /// <summary>Makes a condition with one value.</summary>
    /// <inheritdoc cref="FieldCondition(CubeField, FilterOperator, ImmutableArray{FilterValue}, string)"/>
    public FieldCondition(CubeField field, FilterOperator op, FilterValue value, string? key = null)
        : this(field, op, [value], key)
    {
    }

    /// <summary>The field.</summary>
    public CubeField Field { get; }

    /// <summary>How it is compared.</summary>
    public FilterOperator Operator { get; }

    /// <summary>With what.</summary>
    public ImmutableArray<FilterValue> Values { get; }

    /// <summary>The key for <see cref="CubeField.Info"/>, else null.</summary>
    public string? Key { get; }

    /// <summary>Compares the values one by one.</summary>
    public bool Equals(FieldCondition? other) =>
        other is not null && Field == other.Field && Operator == other.Operator && Key == other.Key && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Field, Operator, Key, Values.Length);

    /// <inheritdoc/>
    public override bool Matches(MemCube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        DescriptiveHeader header = cube.Descriptive;
        return Field switch
        {
            CubeField.Id => MatchesText(cube.Id.ToString()),
            CubeField.Type => MatchesText(header.Type.Value),
            CubeField.Speaker => MatchesText(header.Speaker),
            CubeField.Role => MatchesText(header.Role),
            CubeField.Tags => MatchesList(header.Tags.IsDefault ? [] : header.Tags.AsSpan()),
            CubeField.Entities => MatchesList(header.Entities.IsDefault ? [] : header.Entities.AsSpan()),
            CubeField.Conversation => MatchesText(CubeFields.ConversationOf(cube)),
            CubeField.State => MatchesText(cube.State.ToString()),
            CubeField.CreatedAt => MatchesTime(CubeFields.Ticks(header.CreatedAt)),
            CubeField.UpdatedAt => MatchesTime(CubeFields.Ticks(cube.TxFrom)),
            CubeField.SaidAt => MatchesTime(CubeFields.Ticks(header.SaidAt)),
            CubeField.ValidFrom => MatchesTime(CubeFields.Ticks(cube.Valid.From)),
            CubeField.ValidTo => MatchesTime(CubeFields.Ticks(cube.Valid.To)),
            CubeField.ValidAt => MatchesInterval(CubeFields.Ticks(cube.Valid.From), CubeFields.Ticks(cube.Valid.To)),
            CubeField.Priority => MatchesNumber(Math.Clamp(cube.Governance.Priority, sbyte.MinValue, sbyte.MaxValue)),
            CubeField.Sensitivity => MatchesNumber((int)cube.Governance.Sensitivity),
            CubeField.Kind => MatchesText(cube.Payload.Kind.ToString()),
            CubeField.FactKey => MatchesText(header.FactKey),
            _ => MatchesInfo(header.Info),
        };
    }

    internal override bool? Constant => null;

    internal override void Evaluate(FilterScope documents, Span<ulong> result)
    {
        Columns columns = documents.Columns;
        IndexState state = documents.State;
        int count = documents.Count;
        switch (Field)
        {
            case CubeField.Id:
                Bitmap.Fill(result, count, columns.Id, id => MatchesText(id.ToString("D", CultureInfo.InvariantCulture)));
                break;
            case CubeField.Type:
                Bitmap.FillByTable(result, count, columns.Type, state.Types.Values, MatchesText);
                break;
            case CubeField.Speaker:
                Bitmap.FillByTable(result, count, columns.Speaker, state.Speakers.Values, MatchesText);
                break;
            case CubeField.Role:
                Bitmap.FillByTable(result, count, columns.Role, state.Roles.Values, MatchesText);
                break;
            case CubeField.Tags:
                Bitmap.FillByTable(result, count, columns.Tags, state.TagLists.Values, list => MatchesList(list));
                break;
            case CubeField.Entities:
                Bitmap.FillByTable(result, count, columns.Entities, state.EntityLists.Values, list => MatchesList(list));
                break;
            case CubeField.Conversation:
                Bitmap.FillByTable(result, count, columns.Conversation, state.ConversationNames.Values, MatchesText);
                break;
            case CubeField.FactKey:
                Bitmap.FillByTable(result, count, columns.FactKey, state.FactKeys.Values, MatchesText);
                break;
            case CubeField.Info:
                Bitmap.FillByTable(result, count, columns.Info, state.Infos.Values, MatchesInfo);
                break;
            case CubeField.State:
                Bitmap.FillByByte(result, count, columns.State, value => MatchesText(((CubeState)value).ToString()));
                break;
            case CubeField.Kind:
                Bitmap.FillByByte(result, count, columns.Kind, value => MatchesText(((PayloadKind)value).ToString()));
                break;
            case CubeField.Sensitivity:
                Bitmap.FillByByte(result, count, columns.Sensitivity, value => MatchesNumber(value));
                break;
            case CubeField.Priority:
                Bitmap.Fill(result, count, columns.Priority, value => MatchesNumber(value));
                break;
            case CubeField.CreatedAt:
                Bitmap.Fill(result, count, columns.CreatedAt, MatchesTime);
                break;
            case CubeField.UpdatedAt:
                Bitmap.Fill(result, count, columns.UpdatedAt, MatchesTime);
                break;
            case CubeField.SaidAt:
                Bitmap.Fill(result, count, columns.SaidAt, MatchesTime);
                break;
            case CubeField.ValidFrom:
                Bitmap.Fill(result, count, columns.ValidFrom, MatchesTime);
                break;
            case CubeField.ValidTo:
                Bitmap.Fill(result, count, columns.ValidTo, MatchesTime);
                break;
            default:
                Bitmap.Fill(result, count, columns.ValidFrom, columns.ValidTo, MatchesInterval);
                break;
        }
    }

    private StringComparison Comparison => Field is CubeField.Tags or CubeField.Conversation or CubeField.FactKey or CubeField.Info
        ? StringComparison.Ordinal
        : StringComparison.OrdinalIgnoreCase;

    private bool MatchesText(string? text) => Operator switch
    {
        FilterOperator.Exists => text is not null == Wanted,
        FilterOperator.NotEqual => text is null || !text.Equals(Values[0].Text, Comparison),
        _ when text is null => false,
        FilterOperator.Equal or FilterOperator.In => IsOneOf(text),
        FilterOperator.Contains => text.Contains(Values[0].Text, Comparison),
        _ => text.Contains(Values[0].Text, StringComparison.OrdinalIgnoreCase),
    };

    private bool MatchesList(ReadOnlySpan<string> list)
    {
        if (Operator is FilterOperator.Exists)
        {
            return !list.IsEmpty == Wanted;
        }

        bool any = false;
        foreach (string element in list)
        {
            any |= Operator is FilterOperator.Like ? element.Contains(Values[0].Text, StringComparison.OrdinalIgnoreCase) : IsOneOf(element);
        }

        return any == (Operator is not FilterOperator.NotEqual);
    }

    private bool IsOneOf(string text)
    {
        foreach (FilterValue value in Values)
        {
            if (text.Equals(value.Text, Comparison))
            {
                return true;
            }
        }

        return false;
    }

    private bool MatchesInfo(ImmutableSortedDictionary<string, string>? info)
    {
        string? text = Key is not null && info is not null && info.TryGetValue(Key, out string? found) ? found : null;
        if (text is null || Operator is FilterOperator.Exists or FilterOperator.Contains or FilterOperator.Like)
        {
            return MatchesText(text);
        }

        if (Operator is FilterOperator.In or FilterOperator.Equal or FilterOperator.NotEqual)
        {
            bool any = false;
            foreach (FilterValue value in Values)
            {
                any |= InfoValue.Compare(Key, text, value) == 0;
            }

            return any == (Operator is not FilterOperator.NotEqual);
        }

        return InfoValue.Compare(Key, text, Values[0]) is { } order && MatchesOrder(order);
    }

    private bool MatchesNumber(int number)
    {
        if (Operator is FilterOperator.Exists)
        {
            return Wanted;
        }

        if (Operator is FilterOperator.In or FilterOperator.Equal or FilterOperator.NotEqual)
        {
            bool any = false;
            foreach (FilterValue value in Values)
            {
                any |= value.Number == number;
            }

            return any == (Operator is not FilterOperator.NotEqual);
        }

        return Values[0].Number is { } bound && MatchesOrder(((double)number).CompareTo(bound));
    }

    private bool MatchesTime(long ticks)
    {
        if (Operator is FilterOperator.Exists)
        {
            return ticks != Columns.NoTime == Wanted;
        }

        if (ticks == Columns.NoTime)
        {
            return Operator is FilterOperator.NotEqual;
        }

        if (Operator is FilterOperator.In or FilterOperator.Equal or FilterOperator.NotEqual)
        {
            bool any = false;
            foreach (FilterValue value in Values)
            {
                any |= InfoValue.Order(ticks, value.Time) == 0;
            }

            return any == (Operator is not FilterOperator.NotEqual);
        }

        return MatchesOrder(InfoValue.Order(ticks, Values[0].Time));
    }

    /// <summary>An interval is equal to a time when they overlap, greater or equal when some of it is not before, and so on.</summary>
    private bool MatchesInterval(long from, long to)
    {
        if (Operator is FilterOperator.Exists)
        {
            return (from != Columns.NoTime || to != Columns.NoTime) == Wanted;
        }

        bool any = false;
        foreach (FilterValue value in Values)
        {
            long start = value.Time?.From?.UtcTicks ?? long.MinValue;
            long end = value.Time?.To?.UtcTicks ?? long.MaxValue;
            bool reachesStart = to == Columns.NoTime || to > start;
            bool beginsBeforeEnd = from == Columns.NoTime || from < end;
            any |= Operator switch
            {
                FilterOperator.GreaterOrEqual => reachesStart,
                FilterOperator.Greater => to == Columns.NoTime || to > end,
                FilterOperator.LessOrEqual => beginsBeforeEnd,
                FilterOperator.Less => from == Columns.NoTime || from < start,
                _ => reachesStart && beginsBeforeEnd,
            };
        }

        return any == (Operator is not FilterOperator.NotEqual);
    }

    private bool Wanted => Values[0].Text == "true";

    private bool MatchesOrder(int order) => Operator switch
    {
        FilterOperator.Greater => order > 0,
        FilterOperator.GreaterOrEqual => order >= 0,
        FilterOperator.Less => order < 0,
        _ => order <= 0,
    };
}
