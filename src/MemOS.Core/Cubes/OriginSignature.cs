namespace MemOS.Cubes;

/// <summary>How a memory came to be (paper, MemCube header). Every write names one; there is no default.</summary>
public enum OriginSignature
{
    /// <summary>Derived from other memories or from a model's output.</summary>
    InferenceExtraction = 1,

    /// <summary>Said or given by a user or an agent.</summary>
    UserInput = 2,

    /// <summary>Fetched from outside: a document, a tool, the web.</summary>
    ExternalRetrieval = 3,

    /// <summary>Learned by changing parameters.</summary>
    ParameterFineTuning = 4,
}
