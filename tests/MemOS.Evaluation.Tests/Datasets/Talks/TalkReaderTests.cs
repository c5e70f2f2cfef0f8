using System.Text.Json;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.Talks;

namespace MemOS.Evaluation.Tests.Datasets.Talks;

public sealed class TalkReaderTests
{
    private static readonly TalkFile Talk = new()
    {
        Name = "tiny",
        Language = "de",
        Messages =
        [
            new TalkMessage { Id = "m1", Session = "s1", Role = "user", Speaker = "Jana", Time = new DateTimeOffset(2025, 1, 6, 9, 0, 0, TimeSpan.Zero), Text = "Der Zug kommt um neun." },
            new TalkMessage { Id = "m2", Session = "s1", Role = "assistant", Time = new DateTimeOffset(2025, 1, 6, 9, 1, 0, TimeSpan.Zero), Text = "Gut." },
        ],
        Questions =
        [
            new TalkQuestion { Id = "q1", Category = "single-fact", Text = "Wann kommt der Zug?", Evidence = ["m1"] },
            new TalkQuestion { Id = "q2", Category = "abstention", Text = "Wie teuer ist er?", Evidence = [] },
        ],
    };

    [Fact]
    public async Task A_written_talk_is_read_back_as_a_labelled_conversation()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("memos-talk-").FullName, "tiny.json");
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(Talk, TalkJsonContext.Default.TalkFile));
        List<LabelledConversation> read = [];
        await foreach (LabelledConversation conversation in new TalkReader().ReadAsync(file))
        {
            read.Add(conversation);
        }

        LabelledConversation tiny = Assert.Single(read);
        Assert.Equal(["Jana", null], tiny.Messages.Select(message => message.Speaker));
        Assert.Equal("s1", tiny.Messages[0].Conversation);
        Assert.Equal(["m1"], tiny.Questions[0].Evidence);
        Assert.True(tiny.Questions[1].IsUnanswerable);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void Evidence_that_the_talk_does_not_have_is_refused()
    {
        TalkFile broken = Talk with { Questions = [Talk.Questions[0] with { Evidence = ["m9"] }] };
        Assert.Equal(ErrorCodes.InvalidInput, Assert.Throws<MemOSException>(() => TalkReader.Conversation(broken)).Code);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused_with_its_name()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "[1]");
        MemOSException error = await Assert.ThrowsAsync<MemOSException>(async () => await new TalkReader().ReadAsync(file).GetAsyncEnumerator().MoveNextAsync());
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        File.Delete(file);
    }
}
