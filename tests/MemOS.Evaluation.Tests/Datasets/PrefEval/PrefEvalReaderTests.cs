using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.PrefEval;

namespace MemOS.Evaluation.Tests.Datasets.PrefEval;

public sealed class PrefEvalReaderTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task All_three_forms_are_read_with_other_talk_behind_them()
    {
        _data.Write("explicit_preference/travel.json", """[{"preference": "I never fly.", "question": "How do I get to Rome?", "explanation": "Planes are usual."}]""");
        _data.Write("implicit_preference/choice-based/travel.json", """
            [{"preference": "I never fly.", "question": "How do I get to Rome?", "explanation": "x", "implicit_query": "y", "options": ["train"], "aligned_op": "train",
              "conversation": {"query": "How to Oslo?", "assistant_options": "Plane or train?", "user_selection": "Train, always.", "assistant_acknowledgment": "Train it is."}}]
            """);
        _data.Write("implicit_preference/persona-driven/travel.json", """
            [{"preference": "I never fly.", "question": "How do I get to Rome?", "persona": "a postman",
              "conversation": {"turn1": {"user": "Airports make me ill.", "assistant": "I see."}}}]
            """);
        _data.Write("filtered_inter_turns.json", """
            [{"conversation": [{"role": "user", "content": "A poem!"}, {"role": "assistant", "content": "Roses."}]},
             {"conversation": [{"role": "user", "content": "A song!"}, {"role": "assistant", "content": "La la."}]}]
            """);
        List<LabelledConversation> read = await DataFolder.ReadAsync(new PrefEvalReader(1), _data.Path);
        Assert.Equal(["explicit-travel-0", "choice-based-travel-0", "persona-driven-travel-0"], read.Select(conversation => conversation.Name));
        Assert.Equal(["explicit", "choice-based", "persona-driven"], read.Select(conversation => conversation.Questions[0].Category));
        Assert.Equal(["I never fly.", "A poem!", "Roses."], read[0].Messages.Select(message => message.Text));
        Assert.Equal(["preference#0"], read[0].Questions[0].Evidence);
        Assert.Equal(["user", "assistant", "user", "assistant", "user", "assistant"], read[1].Messages.Select(message => message.Role.Value));
        Assert.Empty(read[1].Questions[0].Evidence); // only the talk in which the preference shows is known
        Assert.All(read, conversation => Assert.Equal(["preference"], conversation.Questions[0].EvidenceSessions));
        Assert.All(read, conversation => Assert.Contains("I never fly.", conversation.Questions[0].Rubric[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_file_can_be_read_and_another_form_is_refused()
    {
        string file = _data.Write("pets.json", """[{"preference": "No dogs.", "question": "Which pet?"}]""");
        Assert.Single(Assert.Single(await DataFolder.ReadAsync(new PrefEvalReader(), file)).Messages);
        Assert.Contains("preference", await DataFolder.RefusalAsync(new PrefEvalReader(), _data.Write("pets.json", """[{"question": "?"}]""")), StringComparison.Ordinal);
    }
}
