namespace MemOS.Models.Llama;

/// <summary>What was found of the native libraries for local models.</summary>
public sealed record LibraryReport
{
    /// <summary>Where they were looked for.</summary>
    public required string Folder { get; init; }

    /// <summary>Their release, where they are usable.</summary>
    public string? Release { get; init; }

    /// <summary>The code for this processor that was chosen, such as "libggml-cpu-zen4".</summary>
    public string? CpuVariant { get; init; }

    /// <summary>The abilities of the processor that it uses, in the library's words.</summary>
    public string? Features { get; init; }

    /// <summary>The devices that can compute.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>The code of what is wrong, out of <see cref="ModelErrorCodes"/>; null where nothing is.</summary>
    public string? ProblemCode { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public string? Problem { get; init; }
}
