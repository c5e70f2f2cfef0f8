namespace MemOS.EmbedderBuilder;

/// <summary>How the table is made. The defaults made the one that ships; how they were found stands in docs/adr/0016.</summary>
internal sealed record Recipe
{
    /// <summary>Components of a vector; a multiple of 32.</summary>
    public int Dimension { get; init; } = 128;

    /// <summary>Rounds of the subspace iteration.</summary>
    public int Iterations { get; init; } = 4;

    /// <summary>The seed of the decomposition.</summary>
    public ulong Seed { get; init; } = 3;

    /// <summary>What a word weighs in a synset that it names, shared among the words of a phrase.</summary>
    public float Lemma { get; init; } = 2;

    /// <summary>How fast that falls with the rank of the sense: rank to the power of minus so many quarters.</summary>
    public int SenseDecayQuarters { get; init; }

    /// <summary>What a word of the definition weighs.</summary>
    public float Definition { get; init; } = 0.5f;

    /// <summary>What a word of an example weighs.</summary>
    public float Example { get; init; } = 0.5f;

    /// <summary>What a word weighs in the hypernym of a synset that it names.</summary>
    public float Hypernym { get; init; } = 1;

    /// <summary>What a word weighs in the hypernym's hypernym.</summary>
    public float GrandHypernym { get; init; }

    /// <summary>What a word weighs in the hyponyms.</summary>
    public float Hyponym { get; init; } = 0.6f;

    /// <summary>What a word weighs in what is similar.</summary>
    public float SimilarTo { get; init; } = 1;

    /// <summary>What a word weighs in a synset of which a word is derived from it.</summary>
    public float Derivation { get; init; } = 1.5f;

    /// <summary>What a verb weighs in its group.</summary>
    public float VerbGroup { get; init; } = 0.7f;

    /// <summary>What a word weighs in synsets of its topic.</summary>
    public float Topic { get; init; } = 0.5f;

    /// <summary>What a word weighs in synsets that it has another relation to, antonyms left out.</summary>
    public float Other { get; init; } = 0.5f;

    /// <summary>What a word of a definition weighs in the synsets that are related to the one defined, as a share of its weight there.</summary>
    public float RelatedDefinition { get; init; }

    /// <summary>Words that weigh less than this in all are left to their characters.</summary>
    public float LeastWeight { get; init; } = 2;

    /// <summary>The contexts' distribution is flattened by this power, in quarters (Levy, Goldberg, Dagan 2015).</summary>
    public int ContextQuarters { get; init; } = 3;

    /// <summary>Singular values count with this power, in quarters.</summary>
    public int SingularQuarters { get; init; } = 2;

    /// <summary>Directions that are common to all definitions and taken out (Arora et al. 2017).</summary>
    public int CommonDirections { get; init; }

    /// <summary>A word weighs a / (a + p) with p its share of all words; this is a.</summary>
    public float Frequency { get; init; } = 1e-2f;

    /// <summary>What a use in text tagged by hand counts beside one in a definition.</summary>
    public float TaggedUse { get; init; } = 1;

    /// <summary>What a word that is not in the table weighs.</summary>
    public float UnknownWeight { get; init; } = 0.3f;

    /// <summary>A phrase is left out when its vector is nearer than this to the sum of its words'; 0 leaves out all.</summary>
    public float PhraseCosine { get; init; } = 0.5f;

    /// <summary>What a phrase weighs beside its words.</summary>
    public float PhraseWeight { get; init; } = 1;
}
