using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text.Json;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.Talks;
using MemOS.TalkBuilder;
using MemOS.TalkBuilder.Scripting;

namespace MemOS.Evaluation.Tests.Datasets.Talks;

/// <summary>Holds what the project talks promise.</summary>
public sealed class ProjectTalksTests
{
    private static readonly ImmutableArray<TalkFile> Talks = ProjectTalks.Build();

    [Fact]
    public void There_are_at_least_twelve_talks_and_three_hundred_questions_half_of_them_held_out()
    {
        TalkReader reader = new();
        Assert.True(Talks.Length >= 12);
        Assert.True(Talks.Sum(talk => talk.Questions.Count(question => question.Evidence.Length > 0)) >= 300);
        Assert.Equal(Talks.Length, 2 * Talks.Count(talk => reader.SplitOf(talk.Name) is DatasetSplit.HeldOut));
    }

    [Fact]
    public void Talks_are_long_and_so_are_their_messages() => Assert.All(Talks, talk =>
    {
        Assert.InRange(talk.Messages.Length, 100, 400);
        Assert.All(talk.Messages, message => Assert.InRange(message.Text.Length, 200, 2_000));
        Assert.Equal(talk.Messages.Length, talk.Messages.Select(message => message.Text).Distinct().Count());
        Assert.Equal(talk.Messages.Select(message => message.Time).Order(), talk.Messages.Select(message => message.Time));
        Assert.True(talk.Messages[^1].Time - talk.Messages[0].Time > TimeSpan.FromDays(45));
        Assert.True(talk.Messages.Select(message => message.Session).Distinct().Count() >= 12);
    });

    [Fact]
    public void Every_talk_asks_in_every_category() => Assert.All(Talks, talk => Assert.Equal(
        ["abstention", "multi-evidence", "order", "single-fact", "standing-instruction", "updated-value"],
        talk.Questions.Select(question => question.Category).Distinct().Order(StringComparer.Ordinal)));

    [Fact]
    public void The_newest_statement_is_the_evidence_for_a_value_that_changed()
    {
        TalkScript script = ScriptReader.ReadAll().Single(script => script.Name == "web-shop");
        ScriptItem value = script.Items.First(item => item.Kind is ItemKind.Value);
        TalkFile talk = Talks.Single(talk => talk.Name == "web-shop");
        TalkQuestion question = talk.Questions.Single(question => question.Text == value.Asks[0].Text);
        TalkMessage evidence = talk.Messages.Single(message => message.Id == question.Evidence.Single());
        Assert.Contains(value.Steps[^1], evidence.Text, StringComparison.Ordinal);
        Assert.All(value.Steps[..^1], older => Assert.True(talk.Messages.Single(message => message.Text.Contains(older, StringComparison.Ordinal)).Time < evidence.Time));
    }

    [Fact]
    public void A_standing_instruction_and_the_requests_under_it_share_hardly_a_word()
    {
        int shared = 0, words = 0;
        foreach (ScriptItem rule in ScriptReader.ReadAll().SelectMany(script => script.Items).Where(item => item.Kind is ItemKind.Rule))
        {
            HashSet<string> said = [.. Words(rule.Steps[0])];
            string[] asked = [.. rule.Asks.SelectMany(ask => Words(ask.Text))];
            shared += asked.Count(said.Contains);
            words += asked.Length;
        }

        Assert.True(shared < words * 0.05, $"{shared} of {words}");
    }

    [Fact]
    public void No_padding_of_the_held_out_talks_occurs_in_the_others()
    {
        Wording development = Wording.Of("dev");
        Wording heldOut = Wording.Of("held-out");
        string[] sections = ["opener", "bridge", "request", "exhibit", "acknowledge", "advice", "deliver", "close", "week", "list", "table", "log", "trace", "schedule", "mail"];
        Assert.All(sections, section => Assert.DoesNotContain(development[section].Intersect(heldOut[section]), line => line != "!! "));
    }

    [Fact]
    public void The_talks_are_the_same_on_every_machine()
    {
        XxHash3 hash = new();
        foreach (TalkFile talk in Talks)
        {
            hash.Append(JsonSerializer.SerializeToUtf8Bytes(talk, TalkJsonContext.Default.TalkFile));
        }

        Assert.Equal("29df2b30533f885d", Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    private static IEnumerable<string> Words(string text) =>
        text.ToLowerInvariant().Split(' ', '.', ',', ';', ':', '?', '\'', '-', '[', ']', '|').Where(word => word.Length > 4);
}
