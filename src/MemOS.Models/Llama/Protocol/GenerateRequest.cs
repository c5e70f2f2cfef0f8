namespace MemOS.Models.Llama.Protocol;

/// <summary>Goes on with a sequence: the tokens of the payload are computed, then new ones chosen, each told as it comes.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Position">Of the first token of the payload; what the sequence holds from there on is dropped.</param>
/// <param name="MostTokens">When to end at the latest.</param>
/// <param name="Sampling">How tokens are chosen.</param>
/// <param name="StopTexts">Texts that end the answer and are not part of it.</param>
internal sealed record GenerateRequest(int Sequence, int Position, int MostTokens, Sampling Sampling, IReadOnlyList<string> StopTexts) : HostRequest;
