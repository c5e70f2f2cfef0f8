using MemOS.Reader;

namespace MemOS.Core.Tests.Reader;

public sealed class MessageRulesTests
{
    private static readonly Message Good = new() { Id = "m1", Text = "Hello", Time = new DateTimeOffset(2026, 1, 2, 10, 0, 0, TimeSpan.Zero) };

    public static TheoryData<string, Message> Bad => new()
    {
        { "text", Good with { Text = "half \ud83d" } },
        { "text", Good with { Text = new string('a', MessageRules.MaximumTextLength + 1) } },
        { "text", Good with { Text = " \n" } },
        { "id", Good with { Id = new string('a', 201) } },
        { "conversation", Good with { Conversation = "line\nbreak" } },
        { "speaker", Good with { Speaker = "\ude42" } },
        { "time", Good with { Time = DateTimeOffset.MinValue } },
        { "time", Good with { Time = DateTimeOffset.MaxValue } },
        { "tags", Good with { Tags = [.. Enumerable.Range(0, 101).Select(i => $"t{i}")] } },
        { "caption", Good with { Attachments = [new MessageAttachment("image", "u", "\udc00")] } },
    };

    [Fact]
    public void A_good_message_passes() => MessageRules.Require(Good, 0);

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_message_that_cannot_be_kept_as_it_is_is_refused_by_field(string field, Message message)
    {
        MemOSException refused = Assert.Throws<MemOSException>(() => MessageRules.Require(message, 3));
        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
        Assert.Contains("messages[3]", refused.Message, StringComparison.Ordinal);
        Assert.Contains(field, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", 3, "abc", "abc")]
    [InlineData("abcd", 3, "abc", "bcd")]
    [InlineData("a😀b", 2, "a", "b")]
    [InlineData("a😀b", 3, "a😀", "😀b")]
    public void A_text_that_is_cut_keeps_its_characters_whole(string text, int most, string beginning, string end)
    {
        Assert.Equal(beginning, MessageRules.Beginning(text, most));
        Assert.Equal(end, MessageRules.End(text, most));
    }
}
