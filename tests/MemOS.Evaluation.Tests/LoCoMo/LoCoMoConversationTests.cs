using MemOS.Testing;
using MemOS.Evaluation.LoCoMo;
using Xunit;

namespace MemOS.Evaluation.Tests.LoCoMo;

public sealed class LoCoMoConversationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memos-locomo-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Questions_with_evidence_that_exists_are_kept()
    {
        LoCoMoConversation conversation = await LoCoMoConversation.ReadAsync(MadeUpConversation.Write(_folder.FullName, "7"));
        Assert.Equal("7", conversation.Name);
        Assert.Equal(6, conversation.Messages.Length);
        Assert.Equal([0, 1, 2, 6], conversation.Questions.Select(question => question.Index));
        Assert.Equal([4, 1, 2, 3], conversation.Questions.Select(question => question.Category));
        Assert.Equal(["D1:2", "D2:1"], conversation.Questions[1].Gold.Order()); // two ids in one string
        Assert.Equal(["D2:3"], conversation.Questions[2].Gold);                  // one of them does not exist
    }

    [LoCoMoFact]
    public async Task The_reference_data_gives_the_known_number_of_questions()
    {
        string folder = SharedData.LoCoMo!; // not null, or the test is skipped
        int questions = 0;
        foreach (string file in Directory.GetFiles(folder, "*.json"))
        {
            questions += (await LoCoMoConversation.ReadAsync(file)).Questions.Length;
        }

        Assert.Equal(760, questions);
    }
}
