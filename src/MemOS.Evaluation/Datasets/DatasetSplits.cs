using System.IO.Hashing;
using System.Text;

namespace MemOS.Evaluation.Datasets;

/// <summary>The names of the sides, and the split of data sets that name none of their own.</summary>
public static class DatasetSplits
{
    private const long Seed = 20260131;

    /// <summary>About half of the conversations to each side, by a seeded hash of the name.</summary>
    public static DatasetSplit ByName(string conversation) =>
        (XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(conversation), Seed) & 1) == 0 ? DatasetSplit.Development : DatasetSplit.HeldOut;

    /// <summary>The name on the command line and in reports: <c>dev</c> or <c>held-out</c>.</summary>
    public static string NameOf(DatasetSplit split) => split is DatasetSplit.Development ? "dev" : "held-out";
}
