namespace MemOS.Transformations;

/// <summary>What a KV state is bound to: it can be mounted where all of this is the same, and nowhere else (checklist 19).</summary>
/// <param name="Model">The fingerprint of the model: weights, tokenizer and positions.</param>
/// <param name="Library">The release of the library that made it.</param>
/// <param name="Cache">How keys and values are kept, such as <c>F16/F16</c>.</param>
/// <param name="Layout">A hash of the tokens that stand in front of the memory in a prompt.</param>
public sealed record StateBinding(string Model, string Library, string Cache, string Layout);
