using MemOS.Testing;
using MemOS.Operator.Recall;
using MemOS.Vaults;
using Xunit;
using Xunit.Abstractions;

namespace MemOS.Core.Tests.Operator.Recall;

/// <summary>The quality of recall with the built-in embedder: no model, one turn per item.</summary>
public sealed class LocomoRecallTests(ITestOutputHelper output)
{
    private const double RequiredAt10 = 0.77;

    [LoCoMoFact]
    public async Task The_evidence_of_a_question_is_among_the_first_ten()
    {
        var all = new List<(int Category, double At1, double At5, double At10)>();
        foreach (Locomo conversation in Locomo.Load())
        {
            (RecallIndex index, DocumentAnalyzer analyzer) = await conversation.BuildAsync();
            int before = all.Count;
            foreach (Locomo.Question question in conversation.Questions)
            {
                CubeVector? vector = await analyzer.EmbedAsync(question.Text);
                var hits = index.Search(new RecallQuery { Text = question.Text }, vector, conversation.Turns[^1].Descriptive.CreatedAt).Hits;
                all.Add((question.Category, Locomo.Recall(question, hits, 1), Locomo.Recall(question, hits, 5), Locomo.Recall(question, hits, 10)));
            }

            output.WriteLine($"{conversation.Name}: R@10 {all.Skip(before).Average(q => q.At10):F3}");
        }

        foreach (var category in all.GroupBy(q => q.Category).OrderBy(g => g.Key))
        {
            output.WriteLine($"category {category.Key}: {category.Count()} questions, R@10 {category.Average(q => q.At10):F3}");
        }

        output.WriteLine($"all: {all.Count} questions, R@1 {all.Average(q => q.At1):F3}, R@5 {all.Average(q => q.At5):F3}, R@10 {all.Average(q => q.At10):F3}");
        Assert.True(all.Average(q => q.At10) >= RequiredAt10);
    }
}
