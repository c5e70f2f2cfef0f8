namespace MemOS.Cubes;

/// <summary>The form of a cube's content (paper section on memory types).</summary>
public enum PayloadKind
{
    /// <summary>Text: editable, traceable, shareable.</summary>
    Plaintext = 1,

    /// <summary>Run-time state of a language model, at its centre the KV cache.</summary>
    Activation = 2,

    /// <summary>Knowledge in weights: a LoRA adapter.</summary>
    Parametric = 3,

    /// <summary>An ordered list of other cubes.</summary>
    Composite = 4,
}
