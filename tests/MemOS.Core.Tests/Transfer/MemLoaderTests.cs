using MemOS.Reader;
using MemOS.Transfer;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MemOS.Core.Tests.Transfer;

public sealed class MemLoaderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Now);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_LoCoMo_file_gives_its_turns_in_order_and_none_of_its_annotations()
    {
        List<Message> messages = await Read("conv.json", """
            {
              "speaker_a": "Ann", "speaker_b": "Bob",
              "session_10_date_time": "12:09 am on 13 September, 2023",
              "session_10": [{"dia_id": "D10:1", "speaker": "Bob", "text": "Last one."}],
              "session_2_date_time": "1:14 pm on 25 May, 2023",
              "session_2": [
                {"dia_id": "D2:1", "speaker": "Ann", "text": "Look!", "img_url": ["http://x/1.jpg", "http://x/2.jpg"], "blip_caption": "a photo of a dog", "query": "dog"},
                {"dia_id": "D2:2", "speaker": "Bob", "text": "Nice.", "blip_caption": "a cat"}
              ],
              "session_3_date_time": "9:00 am on 1 June, 2023",
              "events_session_2": {"Ann": ["never read"]},
              "session_2_observation": {"Ann": [["never read", "D2:1"]]},
              "session_2_summary": "never read",
              "qa": [{"question": "never read", "evidence": ["D2:1"], "category": 4}]
            }
            """, ImportFormat.LoCoMo);

        Assert.Equal(["D2:1", "D2:2", "D10:1"], messages.Select(message => message.Id));
        Assert.Equal(["session_2", "session_2", "session_10"], messages.Select(message => message.Conversation));
        Assert.Equal(["Ann", "Bob", "Bob"], messages.Select(message => message.Speaker));
        Assert.Equal(new DateTimeOffset(2023, 5, 25, 13, 14, 0, TimeSpan.Zero), messages[0].Time);
        Assert.Equal(new DateTimeOffset(2023, 5, 25, 13, 14, 1, TimeSpan.Zero), messages[1].Time);
        Assert.Equal(new DateTimeOffset(2023, 9, 13, 0, 9, 0, TimeSpan.Zero), messages[2].Time);
        Assert.Equal([new MessageAttachment("image", "http://x/1.jpg", "a photo of a dog"), new MessageAttachment("image", "http://x/2.jpg", null)], messages[0].Attachments.ToArray());
        Assert.Equal([new MessageAttachment("image", "", "a cat")], messages[1].Attachments.ToArray());
        Assert.DoesNotContain(messages, message => message.Text.Contains("never", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_LoCoMo_session_without_a_readable_time_is_an_error_that_names_it()
    {
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => Read(
            "conv.json", """{"session_1_date_time": "some day", "session_1": [{"dia_id": "D1:1", "text": "x"}]}""", ImportFormat.LoCoMo));
        Assert.Contains("session_1_date_time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_keeps_roles_names_times_ids_parts_and_tool_calls()
    {
        List<Message> messages = await Read("trip.json", """
            {"id": "c7", "messages": [
              {"role": "system", "content": "Be brief.", "id": "m1", "created_at": 1767225600},
              {"role": "user", "name": "ann", "content": [{"type": "text", "text": "Look"}, {"type": "text", "text": "here"},
                {"type": "image_url", "image_url": {"url": "http://x/a.png"}}, {"type": "file", "file": {"filename": "plan.pdf"}}], "chat_time": "2026-01-02 10:00:00"},
              {"role": "assistant", "content": null, "tool_calls": [{"id": "t1", "type": "function", "function": {"name": "find", "arguments": "{\"q\":1}"}}], "timestamp": "2026-01-02T10:00:05+02:00"},
              {"role": "tool", "content": "42", "tool_call_id": "t1", "message_id": "m4"}
            ]}
            """, ImportFormat.ChatJson);

        Assert.All(messages, message => Assert.Equal("c7", message.Conversation));
        Assert.Equal([MessageRole.System, MessageRole.User, MessageRole.Assistant, MessageRole.Tool], messages.Select(message => message.Role));
        Assert.Equal("m1", messages[0].Id);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), messages[0].Time);
        Assert.Equal("Look\nhere", messages[1].Text);
        Assert.Equal("ann", messages[1].Speaker);
        Assert.Equal([new MessageAttachment("image", "http://x/a.png", null), new MessageAttachment("file", "plan.pdf", null)], messages[1].Attachments.ToArray());
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 10, 0, 0, TimeSpan.Zero), messages[1].Time);
        Assert.Equal([new ToolCall("t1", "find", "{\"q\":1}")], messages[2].ToolCalls.ToArray());
        Assert.Equal(TimeSpan.FromHours(2), messages[2].Time.Offset);
        Assert.Equal("t1", messages[3].ToolCallId);
        Assert.Equal(Now, messages[3].Time);
    }

    [Fact]
    public async Task Conversations_in_a_list_are_kept_apart()
    {
        List<Message> messages = await Read(
            "two.json", """[{"messages":[{"role":"user","content":"a"}]}, [{"role":"user","content":"b"}], {"role":"user","content":"c"}]""", ImportFormat.ChatJson);
        Assert.Equal(["two-1", "two-2", "two"], messages.Select(message => message.Conversation));
    }

    [Fact]
    public async Task Messages_without_ids_get_the_same_ones_in_every_reading_and_different_ones_each()
    {
        const string Chat = """[{"role":"user","content":"yes"},{"role":"user","content":"no"},{"role":"user","content":"yes"},{"role":"assistant","content":"yes"}]""";
        List<Message> first = await Read("chat.json", Chat, ImportFormat.ChatJson);
        _clock.Advance(TimeSpan.FromDays(1));
        List<Message> second = await Read("chat.json", Chat, ImportFormat.ChatJson);
        Assert.Equal(first.Select(message => message.Id), second.Select(message => message.Id));
        Assert.Equal(4, first.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task Seconds_since_1970_may_have_a_fraction()
    {
        List<Message> messages = await Read("a.jsonl", """{"role":"user","content":"x","created_at":1767225600.25}""", ImportFormat.JsonLines);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, 250, TimeSpan.Zero), messages[0].Time);
    }

    [Fact]
    public async Task A_bad_line_stops_reading_and_names_file_and_line()
    {
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => Read(
            "a.jsonl", "{\"role\":\"user\",\"content\":\"x\"}\n\n{\"role\":\"user\"\n", ImportFormat.JsonLines));
        Assert.Contains("a.jsonl, line 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_lines_are_left_out_and_reported_when_that_is_asked_for()
    {
        List<ImportProblem> problems = [];
        List<Message> messages = await Read(
            "a.jsonl",
            """
            {"role":"user","content":"one"}
            {"role":"nobody","content":"two"}
            [1,2]
            {"messages":[{"role":"user","content":"three"},{"role":"user"}]}
            {"messages":[{"role":"user","content":"four"},{"role":"user","content":"five"}]}
            {"role":"user","content":"six","chat_time":"soon"}
            """,
            ImportFormat.JsonLines,
            new ImportOptions { BadLine = problems.Add });
        Assert.Equal(["one", "four", "five"], messages.Select(message => message.Text));
        Assert.Equal([2, 3, 4, 6], problems.Select(problem => problem.Line));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_never_replaced_wherever_they_stand()
    {
        byte[] far = [.. Enumerable.Repeat((byte)' ', FormatDetector.HeadLength)]; // behind what the format is told from
        byte[] bad = [.. """{"role":"user","content":"b"""u8, 0xFF, 0xFE, .. "\"}"u8];
        byte[] half = [.. """{"role":"user","content":"\ud800"}"""u8];
        foreach (byte[] message in new[] { bad, half })
        {
            string lines = _folder.Write("a.jsonl", [.. """{"role":"user","content":"one"}"""u8, .. "\n"u8, .. message, .. "\n"u8, .. """{"role":"user","content":"three"}"""u8]);
            Assert.Equal(ImportFormat.JsonLines, await MemLoader.DetectAsync(lines));
            List<ImportProblem> problems = [];
            Assert.Equal(["one", "three"], (await ReadFile(lines, ImportFormat.JsonLines, new ImportOptions { BadLine = problems.Add })).Select(said => said.Text));
            Assert.Equal(2, Assert.Single(problems).Line);
            string list = _folder.Write("a.json", [.. """[{"role":"user","content":"one"},"""u8, .. far, .. message, .. "]"u8]);
            Assert.Equal(ImportFormat.ChatJson, await MemLoader.DetectAsync(list));
            Assert.Contains("a.json", (await Assert.ThrowsAsync<MemOSException>(() => ReadFile(list, ImportFormat.ChatJson))).Message, StringComparison.Ordinal);
        }

        byte[][] documents = [[.. "# Title\n"u8, .. far, 0xFF], [0xEF, 0xBB, 0xBF, .. "# Title\n"u8, .. far, 0xFF], [0xFF, 0xFE, (byte)'a', 0, 0x00, 0xD8, (byte)'b', 0], [0xFF, 0xFE, (byte)'a']];
        foreach (byte[] document in documents)
        {
            string file = _folder.Write("a.md", document);
            MemOSException refused = await Assert.ThrowsAsync<MemOSException>(() => new MemLoader(_clock).ReadDocumentAsync(file));
            Assert.Contains("UTF-8", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xC3, 0xA9, (byte)'t' })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0xC3, 0xA9, (byte)'t' })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0xE9, 0, (byte)'t', 0 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 0xE9, 0, (byte)'t' })]
    public async Task A_document_is_read_in_the_encoding_that_its_mark_says_and_the_mark_is_no_text(byte[] content) =>
        Assert.Equal("ét", (await new MemLoader(_clock).ReadDocumentAsync(_folder.Write("a.txt", content))).Text);

    [Theory]
    [InlineData("""[{"role":"user","content":"x"},{"role":"user","content":7}]""", "[1]")]
    [InlineData("""{"messages":[{"role":"wizard","content":"x"}]}""", "messages[0]")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"hologram"}]}]}""", "hologram")]
    [InlineData("""[{"role":"user","content":"x"}, oops]""", "line 1")]
    public async Task What_cannot_be_read_is_an_error_that_names_the_place(string content, string place)
    {
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(() => Read("chat.json", content, ImportFormat.ChatJson));
        Assert.Equal(ErrorCodes.InvalidInput, error.Code);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains("chat.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_inlined_in_a_message_are_not_kept_as_text()
    {
        List<Message> messages = await Read(
            "a.jsonl", """{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}""", ImportFormat.JsonLines);
        Assert.Equal([new MessageAttachment("image", "", null)], messages[0].Attachments.ToArray());
    }

    [Fact]
    public async Task A_document_is_named_for_its_file_and_dated_by_it()
    {
        string path = _folder.Write("notes.md", "# Notes\n\nText.");
        File.SetLastWriteTimeUtc(path, new DateTime(2025, 5, 6, 7, 8, 9, DateTimeKind.Utc));
        DocumentInput document = await new MemLoader(_clock, new ImportOptions { Tags = ["t"] }).ReadDocumentAsync(path);
        Assert.Equal("notes.md", document.Name);
        Assert.Equal("# Notes\n\nText.", document.Text);
        Assert.Equal(new DateTimeOffset(2025, 5, 6, 7, 8, 9, TimeSpan.Zero), document.Time);
        Assert.Equal(["t"], document.Tags.ToArray());
    }

    private Task<List<Message>> Read(string name, string content, ImportFormat format, ImportOptions? options = null) => ReadFile(_folder.Write(name, content), format, options);

    private async Task<List<Message>> ReadFile(string path, ImportFormat format, ImportOptions? options = null)
    {
        List<Message> messages = [];
        await foreach (Message message in new MemLoader(_clock, options).ReadMessagesAsync(path, format))
        {
            messages.Add(message);
        }

        return messages;
    }
}
