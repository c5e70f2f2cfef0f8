namespace MemOS.Models.Llama;

/// <summary>A LoRA adapter and how strongly it is applied.</summary>
/// <param name="Path">Its GGUF file. It is read once in the life of the model's process: other weights need another path.</param>
/// <param name="Scale">1 as trained, 0 for nothing; finite.</param>
public sealed record AdapterUse(string Path, float Scale);
