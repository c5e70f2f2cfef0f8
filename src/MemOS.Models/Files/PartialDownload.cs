namespace MemOS.Models.Files;

/// <summary>What a download that broke off needs to go on: the bytes are only good for the same file of the same source.</summary>
/// <param name="Source">The address.</param>
/// <param name="Tag">What the source called this state of the file; without one it begins anew.</param>
internal sealed record PartialDownload(string Source, string Tag);
