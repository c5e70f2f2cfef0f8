using System.Text.RegularExpressions;
using MemOS.Evaluation.Datasets;

namespace MemOS.Evaluation.Answers;

/// <summary>Scores answers: a choice by its letter, without a model; the rest by a model, against the rubric or the reference.</summary>
internal sealed partial class Judge(ChatEndpoint endpoint)
{
    /// <summary>Whether a question can be judged at all.</summary>
    public static bool CanJudge(LabelledQuestion question) =>
        question.IsUnanswerable || !question.Rubric.IsEmpty || !string.IsNullOrEmpty(question.Answer);

    /// <summary>The score, from 0 to 1, and what it took.</summary>
    public async Task<(double Score, TokenUsage Usage)> ScoreAsync(LabelledQuestion question, string answer, CancellationToken cancellationToken)
    {
        if (!question.Choices.IsEmpty)
        {
            return (Letter(answer) is { } chosen && chosen == Letter(question.Answer ?? "") ? 1 : 0, default);
        }

        if (question.IsUnanswerable && question.Rubric.IsEmpty)
        {
            return await VerdictAsync(PromptFiles.Fill("judge-unanswerable", ("question", question.Text), ("answer", answer)), cancellationToken).ConfigureAwait(false);
        }

        if (question.Rubric.IsEmpty)
        {
            return await VerdictAsync(Prompt("judge", question, question.Answer ?? "", answer), cancellationToken).ConfigureAwait(false);
        }

        double met = 0;
        TokenUsage usage = default;
        foreach (string point in question.Rubric)
        {
            (double score, TokenUsage took) = await VerdictAsync(Prompt("judge-point", question, point, answer), cancellationToken).ConfigureAwait(false);
            met += score;
            usage = usage.Add(took);
        }

        return (met / question.Rubric.Length, usage);
    }

    private static string Prompt(string name, LabelledQuestion question, string reference, string answer) =>
        PromptFiles.Fill(name, ("question", question.Text), ("reference", reference), ("answer", answer));

    private async Task<(double Score, TokenUsage Usage)> VerdictAsync(string prompt, CancellationToken cancellationToken)
    {
        (string verdict, TokenUsage usage) = await endpoint.AskAsync(prompt, cancellationToken).ConfigureAwait(false);

        // The last word counts: a model that thinks aloud ends with its verdict. One that gives none has not found the answer right.
        Match last = Verdict().Matches(verdict).LastOrDefault() ?? Match.Empty;
        return (last.Value.Equals("RIGHT", StringComparison.OrdinalIgnoreCase) ? 1 : 0, usage);
    }

    // "(b)", or a bare letter when that is all. The last one in parentheses, for models that think aloud.
    private static char? Letter(string answer) => InParentheses().Matches(answer).LastOrDefault() is { } match ? char.ToLowerInvariant(match.Groups[1].Value[0])
        : answer.Trim().TrimEnd('.', ')') is { Length: 1 } bare && char.IsAsciiLetter(bare[0]) ? char.ToLowerInvariant(bare[0]) : null;

    [GeneratedRegex(@"\b(RIGHT|WRONG)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Verdict();

    [GeneratedRegex(@"\(([A-Za-z])\)")]
    private static partial Regex InParentheses();
}
