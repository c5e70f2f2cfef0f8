namespace MemOS.Reader.Time;

/// <summary>How finely a time expression speaks, from fine to coarse.</summary>
public enum TimeGranularity
{
    /// <summary>A minute of the clock.</summary>
    Minute = 0,

    /// <summary>An hour of the clock.</summary>
    Hour = 1,

    /// <summary>A morning, afternoon, evening or night.</summary>
    PartOfDay = 2,

    /// <summary>A calendar day.</summary>
    Day = 3,

    /// <summary>A Saturday with its Sunday.</summary>
    Weekend = 4,

    /// <summary>A week, or seven days of a month.</summary>
    Week = 5,

    /// <summary>A calendar month, or a third of one.</summary>
    Month = 6,

    /// <summary>Three months: March to May is spring.</summary>
    Season = 7,

    /// <summary>A calendar year.</summary>
    Year = 8,

    /// <summary>Ten calendar years.</summary>
    Decade = 9,

    /// <summary>Anything else: from one expression to another, or open at an end.</summary>
    Range = 10,
}
