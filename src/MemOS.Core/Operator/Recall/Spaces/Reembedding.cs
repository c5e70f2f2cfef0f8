using MemOS.Governance;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Operator.Recall.Spaces;

/// <summary>
/// Gives every version of a vault a vector in the space of the configured embedder, batch by batch, as a job beside everything else; then the vault is searched
/// in that space, and the vectors of the others are removed.
/// </summary>
/// <remarks>
/// What is left to do is seen from the vault alone, so the job goes on after a crash where the last commit left it. Versions that are written meanwhile bring their
/// vector in the new space with them. For the one thread that does the vault's jobs.
/// </remarks>
internal sealed class Reembedding(IVaultStore store, RecallEngine recall)
{
    private const int AtOnce = 384;
    private const int RemovedAtOnce = 4096;

    private readonly string _space = recall.Analyzer.Space;
    private long _last;

    /// <summary>Leaves the job in the vault, and notes the space that it is searched in until the job is done.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => store.WriteAsync(
        (reader, change) =>
        {
            change.Space = recall.Space;
            if (!JobSubjects.All(reader).Any(job => !job.IsDead && job.Kind == JobKinds.Reembed && job.Argument == _space))
            {
                change.NewJobs.Add(new VaultJob(0, JobKinds.Reembed, _space, 0, reader.Now, null, false));
            }

            return 0;
        },
        cancellationToken);

    /// <summary>Makes the next vectors.</summary>
    /// <returns>Null when every text was looked at, or the job is for an embedder that is no longer configured.</returns>
    public async Task<IReadOnlyList<VectorWrite>?> MakeNextAsync(VaultJob job, CancellationToken cancellationToken)
    {
        if (job.Argument != _space || !recall.IsChanging)
        {
            return null;
        }

        (long Sequence, string Text)[] missing = store.Read(reader =>
            reader.ReadWithoutVector(_space, _last).Take(AtOnce).Select(cube => (cube.Sequence, cube.Text ?? "")).ToArray());
        if (missing.Length == 0)
        {
            return null;
        }

        string[] texts = [.. missing.Select(version => version.Text).Distinct(StringComparer.Ordinal)];
        IReadOnlyList<CubeVector?> vectors = await recall.Analyzer.EmbedAsync(texts, cancellationToken).ConfigureAwait(false);
        Dictionary<string, CubeVector?> byText = texts.Zip(vectors).ToDictionary(StringComparer.Ordinal);
        _last = missing[^1].Sequence;
        return [.. missing.Where(version => byText[version.Text] is not null).Select(version => new VectorWrite(version.Sequence, byText[version.Text]!))];
    }

    /// <summary>Keeps the vectors that were made.</summary>
    public Task KeepAsync(VaultJob job, IReadOnlyList<VectorWrite> vectors) => store.WriteAsync(
        (_, change) =>
        {
            change.Vectors.AddRange(vectors);
            if (job.Attempts > 0)
            {
                change.FailedJobs.Add(job with { Attempts = 0, Failure = null }); // the embedder answers again
            }

            return 0;
        });

    /// <summary>Once every text has its vector: searches in the new space from now on, removes the vectors of the others, and completes the job.</summary>
    public async Task FinishAsync(VaultJob job, CancellationToken cancellationToken)
    {
        if (job.Argument == _space && recall.IsChanging)
        {
            await store.WriteAsync((_, change) => Switch(change), cancellationToken).ConfigureAwait(false);
            await recall.ChangeSpaceAsync(_space, cancellationToken).ConfigureAwait(false);
            while (await store.WriteAsync(RemoveSome, cancellationToken).ConfigureAwait(false))
            {
            }

            recall.EndChange();
        }

        await store.WriteAsync((_, change) => Complete(change, job), cancellationToken).ConfigureAwait(false);
    }

    private int Switch(VaultChange change)
    {
        change.Space = _space;
        change.Audit.Add(new AuditEntry(0, default, Caller.Owner.Name, AuditOperations.Reembed, default, 0, _space));
        return 0;
    }

    private bool RemoveSome(IVaultReader reader, VaultChange change)
    {
        string? other = reader.ReadSpaces().FirstOrDefault(space => space != _space);
        change.Removed = other is null ? null : new VectorRemoval(other, RemovedAtOnce);
        return other is not null;
    }

    private static int Complete(VaultChange change, VaultJob job)
    {
        change.FinishedJobs.Add(job.Number);
        return 0;
    }
}
