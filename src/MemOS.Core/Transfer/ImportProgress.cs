namespace MemOS.Transfer;

/// <summary>How far an import has come.</summary>
/// <param name="BytesRead">Bytes of the file read.</param>
/// <param name="BytesTotal">Its size.</param>
/// <param name="Messages">Messages written to the vault so far, known ones included.</param>
public readonly record struct ImportProgress(long BytesRead, long BytesTotal, int Messages);
