using MemOS.Cubes;
using MemOS.Operator.Recall.Indexing;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Transformations;

/// <summary>
/// What a model is told of a cube: its text, who said it, since and until when, whether at all, and who may be told it for how long. Versions that agree in that share their states; a repetition
/// that added a source, or a tag, changes nothing of it.
/// </summary>
internal static class SourceReading
{
    /// <summary>Whether a cube still reads as it did in a version. One that was forgotten reads as nothing.</summary>
    public static bool IsUnchanged(IVaultReader reader, MemCube current, int version) =>
        current.Version == version || (reader.FindVersion(current.Id, version) is { } then && IsSame(then, current));

    /// <summary>Whether two versions of a cube, or a version and what a caller was shown of it, read the same.</summary>
    public static bool IsSame(MemCube then, MemCube now) =>
        then.Version == now.Version ||
        (then.Text == now.Text && InjectionPlan.PromptLine(then) == InjectionPlan.PromptLine(now) && then.Valid == now.Valid && IsOut(then) == IsOut(now) &&
        then.Governance.Lifespan == now.Governance.Lifespan && then.Governance.Sensitivity == now.Governance.Sensitivity &&
        AccessRuleComparer.Instance.Equals(then.Governance, now.Governance));

    /// <summary>Whether a cube was put away: nobody is told of it any more.</summary>
    public static bool IsOut(MemCube cube) => cube.State is CubeState.Archived or CubeState.Expired;

    /// <summary>Since when a cube reads as it does now.</summary>
    public static DateTimeOffset Since(IVaultReader reader, MemCube current) =>
        current.Version == 1 ? current.TxFrom : reader.History(current.Id).Reverse().TakeWhile(version => IsSame(version, current)).Append(current).Min(version => version.TxFrom);
}
