namespace MemOS.Reader.Instructions;

/// <summary>An instruction about memories in structured form (paper, MemReader: the <c>MemoryCall</c>).</summary>
/// <param name="Intent">What is wanted.</param>
/// <param name="Topic">The words that tell which memory is meant; empty when none do.</param>
/// <param name="Old">The value to be replaced, or null when it was not named.</param>
/// <param name="New">The new value, or the whole new statement; null when none was given.</param>
/// <param name="RefersBack">Whether "it" or "that" stands for what was spoken of before.</param>
public sealed record MemoryCall(MemoryIntent Intent, string Topic, string? Old, string? New, bool RefersBack);
