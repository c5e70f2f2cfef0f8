namespace MemOS.Models.Llama.Protocol;

/// <summary>Loads a LoRA adapter; steps name it by the file from then on.</summary>
internal sealed record LoadAdapterRequest(string Path) : HostRequest;
