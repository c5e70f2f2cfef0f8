using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.LongMemEval;
using MemOS.Reader;

namespace MemOS.Evaluation.Tests.Datasets.LongMemEval;

public sealed class LongMemEvalReaderTests : IDisposable
{
    private const string File = """
        [
          {"question_id": "q1", "question_type": "single-session-user", "question": "Which tea do I buy?", "answer": "sencha", "question_date": "2023/06/01 (Thu) 10:00",
           "haystack_session_ids": ["s_late", "answer_1"], "haystack_dates": ["2023/05/30 (Tue) 08:15", "2023/05/20 (Sat) 02:21"], "answer_session_ids": ["answer_1"],
           "haystack_sessions": [
             [{"role": "user", "content": "Recommend a film."}, {"role": "assistant", "content": ""}],
             [{"role": "user", "content": "I always buy sencha.", "has_answer": true}, {"role": "assistant", "content": "Noted.", "has_answer": false}]]},
          {"question_id": "q2_abs", "question_type": "multi-session", "question": "Which coffee do I buy?", "answer": 3, "question_date": "2023/06/01 (Thu) 10:00",
           "haystack_session_ids": ["s", "s"], "haystack_dates": ["2023/05/30 (Tue) 08:15", "2023/05/31 (Wed) 08:15"], "answer_session_ids": ["s"],
           "haystack_sessions": [[{"role": "user", "content": "Hello.", "has_answer": true}], [{"role": "user", "content": "Hello again."}]]}
        ]
        """;

    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Each_question_has_a_history_of_its_own_in_the_order_of_time()
    {
        List<LabelledConversation> read = await DataFolder.ReadAsync(new LongMemEvalReader(), _data.Write("longmemeval_s.json", File));
        Assert.Equal(["q1", "q2_abs"], read.Select(conversation => conversation.Name));
        Assert.Equal(["I always buy sencha.", "Noted.", "Recommend a film."], read[0].Messages.Select(message => message.Text)); // the empty one says nothing
        Assert.Equal([MessageRole.User, MessageRole.Assistant, MessageRole.User], read[0].Messages.Select(message => message.Role));
        Assert.Equal(new DateTimeOffset(2023, 5, 20, 2, 21, 0, TimeSpan.Zero), read[0].Messages[0].Time);
        LabelledQuestion question = Assert.Single(read[0].Questions);
        Assert.Equal(["answer_1#0"], question.Evidence);
        Assert.Equal(["answer_1"], question.EvidenceSessions);
        Assert.Equal(("single-session-user", "sencha", false), (question.Category, question.Answer, question.IsUnanswerable));
        Assert.Equal(new DateTimeOffset(2023, 6, 1, 10, 0, 0, TimeSpan.Zero), question.AskedAt);
    }

    [Fact]
    public async Task A_question_about_what_was_never_said_has_no_evidence_and_sessions_of_one_name_are_told_apart()
    {
        LabelledConversation last = (await DataFolder.ReadAsync(new LongMemEvalReader(), _data.Write("longmemeval_oracle.json", File)))[1];
        LabelledQuestion question = Assert.Single(last.Questions);
        Assert.True(question.IsUnanswerable);
        Assert.Empty(question.Evidence);
        Assert.Empty(question.EvidenceSessions);
        Assert.Equal("3", question.Answer);
        Assert.Equal(["s", "s~2"], last.Messages.Select(message => message.Conversation));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{\"question\": \"?\"}]")]
    [InlineData("[{\"question_id\": \"q\", \"haystack_session_ids\": [\"a\"], \"haystack_dates\": [\"yesterday\"], \"haystack_sessions\": [[]]}]")]
    [InlineData("[{\"question_id\": \"q\", \"haystack_session_ids\": [], \"haystack_dates\": [], \"haystack_sessions\": [[]]}]")]
    public async Task A_file_of_another_form_is_refused_by_name(string content) =>
        Assert.Contains("bad.json", await DataFolder.RefusalAsync(new LongMemEvalReader(), _data.Write("bad.json", content)), StringComparison.Ordinal);
}
