namespace MemOS.Vaults.Sqlite;

/// <summary>A <see cref="Cubes.Derivation"/> as it stands in the header's JSON.</summary>
internal sealed class StoredDerivation
{
    public int Kind { get; set; }

    public Guid Cube { get; set; }

    public int Version { get; set; }

    public string? Note { get; set; }
}
