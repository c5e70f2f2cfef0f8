using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.Beam;

namespace MemOS.Evaluation.Tests.Datasets.Beam;

public sealed class BeamReaderTests : IDisposable
{
    private const string Chat = """
        [{"batch_number": 1, "turns": [[
            {"role": "user", "id": 0, "time_anchor": "March-15-2024", "index": "1,1", "question_type": "main_question", "content": "The budget is 300. ->-> 1,1"},
            {"role": "assistant", "id": 1, "content": "Noted."}]]},
         {"batch_number": 2, "turns": [[{"role": "user", "id": 2, "content": "The budget is 400 now."}], [{"role": "user", "id": 3, "content": "Thanks."}]]}]
        """;

    private const string Questions = """
        {"abstention": [{"question": "Who pays?", "ideal_response": "It was not said.", "rubric": ["It was not said"]}],
         "knowledge_update": [{"question": "What is the budget?", "answer": "400", "source_chat_ids": {"original_info": [0], "updated_info": [2]}, "rubric": ["LLM response should state: 400"]}],
         "event_ordering": [{"question": "In which order?", "answer": "a, b", "source_chat_ids": [0, 2, 77], "rubric": ["a", "b"]}]}
        """;

    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_chat_is_read_with_its_batches_as_sessions_and_its_source_ids_as_evidence()
    {
        _data.Write("10/chat.json", Chat);
        _data.Write("10/probing_questions/probing_questions.json", Questions);
        _data.Write("9/chat.json", Chat);
        _data.Write("9/probing_questions/probing_questions.json", "{}");
        List<LabelledConversation> read = await DataFolder.ReadAsync(new BeamReader(), _data.Path);
        Assert.Equal(["9", "10"], read.Select(conversation => conversation.Name));
        Assert.Equal(["The budget is 300.", "Noted.", "The budget is 400 now.", "Thanks."], read[1].Messages.Select(message => message.Text));
        Assert.Equal(["batch-1", "batch-1", "batch-2", "batch-2"], read[1].Messages.Select(message => message.Conversation));
        Assert.Equal([15, 16], read[1].Messages.Where(message => message.Id is "0" or "2").Select(message => message.Time.Day)); // a day later where no time is given
        Assert.Equal(["abstention", "knowledge-update", "event-ordering"], read[1].Questions.Select(question => question.Category));
        Assert.True(read[1].Questions[0].IsUnanswerable);
        Assert.Equal("It was not said.", read[1].Questions[0].Answer);
        Assert.Equal(["0", "2"], read[1].Questions[1].Evidence.Order());
        Assert.Equal(["0", "2"], read[1].Questions[2].Evidence.Order()); // 77 is not in the chat
        Assert.Equal("a|b", string.Join('|', read[1].Questions[2].Rubric));
    }

    [Fact]
    public async Task A_cut_chat_goes_before_the_whole_one_and_plans_hold_batches()
    {
        _data.Write("chat.json", Chat);
        _data.Write("chat_trunecated.json", """[{"plan-1": [{"batch_number": 1, "turns": [[{"role": "user", "id": 0, "content": "Cut."}]]}]}]""");
        _data.Write("probing_questions/probing_questions.json", "{}");
        LabelledConversation chat = Assert.Single(await DataFolder.ReadAsync(new BeamReader(), _data.Path));
        Assert.Equal(("Cut.", "plan-1/batch-1"), (chat.Messages[0].Text, chat.Messages[0].Conversation));
    }

    [Fact]
    public async Task A_folder_without_chats_is_refused() =>
        Assert.Contains("chat.json", await DataFolder.RefusalAsync(new BeamReader(), _data.Path), StringComparison.Ordinal);
}
