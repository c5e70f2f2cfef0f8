namespace MemOS.Models.Llama.Protocol;

/// <summary>Train the keys and values of a prefix, and save its state. The payload are the tokens: of the head, of the text, and of each question as it stands behind the text.</summary>
/// <param name="Sequence">A sequence that the text is read in; empty before and after.</param>
/// <param name="Scratch">Another one, for questions.</param>
/// <param name="Path">Where the state goes.</param>
/// <param name="Head">Tokens in front of the text.</param>
/// <param name="Text">Tokens of the text.</param>
/// <param name="Questions">Tokens of each question.</param>
/// <param name="Plan">How to train.</param>
internal sealed record TrainPrefixRequest(int Sequence, int Scratch, string Path, int Head, int Text, IReadOnlyList<int> Questions, PrefixPlan Plan) : HostRequest;
