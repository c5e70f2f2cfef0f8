using MemOS.Server.Auth;
using MemOS.Vaults;

namespace MemOS.Server.Compat.Tasks;

/// <summary>Task ids of our own making: a <see cref="PlacedId"/> for each run of messages, joined by dots; mostly a single one.</summary>
internal static class TaskIds
{
    private const int MostRuns = 1024;

    // As many as one add can make: the same messages in twenty vaults.
    private const int MostMessages = 20 * MemOS.Reader.MessageRules.MaximumMessages;

    /// <summary>The id of a task about messages.</summary>
    public static string Of(IEnumerable<MessageRun> runs) => string.Join('.', runs.Select(run => new PlacedId(PlacedId.PlaceOf(run.Vault), run.Count, run.First)));

    /// <summary>The messages that an id stands for, in vaults that the caller's key opens; null when it is no such id, or not for this caller.</summary>
    public static IReadOnlyList<MessageRun>? Find(string id, CallerVaults vaults)
    {
        string[] parts = id.Split('.');
        if (parts.Length > MostRuns)
        {
            return null;
        }

        List<MessageRun> runs = [];
        IReadOnlyList<VaultId>? all = null;
        foreach (string part in parts)
        {
            if (!PlacedId.TryParse(part, out PlacedId placed) || placed.Low == 0 || placed.High == 0)
            {
                return null;
            }

            VaultId vault = (all ??= vaults.List()).FirstOrDefault(candidate => PlacedId.PlaceOf(candidate) == placed.Place);
            if (vault.IsDefault)
            {
                return null;
            }

            runs.Add(new MessageRun(vault, placed.High, placed.Low));
        }

        return runs.Sum(run => run.Count) <= MostMessages ? runs : null;
    }
}
