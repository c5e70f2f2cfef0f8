namespace MemOS.EmbedderBuilder.WordNet;

/// <summary>A set of words with one meaning.</summary>
/// <param name="PartOfSpeech">n, v, a or r.</param>
/// <param name="Lemmas">Its words, in lower case, the words of a phrase separated by spaces.</param>
/// <param name="Pointers">What it is related to.</param>
/// <param name="Definition">What it means.</param>
/// <param name="Examples">Sentences that use it.</param>
internal sealed record Synset(char PartOfSpeech, IReadOnlyList<string> Lemmas, IReadOnlyList<Pointer> Pointers, string Definition, IReadOnlyList<string> Examples);
