using FsCheck;
using FsCheck.Fluent;
using MemOS.Reader.Time;
using Xunit;

namespace MemOS.Core.Tests.Reader.Time;

public class TimeExpressionProperties
{
    private static readonly string[] Words =
        ("last this next past the a few couple of days week weekend month years decade Friday Mon May march June sept spring fall "
        + "in on at since until by before after between and from to 5 12 31 99999 2023 9999 1 0001 th st s pm am : - / . , T Z + ' "
        + "yesterday today tomorrow tonight night morning noon first last early mid end ago later now earlier following other day every "
        + "half 2023-05-08 5/8/2023 12:30").Split(' ');

    private static readonly Gen<string> Texts =
        from words in Gen.Elements(Words).ArrayOf()
        from glue in Gen.Elements("", " ", " ")
        select string.Join(glue, words);

    private static readonly Gen<DateTimeOffset> References = Gen.OneOf(
        from days in Gen.Choose(0, 40_000)
        from minutes in Gen.Choose(0, 1439)
        from zone in Gen.Choose(-14, 14)
        select new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.FromHours(zone)).AddDays(days).AddMinutes(minutes),
        Gen.Elements(
            DateTimeOffset.MinValue,
            DateTimeOffset.MaxValue,
            DateTimeOffset.MinValue.AddDays(20).ToOffset(TimeSpan.FromHours(14)),
            DateTimeOffset.MaxValue.AddDays(-20).ToOffset(TimeSpan.FromHours(-14)),
            new DateTimeOffset(1, 1, 1, 14, 0, 0, TimeSpan.FromHours(14)),
            new DateTimeOffset(9999, 12, 31, 9, 0, 0, TimeSpan.FromHours(-14))));

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(40);

    [Fact]
    public void Any_words_give_ordered_mentions_inside_the_text_with_sound_intervals() =>
        Check.One(Many, Prop.ForAll(Gen.Zip(Texts, References).ToArbitrary(), pair => Sound(pair.Item1, pair.Item2)));

    [Fact]
    public void Any_string_gives_ordered_mentions_inside_the_text_with_sound_intervals() =>
        Check.One(Many, Prop.ForAll(
            Gen.Zip(Gen.Choose(0, 0xFFFF).Select(c => (char)c).ArrayOf(), References).ToArbitrary(),
            pair => Sound(new string(pair.Item1), pair.Item2)));

    [Fact]
    public void Whole_weeks_on_the_reference_move_weekday_expressions_by_as_much() =>
        Prop.ForAll(
            (from text in Gen.Elements(
                "last Friday", "on Monday", "next Sunday", "this week", "last weekend", "two weeks ago", "yesterday at 3pm",
                "the past few days", "from Monday to Friday", "the week before last", "since Tuesday", "until Friday")
             from start in Gen.Choose(0, 20_000)
             from weeks in Gen.Choose(-500, 500)
             from future in Gen.Elements(TimeDirection.Past, TimeDirection.Future)
             select (text, start, weeks, future)).ToArbitrary(),
            t =>
            {
                var reference = new DateTimeOffset(1990, 1, 1, 13, 0, 0, TimeSpan.FromHours(-5)).AddDays(t.start);
                var before = TimeExpressionParser.Parse(t.text, reference, t.future).Single().Interval;
                var after = TimeExpressionParser.Parse(t.text, reference.AddDays(7 * t.weeks), t.future).Single().Interval;
                return before.From?.AddDays(7 * t.weeks) == after.From && before.To?.AddDays(7 * t.weeks) == after.To;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_past_reading_never_begins_after_the_reference_day() =>
        Prop.ForAll(
            Gen.Zip(Gen.Elements("on Friday", "in May", "May 5", "on the 30th", "in the winter", "29 February"), Gen.Choose(0, 20_000)).ToArbitrary(),
            pair =>
            {
                var reference = new DateTimeOffset(1990, 1, 1, 13, 0, 0, TimeSpan.Zero).AddDays(pair.Item2);
                return TimeExpressionParser.Parse(pair.Item1, reference).Single().Interval.From <= reference;
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a day before ")]
    [InlineData("since ")]
    [InlineData("early ")]
    [InlineData("between 2015 and ")]
    [InlineData("May 5, ")]
    [InlineData("1-1-1-")]
    public void A_long_text_of_half_expressions_is_read_in_linear_time(string piece) =>
        Assert.NotNull(TimeExpressionParser.Parse(string.Concat(Enumerable.Repeat(piece, 20_000)), DateTimeOffset.UnixEpoch));

    private static bool Sound(string text, DateTimeOffset reference)
    {
        var end = 0;
        foreach (var direction in Enum.GetValues<TimeDirection>())
        {
            end = 0;
            foreach (var mention in TimeExpressionParser.Parse(text, reference, direction))
            {
                if (mention.Start < end || mention.Length < 1 || mention.Start + mention.Length > text.Length
                    || mention.Interval == default || mention.Interval.From >= mention.Interval.To)
                {
                    return false;
                }

                end = mention.Start + mention.Length;
            }
        }

        return true;
    }
}
