using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>What somebody says about a memory.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FeedbackRequest
{
    /// <summary>
    /// <c>confirm</c>: it is right. <c>correct</c>: <see cref="Text"/> holds instead. <c>supplement</c>: <see cref="Text"/> holds too.
    /// <c>reject</c>: it is wrong and is recalled no more; it goes to the archive, from where it can be restored.
    /// </summary>
    public required string Verdict { get; init; }

    /// <summary>The words that hold instead or too.</summary>
    public string? Text { get; init; }

    /// <summary>The version that was judged; a stale one is refused. Missing to take whichever is current.</summary>
    public int? ExpectedVersion { get; init; }
}
