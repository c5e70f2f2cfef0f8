using System.Collections.Immutable;
using MemOS.Evaluation.Reports;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Evaluation.LoCoMo;

/// <summary>
/// Measures retrieval on LoCoMo (arXiv 2402.17753): one vault per conversation, all sessions stored before the first question, no model and no judge.
/// </summary>
/// <remarks>Vaults are named <c>locomo-NAME</c> and must not exist yet. They are left in place, so that a question can be looked into afterwards.</remarks>
/// <param name="engine">Where the vaults are kept.</param>
/// <param name="vaultOptions">What they work with.</param>
/// <param name="options">How the run is done; null for the defaults.</param>
public sealed class LoCoMoEvaluation(IVaultEngine engine, MemoryVaultOptions vaultOptions, LoCoMoOptions? options = null)
{
    private const int MaximumHits = 1000;
    private readonly LoCoMoOptions _options = options ?? new LoCoMoOptions();

    /// <summary>Runs over every conversation (<c>*.json</c>) in a folder, by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="progress">Told after each question; null for nobody.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="MemOSException">
    /// <see cref="ErrorCodes.InvalidInput"/> when the folder holds no conversation, <see cref="ErrorCodes.VaultExists"/>, and what vaults report.
    /// </exception>
    public async Task<EvaluationReport> RunAsync(string folder, IProgress<LoCoMoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        if (files.Length == 0)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"The folder '{folder}' holds no LoCoMo conversation (*.json).");
        }

        Array.Sort(files, StringComparer.Ordinal);
        List<LoCoMoConversation> conversations = [];
        foreach (string file in files)
        {
            conversations.Add(await LoCoMoConversation.ReadAsync(file, cancellationToken).ConfigureAwait(false));
        }

        int total = conversations.Sum(conversation => conversation.Questions.Length);
        ReportBuilder report = new(_options.Name, LoCoMoScorer.MetricNames(_options.TokenBudget), vaultOptions.Clock);
        foreach (LoCoMoConversation conversation in conversations)
        {
            VaultId vault = new($"locomo-{conversation.Name}");
            if (engine.Exists(vault))
            {
                throw new MemOSException(ErrorCodes.VaultExists, $"The vault '{vault}' exists already. Run with an empty data folder.");
            }

            await IngestAsync(vault, conversation, report, cancellationToken).ConfigureAwait(false);
            await AskAsync(vault, conversation, report, asked => progress?.Report(new LoCoMoProgress(conversation.Name, asked, total)), cancellationToken).ConfigureAwait(false);
        }

        return report.Build();
    }

    private async Task IngestAsync(VaultId id, LoCoMoConversation conversation, ReportBuilder report, CancellationToken cancellationToken)
    {
        IVaultStore store = await engine.OpenAsync(id, create: true, cancellationToken).ConfigureAwait(false);
        await using MemoryVault vault = await MemoryVault.OpenAsync(store, vaultOptions, cancellationToken).ConfigureAwait(false);
        foreach (Message[] batch in conversation.Messages.Chunk(_options.BatchSize))
        {
            await report.TimeIngestAsync(batch.Length, () => vault.AddAsync(batch, cancellationToken: cancellationToken)).ConfigureAwait(false);
        }

        await report.TimeSettleAsync(() => vault.SettleAsync(cancellationToken)).ConfigureAwait(false);
    }

    private async Task AskAsync(VaultId id, LoCoMoConversation conversation, ReportBuilder report, Action<int> asked, CancellationToken cancellationToken)
    {
        // Opened anew, so that what is measured is what a process finds that starts on the vault's files.
        await using MemoryVault vault = await report.TimeOpenAsync(async () => await MemoryVault.OpenAsync(
            await engine.OpenAsync(id, create: false, cancellationToken).ConfigureAwait(false), vaultOptions, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        report.Add(vault.Statistics());
        DateTimeOffset end = conversation.Messages.Max(message => message.Time);
        foreach (LoCoMoQuestion question in conversation.Questions)
        {
            // The questions are asked after the last session, so that is what "last week" in one of them counts from.
            RecallQuery query = new() { Text = question.Text, Limit = _options.Limit, ReferenceTime = end };
            RecallResult ranked = await report.TimeRecallAsync(() => vault.RecallAsync(query, cancellationToken)).ConfigureAwait(false);
            RecallResult afforded = await vault.RecallAsync(query with { Limit = MaximumHits, TokenBudget = _options.TokenBudget }, cancellationToken).ConfigureAwait(false);
            ImmutableArray<double> scores = LoCoMoScorer.Score(question.Gold, ranked, afforded, _options.TokenBudget);
            report.Add(
                new QuestionScore(conversation.Name, question.Index, question.Category, scores, [.. question.Gold.Order(StringComparer.Ordinal)], Top(ranked)),
                ranked.Hits);
            asked(report.Questions);
        }
    }

    private static ImmutableArray<string> Top(RecallResult ranked) => [.. LoCoMoScorer.Sources(ranked.Hits).Take(10).Select(ids => string.Join('+', ids))];
}
