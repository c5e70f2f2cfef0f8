using MemOS.Api;

namespace MemOS.Chat;

/// <summary>A memory as a model is shown it: what it needs to answer with, and the id to act on.</summary>
/// <param name="Id">The id.</param>
/// <param name="Text">The words.</param>
/// <param name="Speaker">Who said it.</param>
/// <param name="Time">When it was said, or since when it holds.</param>
/// <param name="Version">The number of the version.</param>
internal sealed record MemoryView(Guid Id, string? Text, string? Speaker, DateTimeOffset? Time, int Version)
{
    public static MemoryView Of(CubeRecord cube) => new(cube.Id, cube.Text, cube.Speaker, cube.SaidAt ?? cube.Valid?.From, cube.Version);
}
