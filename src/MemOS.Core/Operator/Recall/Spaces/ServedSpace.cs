using MemOS.Vaults;

namespace MemOS.Operator.Recall.Spaces;

/// <summary>The embedding space that a vault is searched in when it is opened.</summary>
/// <param name="Name">The space.</param>
/// <param name="IsChanging">Whether the vault also holds vectors of a space other than the configured one, so that some texts may have none in that.</param>
internal readonly record struct ServedSpace(string Name, bool IsChanging)
{
    /// <summary>Finds out which space it is.</summary>
    /// <param name="reader">The vault.</param>
    /// <param name="configured">The space of the configured embedder.</param>
    public static ServedSpace Of(IVaultReader reader, string configured)
    {
        IReadOnlyList<string> spaces = reader.ReadSpaces();
        if (spaces.All(space => space == configured))
        {
            return new ServedSpace(configured, IsChanging: false);
        }

        if (reader.Space is { } noted && (noted == configured || spaces.Contains(noted)))
        {
            return new ServedSpace(noted, IsChanging: true);
        }

        return new ServedSpace(spaces.Count == 1 ? spaces[0] : spaces.MaxBy(reader.CountVectors)!, IsChanging: true);
    }
}
