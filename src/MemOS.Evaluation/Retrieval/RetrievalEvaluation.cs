using System.Collections.Immutable;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Reports;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Evaluation.Retrieval;

/// <summary>
/// Measures retrieval: one vault for each conversation, all of it stored before the first question, no model and no judge.
/// </summary>
/// <remarks>
/// Vaults are named <c>DATASET-CONVERSATION</c> and must not exist yet. Variants of the ranking are asked over the same vaults, which are opened anew for
/// each, so that their reports can be compared question by question.
/// </remarks>
/// <param name="engine">Where the vaults are kept.</param>
/// <param name="vaultOptions">What they work with; the ranking is that of the variants.</param>
/// <param name="options">How the run is done; null for the defaults.</param>
public sealed class RetrievalEvaluation(IVaultEngine engine, MemoryVaultOptions vaultOptions, RetrievalOptions? options = null)
{
    private const int MaximumHits = 1000;
    private const int SmallTalkSeed = 20260131;
    private readonly RetrievalOptions _options = options ?? new RetrievalOptions();

    /// <summary>Runs over a data set.</summary>
    /// <param name="dataset">What reads it.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="variants">The rankings; a report each, in this order.</param>
    /// <param name="progress">Told after each question; null for nobody.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="MemOSException">
    /// <see cref="ErrorCodes.InvalidInput"/> when the data set is not there or no conversation of it was selected, <see cref="ErrorCodes.VaultExists"/>, and
    /// what vaults report.
    /// </exception>
    public async Task<ImmutableArray<EvaluationReport>> RunAsync(
        IDatasetReader dataset, string path, IReadOnlyList<RankingVariant> variants, IProgress<RetrievalProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(variants);
        IngestMeter ingest = new(vaultOptions.Clock);
        ReportBuilder[] reports = [.. variants.Select(variant => new ReportBuilder(
            variant, dataset.Name, _options.Selection.ToString(), RetrievalScorer.MetricNames(_options.TokenBudget), _options.Among, vaultOptions.Clock))];
        await foreach (LabelledConversation conversation in dataset.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            if (_options.Selection.Takes(dataset, conversation.Name))
            {
                VaultId vault = new($"{dataset.Name}-{conversation.Name}");
                await IngestAsync(vault, conversation, ingest, cancellationToken).ConfigureAwait(false);
                for (int i = 0; i < variants.Count; i++)
                {
                    await AskAsync(vault, conversation, variants[i].Options, reports[i], progress, cancellationToken).ConfigureAwait(false);
                }

                if (!_options.KeepVaults)
                {
                    engine.Delete(vault);
                }
            }
        }

        return ingest.Conversations > 0
            ? [.. reports.Select(report => report.Build(ingest))]
            : throw new MemOSException(ErrorCodes.InvalidInput, $"No conversation of {dataset.Name} at '{path}' is among those asked for ({_options.Selection}).");
    }

    private async Task IngestAsync(VaultId id, LabelledConversation conversation, IngestMeter meter, CancellationToken cancellationToken)
    {
        if (engine.Exists(id))
        {
            throw new MemOSException(ErrorCodes.VaultExists, $"The vault '{id}' exists already. Run with an empty data folder.");
        }

        if (conversation.Messages.IsEmpty)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"The conversation '{conversation.Name}' holds no message.");
        }

        IVaultStore store = await engine.OpenAsync(id, create: true, cancellationToken).ConfigureAwait(false);
        await using MemoryVault vault = await MemoryVault.OpenAsync(store, vaultOptions, cancellationToken).ConfigureAwait(false);
        await AddSmallTalkAsync(vault, conversation, cancellationToken).ConfigureAwait(false);
        foreach (Message[] batch in conversation.Messages.Chunk(_options.BatchSize))
        {
            await meter.TimeIngestAsync(batch.Length, () => vault.AddAsync(batch, cancellationToken: cancellationToken)).ConfigureAwait(false);
        }

        await meter.TimeSettleAsync(() => vault.SettleAsync(cancellationToken)).ConfigureAwait(false);
        meter.Add(conversation, vault.Statistics());
    }

    /// <summary>Stores what nothing is asked about: most of it before the conversation began, some at the same time.</summary>
    private async Task AddSmallTalkAsync(MemoryVault vault, LabelledConversation conversation, CancellationToken cancellationToken)
    {
        DateTimeOffset end = conversation.Messages.Max(message => message.Time);
        SmallTalk talk = new(SmallTalkSeed, conversation.Messages.Select(message => message.Speaker));
        foreach (Message[] batch in talk.Talk(_options.Among, end.AddYears(-1), end).Chunk(_options.BatchSize))
        {
            await vault.AddAsync(batch, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AskAsync(
        VaultId id, LabelledConversation conversation, RecallOptions ranking, ReportBuilder report, IProgress<RetrievalProgress>? progress, CancellationToken cancellationToken)
    {
        // Opened anew, so that what is measured is what a process finds that starts on the vault's files.
        await using MemoryVault vault = await report.TimeOpenAsync(async () => await MemoryVault.OpenAsync(
            await engine.OpenAsync(id, create: false, cancellationToken).ConfigureAwait(false), vaultOptions with { Recall = ranking }, cancellationToken)
            .ConfigureAwait(false)).ConfigureAwait(false);
        RetrievalScorer scorer = new(conversation.Messages, conversation.SessionsOfMessages(), _options.TokenBudget);
        DateTimeOffset end = conversation.Messages.Max(message => message.Time);
        foreach (LabelledQuestion question in conversation.Questions)
        {
            if (!RetrievalScorer.CanScore(question))
            {
                report.Skip();
                continue;
            }

            RecallQuery query = new() { Text = question.Text, Limit = _options.Limit, ReferenceTime = question.AskedAt ?? end };
            RecallResult ranked = await report.TimeRecallAsync(() => vault.RecallAsync(query, cancellationToken)).ConfigureAwait(false);
            RecallQuery budgeted = query with { Limit = MaximumHits, TokenBudget = _options.TokenBudget };
            RecallResult afforded = await vault.RecallAsync(budgeted, cancellationToken).ConfigureAwait(false);
            RecallResult excerpts = await vault.RecallAsync(budgeted with { ExcerptTokens = _options.ExcerptTokens }, cancellationToken).ConfigureAwait(false);
            report.Add(conversation.Name, question, scorer.Score(question, ranked, afforded, excerpts), ranked.Hits);
            progress?.Report(new RetrievalProgress(conversation.Name, report.Questions));
        }
    }
}
