using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MemOS.Reader.Time;
using Xunit;

namespace MemOS.Core.Tests.Reader.Time;

public class ChatTimeParserTests
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("2026-01-02T10:00:00Z", "2026-01-02T10:00:00+00:00")]
    [InlineData("2026-01-02T10:00:00.123456+05:30", "2026-01-02T10:00:00+05:30")]
    [InlineData("2026-01-02T10:00:00.1234567Z", "2026-01-02T10:00:00+00:00")]
    [InlineData("2026-01-02T10:00:00", "2026-01-02T10:00:00+02:00")]
    [InlineData("2026-01-02T10:00", "2026-01-02T10:00:00+02:00")]
    [InlineData("2026-01-02 10:00:00", "2026-01-02T10:00:00+02:00")]
    [InlineData("2026-01-02 10:00:00 +0100", "2026-01-02T10:00:00+01:00")]
    [InlineData("2026-01-02 10:00:00 +01:00", "2026-01-02T10:00:00+01:00")]
    [InlineData("2026-01-02", "2026-01-02T00:00:00+02:00")]
    [InlineData("  2026/01/02 ", "2026-01-02T00:00:00+02:00")]
    [InlineData("20260102", "2026-01-02T00:00:00+02:00")]
    [InlineData("1:56 pm on 8 May, 2023", "2023-05-08T13:56:00+02:00")]
    [InlineData("8 May 2023, 13:56", "2023-05-08T13:56:00+02:00")]
    [InlineData("8 May 2023", "2023-05-08T00:00:00+02:00")]
    [InlineData("May 8, 2023 at 1:56:07 pm", "2023-05-08T13:56:07+02:00")]
    [InlineData("12:09 am on 13 September, 2023", "2023-09-13T00:09:00+02:00")]
    [InlineData("2023/05/08", "2023-05-08T00:00:00+02:00")]
    [InlineData("5/8/2023 10:00", "2023-05-08T10:00:00+02:00")]
    [InlineData("Mon, 08 May 2023 13:56:00 GMT", "2023-05-08T13:56:00+00:00")]
    [InlineData("1683554160", "2023-05-08T15:56:00+02:00")]
    [InlineData("1683554160000", "2023-05-08T15:56:00+02:00")]
    [InlineData("yesterday", "")]
    [InlineData("8 May", "")]
    [InlineData("May 2023", "")]
    [InlineData("2023-02-30", "")]
    [InlineData("2023-02-30T10:00:00Z", "")]
    [InlineData("0000-01-01", "")]
    [InlineData("0001-01-01", "")]
    [InlineData("99999999999999999999", "")]
    [InlineData("12", "")]
    [InlineData("sometime on 8 May 2023", "")]
    [InlineData("2023-05-08T25:00:00", "")]
    [InlineData("2023-05-08T13:56:00+14:00", "2023-05-08T13:56:00+14:00")]
    [InlineData("2023-05-08T13:56:00+14:01", "")]
    [InlineData("2023-05-08T13:56:00-25:00", "")]
    [InlineData("2023-05-08T13:56:00+01:99", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_chat_time_is_read(string? text, string expected)
    {
        var found = ChatTimeParser.TryParse(text, ReceivedAt, out var time);
        Assert.Equal(expected.Length > 0, found);
        if (found)
        {
            Assert.Equal(expected, time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void What_is_written_in_iso_is_read_back_exactly() =>
        Prop.ForAll<DateTimeOffset>(time =>
            ChatTimeParser.TryParse(time.ToString("O", CultureInfo.InvariantCulture), ReceivedAt, out var read) && read.EqualsExact(time))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_string_is_taken() =>
        Prop.ForAll<string>(text =>
        {
            _ = ChatTimeParser.TryParse(text, DateTimeOffset.MinValue, out _) | ChatTimeParser.TryParse(text, DateTimeOffset.MaxValue, out _);
        }).QuickCheckThrowOnFailure();
}
