namespace MemOS.Models.Files;

/// <summary>Where a model file came from.</summary>
/// <param name="Source">Address or path, without a query, which may hold a key.</param>
/// <param name="Sha256">Of its content, in hexadecimal.</param>
/// <param name="PulledAt">When.</param>
public sealed record ModelOrigin(string Source, string Sha256, DateTimeOffset PulledAt);
