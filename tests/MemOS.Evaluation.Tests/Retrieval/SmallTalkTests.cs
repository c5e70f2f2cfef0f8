using MemOS.Evaluation.Retrieval;
using MemOS.Reader;
using Xunit;

namespace MemOS.Evaluation.Tests.Retrieval;

public sealed class SmallTalkTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_gives_the_same_talk_and_another_one_another()
    {
        Assert.Equal(Talk(7).Select(message => message.Text), Talk(7).Select(message => message.Text));
        Assert.NotEqual(Talk(7).Select(message => message.Text), Talk(8).Select(message => message.Text));
    }

    [Fact]
    public void It_is_as_long_as_asked_for_with_ids_that_occur_once_and_few_repetitions()
    {
        Message[] talk = Talk(1, 5000);
        Assert.Equal(5000, talk.Select(message => message.Id).Distinct().Count());
        Assert.InRange(talk.Select(message => message.Text).Distinct().Count(), 4500, 5000);
        Assert.All(talk, message => Assert.StartsWith(SmallTalk.Prefix, message.Conversation, StringComparison.Ordinal));
        Assert.All(talk, message => Assert.InRange(message.Text.Length, 2, 1000));
        Assert.All(talk, message => Assert.DoesNotContain('{', message.Text));
        Assert.Equal([1, 0], [Talk(1, 1).Length, Talk(1, 0).Length]);
    }

    [Fact]
    public void Nobody_has_or_names_a_name_that_is_kept_out()
    {
        Assert.Contains(Talk(3), message => message.Text.Contains("Fiona", StringComparison.Ordinal) || message.Speaker == "Fiona");
        Assert.DoesNotContain(new SmallTalk(3, ["fiona", null]).Talk(2000, Start, Start.AddYears(1)), message => message.Text.Contains("Fiona", StringComparison.Ordinal) || message.Speaker == "Fiona");
    }

    [Fact]
    public void Talks_begin_within_the_time_given() =>
        Assert.All(Talk(4).GroupBy(message => message.Conversation), talk => Assert.InRange(talk.Min(message => message.Time), Start, Start.AddYears(1).AddMinutes(5)));

    private static Message[] Talk(int seed, int messages = 2000) => [.. new SmallTalk(seed, []).Talk(messages, Start, Start.AddYears(1))];
}
