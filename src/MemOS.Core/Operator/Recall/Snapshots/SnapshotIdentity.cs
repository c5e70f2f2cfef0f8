namespace MemOS.Operator.Recall.Snapshots;

/// <summary>What a snapshot was made of and with: it is used only where all of this is still so.</summary>
/// <param name="Space">The embedding space of its vectors.</param>
/// <param name="Analysis">The version of the analysis of texts.</param>
/// <param name="SessionGap">The pause that ends a session, in ticks.</param>
/// <param name="LastSequence">The last version that is in it.</param>
/// <param name="History">The vault's stamp of its history up to that version.</param>
internal readonly record struct SnapshotIdentity(string Space, int Analysis, long SessionGap, long LastSequence, ulong History)
{
    /// <summary>Writes it into a directory.</summary>
    public void Write(BinaryWriter directory)
    {
        directory.Write(Space);
        directory.Write(Analysis);
        directory.Write(SessionGap);
        directory.Write(LastSequence);
        directory.Write(History);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SnapshotIdentity Read(BinaryReader directory) =>
        new(directory.ReadString(), directory.ReadInt32(), directory.ReadInt64(), directory.ReadInt64(), directory.ReadUInt64());
}
