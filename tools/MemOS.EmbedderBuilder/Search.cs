namespace MemOS.EmbedderBuilder;

/// <summary>The recipes that were tried, each a change of the one that ships.</summary>
internal static class Search
{
    public static IReadOnlyList<(string Name, Recipe Recipe)> Recipes { get; } =
    [
        ("as it ships", new Recipe()),
        ("a 3e-3", new Recipe { Frequency = 3e-3f }),
        ("a 3e-2", new Recipe { Frequency = 3e-2f }),
        ("unknown 0.1", new Recipe { UnknownWeight = 0.1f }),
        ("unknown 0.2", new Recipe { UnknownWeight = 0.2f }),
        ("unknown 0.5", new Recipe { UnknownWeight = 0.5f }),
        ("unknown 1", new Recipe { UnknownWeight = 1 }),
        ("common 1", new Recipe { CommonDirections = 1 }),
        ("common 4", new Recipe { CommonDirections = 4 }),
        ("no phrases", new Recipe { PhraseCosine = 0 }),
        ("phrases below 0.7", new Recipe { PhraseCosine = 0.7f }),
        ("phrase 0.5", new Recipe { PhraseWeight = 0.5f }),
        ("singular p 1", new Recipe { SingularQuarters = 4 }),
        ("dimension 192", new Recipe { Dimension = 192 }),
        ("dimension 256", new Recipe { Dimension = 256 }),
        ("singular p 0.25", new Recipe { SingularQuarters = 1 }),
        ("sense 0.5", new Recipe { SenseDecayQuarters = 2 }),
        ("related", new Recipe { RelatedDefinition = 0.2f }),
        ("grand", new Recipe { GrandHypernym = 0.5f }),
        ("definition 1", new Recipe { Definition = 1, Example = 1 }),
        ("context 1", new Recipe { ContextQuarters = 4 }),
        ("tagged 0", new Recipe { TaggedUse = 0 }),
    ];
}
