using System.Collections.Immutable;
using System.Globalization;
using MemOS.Evaluation.Datasets;
using MemOS.Vaults;

namespace MemOS.Evaluation.Answers;

/// <summary>
/// Answers the questions of a data set with a model and judges the answers, for several systems in one run: the same questions, prompts, models and form of
/// context for all, and the same number of tokens for recall and plain retrieval.
/// </summary>
/// <param name="engine">Where the vault <c>answers</c> is kept; it is deleted between conversations.</param>
/// <param name="vaultOptions">What it works with.</param>
/// <param name="answering">The model that answers.</param>
/// <param name="judging">The model that judges.</param>
/// <param name="options">How the run is done.</param>
public sealed class AnswerEvaluation(IVaultEngine engine, MemoryVaultOptions vaultOptions, ChatEndpoint answering, ChatEndpoint judging, AnswerOptions options)
{
    private readonly Judge _judge = new(judging);

    /// <summary>Runs, or goes on with a run.</summary>
    /// <param name="dataset">What reads the data set.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="runFile">Where answers are kept as they come; what is in it is not asked again.</param>
    /// <param name="progress">Told after each answer; null for nobody.</param>
    /// <param name="cancellationToken">Stops; what was answered is kept.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>, <see cref="ErrorCodes.ModelFailed"/>, and what vaults report.</exception>
    public async Task<AnswerReport> RunAsync(IDatasetReader dataset, string path, string runFile, IProgress<AnswerRecord>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        RunHeader header = new(dataset.Name, options.Model, options.JudgeModel, options.Budget, PromptFiles.Hash);
        AnswerRunFile file = await AnswerRunFile.OpenAsync(runFile, header, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            ImmutableArray<AnswerRecord>.Builder records = ImmutableArray.CreateBuilder<AnswerRecord>();
            int left = options.Limit ?? int.MaxValue;
            await foreach (LabelledConversation conversation in dataset.ReadAsync(path, cancellationToken).ConfigureAwait(false))
            {
                LabelledQuestion[] questions = options.Selection.Takes(dataset, conversation.Name) ? [.. conversation.Questions.Where(Judge.CanJudge).Take(left)] : [];
                left -= questions.Length;
                foreach (string system in questions.Length > 0 ? options.Systems : [])
                {
                    await AskAsync(System(system), conversation, questions, file, records, progress, cancellationToken).ConfigureAwait(false);
                }

                if (left == 0)
                {
                    break;
                }
            }

            return records.Count > 0
                ? AnswerReport.Of(header, options.Selection.ToString(), records.ToImmutable())
                : throw new MemOSException(ErrorCodes.InvalidInput, $"No question of {dataset.Name} at '{path}' is among those asked for ({options.Selection}) and can be judged.");
        }
    }

    private async Task AskAsync(
        IAnswerSystem system, LabelledConversation conversation, LabelledQuestion[] questions, AnswerRunFile file,
        ImmutableArray<AnswerRecord>.Builder records, IProgress<AnswerRecord>? progress, CancellationToken cancellationToken)
    {
        await using (system.ConfigureAwait(false))
        {
            bool begun = false;
            foreach (LabelledQuestion question in questions)
            {
                AnswerRecord? record = file.Find(system.Name, conversation.Name, question.Id);
                if (record is null)
                {
                    if (!begun)
                    {
                        await system.BeginAsync(conversation, cancellationToken).ConfigureAwait(false);
                        begun = true;
                    }

                    record = await AskAsync(system, conversation, question, cancellationToken).ConfigureAwait(false);
                    await file.AddAsync(record, cancellationToken).ConfigureAwait(false);
                }

                records.Add(record);
                progress?.Report(record);
            }
        }
    }

    private async Task<AnswerRecord> AskAsync(IAnswerSystem system, LabelledConversation conversation, LabelledQuestion question, CancellationToken cancellationToken)
    {
        long start = vaultOptions.Clock.GetTimestamp();
        DateTimeOffset askedAt = question.AskedAt ?? conversation.Messages.Max(message => message.Time);
        IReadOnlyList<ContextLine> context = await system.ContextAsync(question, askedAt, cancellationToken).ConfigureAwait(false);
        AnswerRecord record = new(
            system.Name, conversation.Name, question.Id, question.Category, 0, "", context.Sum(line => line.Tokens), default, default, 0, null);
        try
        {
            (string answer, TokenUsage answered) = await answering.AskAsync(Prompt(question, context, askedAt), cancellationToken).ConfigureAwait(false);
            record = record with { Answer = answer, Answering = answered, Milliseconds = Math.Round(vaultOptions.Clock.GetElapsedTime(start).TotalMilliseconds, 1) };
            (double score, TokenUsage judged) = await _judge.ScoreAsync(question, answer, cancellationToken).ConfigureAwait(false);
            return record with { Score = score, Judging = judged };
        }
        catch (PromptRefusedException refused)
        {
            return record with { Refusal = refused.Status };
        }
    }

    private static string Prompt(LabelledQuestion question, IReadOnlyList<ContextLine> context, DateTimeOffset askedAt)
    {
        (string, string) lines = ("context", string.Join('\n', context.OrderBy(line => line.Time).Select(line => line.Text)));
        (string, string) asked = ("asked_at", askedAt.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture));
        (string, string) text = ("question", question.Text);
        return !question.Choices.IsEmpty ? PromptFiles.Fill("choose", lines, asked, text, ("choices", string.Join('\n', question.Choices)))
            : !question.Rubric.IsEmpty ? PromptFiles.Fill("respond", lines, asked, text)
            : PromptFiles.Fill("answer", lines, asked, text);
    }

    private IAnswerSystem System(string name) => name switch
    {
        "memos" => new MemOSSystem(engine, vaultOptions, options.Budget),
        "rag" => new PlainRagSystem(options.Budget),
        "full" => new FullContextSystem(),
        _ => throw new MemOSException(ErrorCodes.InvalidInput, $"There is no system '{name}'. There are: {string.Join(", ", AnswerOptions.AllSystems)}."),
    };
}
