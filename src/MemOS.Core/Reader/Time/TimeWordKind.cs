namespace MemOS.Reader.Time;

/// <summary>What a token means to the time grammar. The value of the token says which one.</summary>
internal enum TimeWordKind : byte
{
    Other, Number, Punctuation,
    Weekday, WeekdayShort, Month, MonthShort, Unit, Season, PartOfDay, Today, Tonight,
    Cardinal, Quantity, Ordinal, OrdinalSuffix, DecadeSuffix, Meridiem, Noon, Couple, Half,
    Last, This, Next, Past, Following, Every, Ago, Later, Earlier, Now, Than, Back, OtherDay,
    Before, After, Since, Until, By, Between, And, To, From,
    In, On, At, During, Of, Around, The, Article, Early, Mid, Late, T, Zulu, MeridiemP, MeridiemM, Over, Counted,
}
