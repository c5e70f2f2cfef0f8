using MemOS.Evaluation.Datasets;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Evaluation.Answers;

/// <summary>Recall of a vault, one for each conversation, within the budget.</summary>
internal sealed class MemOSSystem(IVaultEngine engine, MemoryVaultOptions options, int budget) : IAnswerSystem
{
    private const int BatchSize = 256;
    private const int MostHits = 1000;
    private static readonly VaultId Id = new("answers");
    private MemoryVault? _vault;

    public string Name => "memos";

    public async Task BeginAsync(LabelledConversation conversation, CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        engine.Delete(Id); // of the conversation before, or of a run that was stopped
        _vault = await MemoryVault.OpenAsync(await engine.OpenAsync(Id, create: true, cancellationToken).ConfigureAwait(false), options, cancellationToken).ConfigureAwait(false);
        foreach (Message[] batch in conversation.Messages.Chunk(BatchSize))
        {
            await _vault.AddAsync(batch, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        await _vault.SettleAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ContextLine>> ContextAsync(LabelledQuestion question, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        MemoryVault vault = _vault ?? throw new InvalidOperationException("No conversation was taken in.");
        RecallResult found = await vault.RecallAsync(
            new RecallQuery { Text = question.Text, Limit = MostHits, TokenBudget = budget, ReferenceTime = askedAt }, cancellationToken).ConfigureAwait(false);
        return [.. ContextLine.Within(found.Hits.Select(hit => ContextLine.Of(hit.Cube)), budget)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_vault is not null)
        {
            await _vault.DisposeAsync().ConfigureAwait(false);
            _vault = null;
        }
    }
}
