using MemOS.Reader;
using MemOS.Reader.Statements;
using MemOS.Vaults;

namespace MemOS.Scheduler;

/// <summary>A job with what can be found out for it before its plan has the writer.</summary>
/// <param name="Job">The job.</param>
/// <param name="Messages">The messages that it is about and what they say.</param>
internal sealed record JobWork(VaultJob Job, IReadOnlyList<(Message Message, IReadOnlyList<Statement> Statements)> Messages)
{
    /// <summary>Reads what a job is about.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> for a job that nobody knows how to do.</exception>
    public static JobWork Read(IVaultReader reader, VaultJob job) => job.Kind switch
    {
        JobKinds.Extract => new JobWork(job, Extraction.Read(reader, job.Argument)),
        _ => throw new MemOSException(ErrorCodes.InvalidInput, $"Nobody knows how to do a job of kind '{job.Kind}'."),
    };
}
