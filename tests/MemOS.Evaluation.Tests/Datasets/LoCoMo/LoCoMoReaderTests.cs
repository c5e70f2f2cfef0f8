using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.LoCoMo;
using MemOS.Testing;
using Xunit;

namespace MemOS.Evaluation.Tests.Datasets.LoCoMo;

public sealed class LoCoMoReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memos-locomo-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Questions_with_evidence_that_exists_are_kept()
    {
        LabelledConversation conversation = Assert.Single(await ReadAsync(MadeUpConversation.Write(_folder.FullName, "7")));
        Assert.Equal("7", conversation.Name);
        Assert.Equal(6, conversation.Messages.Length);
        Assert.Equal(["0", "1", "2", "6"], conversation.Questions.Select(question => question.Id));
        Assert.Equal(["single-hop", "multi-hop", "temporal", "open-domain"], conversation.Questions.Select(question => question.Category));
        Assert.Equal(["D1:2", "D2:1"], conversation.Questions[1].Evidence.Order()); // two ids in one string
        Assert.Equal(["D2:3"], conversation.Questions[2].Evidence);                  // one of them does not exist
        Assert.Equal("the vase", conversation.Questions[0].Answer);
    }

    [Fact]
    public async Task A_folder_is_read_by_name()
    {
        MadeUpConversation.Write(_folder.FullName, "8");
        MadeUpConversation.Write(_folder.FullName, "7");
        Assert.Equal(["7", "8"], (await ReadAsync(_folder.FullName)).Select(conversation => conversation.Name));
    }

    [Fact]
    public async Task What_is_no_conversation_is_refused()
    {
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => ReadAsync(_folder.FullName))).Code);
        string path = Path.Combine(_folder.FullName, "x.json");
        await File.WriteAllTextAsync(path, """{"messages": []}""");
        Assert.Equal(ErrorCodes.InvalidInput, (await Assert.ThrowsAsync<MemOSException>(() => ReadAsync(path))).Code);
    }

    [LoCoMoFact]
    public async Task The_reference_data_gives_the_known_number_of_questions_and_both_sides_of_the_split_are_alike()
    {
        IDatasetReader reader = new LoCoMoReader();
        List<LabelledConversation> conversations = await ReadAsync(SharedData.LoCoMo!); // not null, or the test is skipped
        Assert.Equal(760, conversations.Sum(conversation => conversation.Questions.Length));
        Assert.Equal(383, conversations.Where(conversation => reader.SplitOf(conversation.Name) is DatasetSplit.Development).Sum(conversation => conversation.Questions.Length));
    }

    private static async Task<List<LabelledConversation>> ReadAsync(string path)
    {
        List<LabelledConversation> conversations = [];
        await foreach (LabelledConversation conversation in new LoCoMoReader().ReadAsync(path))
        {
            conversations.Add(conversation);
        }

        return conversations;
    }
}
