namespace MemOS.Reader;

/// <summary>Something that came with a message's text.</summary>
/// <param name="Kind">What it is: <c>image</c>, <c>file</c>, <c>audio</c>.</param>
/// <param name="Reference">Where it is: a URL, a file name or id; never opened by MemOS. May be empty.</param>
/// <param name="Caption">What it shows, in words, or null. The caption is read and recalled like text.</param>
public sealed record MessageAttachment(string Kind, string Reference, string? Caption);
