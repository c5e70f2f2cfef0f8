namespace MemOS.Models.Files;

/// <summary>A model file of the user.</summary>
/// <param name="Name">Its name, which is that of the file without extension.</param>
/// <param name="File">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Origin">Where it came from, where that is known.</param>
public sealed record InstalledModel(string Name, string File, long Bytes, ModelOrigin? Origin);
