namespace MemOS.Models.Llama;

/// <summary>An adapter and how strongly it is applied.</summary>
/// <param name="Path">Its file, loaded before.</param>
/// <param name="Scale">1 as trained.</param>
public sealed record AdapterUse(string Path, float Scale);
