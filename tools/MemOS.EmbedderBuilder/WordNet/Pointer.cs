namespace MemOS.EmbedderBuilder.WordNet;

/// <summary>A typed relation.</summary>
/// <param name="Symbol">Its kind, as the manual page wninput(5WN) lists them: @ for hypernym, + for derivation, and so on.</param>
/// <param name="Target">The index of the synset that it leads to.</param>
/// <param name="Word">The number of the word that it starts at, from 1; 0 when it holds for all words of the synset.</param>
internal readonly record struct Pointer(string Symbol, int Target, int Word);
