using MemOS.Operator.Corrections;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Scheduler;

/// <summary>Tells which messages jobs are about.</summary>
internal static class JobSubjects
{
    private const int AtOnce = 256;

    /// <summary>All jobs that are not done, in order of number, read piece by piece.</summary>
    public static IEnumerable<VaultJob> All(IVaultReader reader)
    {
        long after = 0;
        while (reader.ReadJobs(after, AtOnce) is { Count: > 0 } some)
        {
            foreach (VaultJob job in some)
            {
                yield return job;
            }

            after = some[^1].Number;
        }
    }

    /// <summary>Whether a job is about a message with a number in a range, both ends included.</summary>
    public static bool Concerns(VaultJob job, long first, long last) => job.Kind switch
    {
        JobKinds.Extract => MessageNumbers.Parse(job.Argument).Any(run => run.First <= last && run.Last >= first),
        JobKinds.Feedback => FeedbackOrder.Parse(job.Argument).Message is var message && message >= first && message <= last,
        _ => false,
    };
}
