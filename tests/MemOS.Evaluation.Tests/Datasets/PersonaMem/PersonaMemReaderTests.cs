using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.PersonaMem;

namespace MemOS.Evaluation.Tests.Datasets.PersonaMem;

public sealed class PersonaMemReaderTests : IDisposable
{
    private const string Columns = "persona_id,question_id,question_type,topic,user_question_or_message,correct_answer,all_options,shared_context_id,end_index_in_shared_context\n";
    private const string Contexts = """
        {"c1": [{"role": "system", "content": "A person who sails."}, {"role": "user", "content": "User: I sold the boat."}, {"role": "assistant", "content": "Assistant: Why?"}, {"role": "system", "content": "A person who sails."}, {"role": "user", "content": "User: I bought a kayak."}]}

        {"c2": [{"role": "user", "content": "Nobody asks about this."}]}
        """;

    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_question_knows_its_context_up_to_its_end_and_no_further()
    {
        _data.Write("shared_contexts_32k.jsonl", Contexts);
        _data.Write("questions_32k.csv", Columns +
            "0,q1,recall,hobby,\"What, again,\nof the boat?\",(b),\"['(a) It\\'s moored.', \"\"(b) It's sold.\"\"]\",c1,3\n" +
            "0,q2,update,hobby,What do I paddle?,(a),\"['(a) A kayak.', '(b) Nothing.']\",c1,5\n");
        List<LabelledConversation> read = await DataFolder.ReadAsync(new PersonaMemReader(), _data.Path);
        Assert.Equal(["c1@3", "c1@5"], read.Select(conversation => conversation.Name));
        Assert.Equal([3, 5], read.Select(conversation => conversation.Messages.Length));
        Assert.DoesNotContain(read[0].Messages, message => message.Text.Contains("kayak", StringComparison.Ordinal));
        Assert.Equal(["session-1", "session-1", "session-1", "session-2", "session-2"], read[1].Messages.Select(message => message.Conversation));
        LabelledQuestion question = Assert.Single(read[0].Questions);
        Assert.Equal(("q1", "What, again,\nof the boat?", "recall", "(b)"), (question.Id, question.Text.ReplaceLineEndings("\n"), question.Category, question.Answer));
        Assert.Equal("(a) It's moored.|(b) It's sold.", string.Join('|', question.Choices));
        Assert.Empty(question.Evidence);
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        string questions = _data.Write("questions_32k.csv", "question_id\nq1\n");
        Assert.Contains("shared_context_id", await DataFolder.RefusalAsync(new PersonaMemReader(), questions), StringComparison.Ordinal);
        _data.Write("questions_32k.csv", Columns);
        Assert.Contains("shared_contexts_32k.jsonl", await DataFolder.RefusalAsync(new PersonaMemReader(), questions), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("['a', \"b's\"]", new[] { "a", "b's" })]
    [InlineData("['it\\'s', 'two\\nlines', '\\u00e9\\x41']", new[] { "it's", "two\nlines", "éA" })]
    [InlineData("[]", new string[0])]
    [InlineData("['open", null)]
    [InlineData("[1, 2]", null)]
    [InlineData("none", null)]
    public void Lists_are_read_as_Python_prints_them(string text, string[]? expected) => Assert.Equal(expected, PythonList.Parse(text));
}
