namespace MemOS.Models.Llama.Protocol;

/// <summary>Goes on with a sequence: the tokens of the payload are computed, then new ones chosen, each told as it comes.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Position">Of the first token of the payload; what the sequence holds from there on is dropped.</param>
/// <param name="MostTokens">When to end at the latest.</param>
/// <param name="Sampling">How tokens are chosen.</param>
/// <param name="StopTexts">Texts that end the answer and are not part of it.</param>
/// <param name="SteeringValues">So many values at the end of the payload are added to the stream between layers for this answer; 0 for none.</param>
/// <param name="FirstLayer">The first layer that they are added in.</param>
/// <param name="LastLayer">The last.</param>
/// <param name="Adapters">Applied for this answer and taken off after it; loaded before. None leaves those as they are that an <see cref="AdaptersStep"/> applied.</param>
internal sealed record GenerateRequest(
    int Sequence, int Position, int MostTokens, Sampling Sampling, IReadOnlyList<string> StopTexts, int SteeringValues = 0, int FirstLayer = 0, int LastLayer = 0, IReadOnlyList<AdapterUse>? Adapters = null) : HostRequest;
