namespace MemOS.Models.Files;

/// <summary>How far a pull has come.</summary>
/// <param name="Bytes">Bytes that are there, those of an earlier try included.</param>
/// <param name="Total">Bytes of the whole, where the source tells.</param>
/// <param name="Resumed">Bytes that were there before this pull.</param>
public sealed record PullProgress(long Bytes, long? Total, long Resumed);
