namespace MemOS.Vaults.Sqlite;

/// <summary>A <see cref="Cubes.MessageSource"/> as it stands in the header's JSON.</summary>
internal sealed class StoredSource
{
    public string Id { get; set; } = "";

    public long Number { get; set; }

    public int Start { get; set; }

    public int Length { get; set; }

    /// <summary>0: the conversation is the cube's context; 1: it is <see cref="Conversation"/>.</summary>
    public int Differs { get; set; }

    public string? Conversation { get; set; }
}
