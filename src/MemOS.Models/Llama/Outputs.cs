namespace MemOS.Models.Llama;

/// <summary>For which tokens of a run the logits of the next token are wanted.</summary>
internal enum Outputs
{
    None,
    Last,
    All,
}
