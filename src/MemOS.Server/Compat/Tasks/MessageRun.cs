using MemOS.Vaults;

namespace MemOS.Server.Compat.Tasks;

/// <summary>Messages of one vault whose numbers follow each other.</summary>
/// <param name="Vault">The vault.</param>
/// <param name="First">The number of the first.</param>
/// <param name="Count">How many.</param>
internal readonly record struct MessageRun(VaultId Vault, long First, int Count)
{
    /// <summary>The most in one run.</summary>
    public const int Most = (1 << 14) - 1;

    /// <summary>The number of the last.</summary>
    public long Last => First + Count - 1;

    /// <summary>The runs that messages of a vault make.</summary>
    public static IEnumerable<MessageRun> Of(VaultId vault, IEnumerable<AddedMessage> messages)
    {
        MessageRun run = default;
        foreach (long number in messages.Select(message => message.Number).Distinct().Order())
        {
            if (run.Count is > 0 and < Most && number == run.Last + 1)
            {
                run = run with { Count = run.Count + 1 };
                continue;
            }

            if (run.Count > 0)
            {
                yield return run;
            }

            run = new MessageRun(vault, number, 1);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
