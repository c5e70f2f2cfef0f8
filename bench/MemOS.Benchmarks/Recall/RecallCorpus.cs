using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Vaults;

namespace MemOS.Benchmarks.Recall;

/// <summary>Made-up conversations with the lengths and word frequencies of real ones, and random vectors.</summary>
internal static class RecallCorpus
{
    public const int Dimension = 384;
    public const string Space = "random/384";

    private static readonly string[] Questions =
    [
        "When did Ann visit the museum?", "What does Bob think about word17 and word230?", "Who bought word1042 in May 2025?",
        "Where did they go after the concert?", "How many word77 does Ann have?",
    ];

    /// <summary>Turns of two speakers: about 25 words, drawn so that the n-th word of the vocabulary has a frequency of 1/n; ten a session.</summary>
    public static MemCube[] Turns(int count)
    {
        var random = new Random(1);
        var start = new DateTimeOffset(2025, 1, 1, 8, 0, 0, TimeSpan.Zero);
        return [.. Enumerable.Range(1, count).Select(i =>
        {
            string text = string.Join(' ', Enumerable.Range(0, random.Next(8, 42)).Select(_ => $"word{(int)Math.Exp(random.NextDouble() * Math.Log(30_000))}"));
            DateTimeOffset time = start.AddMinutes(i).AddHours(i / 10 * 4);
            return new MemCube
            {
                Id = new CubeId(new Guid(i, 0, 0, new byte[8])),
                Version = 1,
                Sequence = i,
                State = CubeState.Generated,
                Payload = new PlaintextPayload(text),
                Sources = [new MessageSource($"m{i}", null, i, 0, text.Length)],
                Descriptive = new DescriptiveHeader
                {
                    CreatedAt = time,
                    SaidAt = time,
                    Origin = OriginSignature.UserInput,
                    Type = SemanticType.Episode,
                    Speaker = i % 2 == 0 ? "Ann" : "Bob",
                    Role = "user",
                },
            };
        })];
    }

    public static CubeVector Vector(Random random)
    {
        float[] values = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
        float length = MathF.Sqrt(values.Sum(value => value * value));
        return new CubeVector(Space, values.Select(value => value / length).ToArray());
    }

    public static RecallIndex Index(int count)
    {
        var random = new Random(2);
        var index = new RecallIndex(Space);
        foreach (MemCube cube in Turns(count))
        {
            index.Apply(cube, DocumentAnalyzer.Analyze(cube, Vector(random)));
        }

        return index;
    }

    public static RecallQuery Query(int number) => new() { Text = Questions[number % Questions.Length] };
}
