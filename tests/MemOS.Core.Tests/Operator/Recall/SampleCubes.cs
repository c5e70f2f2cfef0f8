using System.Collections.Immutable;
using MemOS.Cubes;

namespace MemOS.Core.Tests.Operator.Recall;

/// <summary>Makes cubes for tests.</summary>
internal static class SampleCubes
{
    public static readonly DateTimeOffset Start = new(2025, 3, 3, 9, 0, 0, TimeSpan.Zero);

    public static CubeId Id(int number) => new(new Guid(number, 0, 7, [8, 0, 0, 0, 0, 0, 0, 1]));

    /// <summary>A turn: message n of its conversation, said n minutes after the start.</summary>
    public static MemCube Turn(int number, string speaker, string text, string? conversation = null, DateTimeOffset? at = null) => new()
    {
        Id = Id(number),
        Version = 1,
        Sequence = number,
        State = CubeState.Generated,
        Payload = new PlaintextPayload(text),
        Sources = [new MessageSource($"m{number}", conversation, number, 0, text.Length)],
        Descriptive = new DescriptiveHeader
        {
            CreatedAt = at ?? Start.AddMinutes(number),
            SaidAt = at ?? Start.AddMinutes(number),
            Origin = OriginSignature.UserInput,
            Type = SemanticType.Episode,
            Speaker = speaker,
            Role = "user",
        },
    };

    /// <summary>A fact read out of a turn.</summary>
    public static MemCube Fact(int number, MemCube turn, string text, TimeInterval valid = default) => turn with
    {
        Id = Id(number),
        Sequence = number,
        Payload = new PlaintextPayload(text),
        Valid = valid,
        Descriptive = turn.Descriptive with { Type = SemanticType.Fact, Origin = OriginSignature.InferenceExtraction },
    };

    /// <summary>A cube drawn at random, with every field that a filter can name.</summary>
    public static MemCube Random(Random random, int number)
    {
        DateTimeOffset? Time() => random.Next(3) == 0 ? null : Start.AddHours(random.Next(72));
        T Pick<T>(params T[] values) => values[random.Next(values.Length)];
        DateTimeOffset? from = Time();
        DateTimeOffset? to = Time();
        return new MemCube
        {
            Id = Id(number),
            Version = 1,
            Sequence = number,
            State = Pick(Enum.GetValues<CubeState>()),
            TxFrom = Start.AddHours(random.Next(72)),
            Payload = new PlaintextPayload("word"),
            Valid = from is not null && to is not null && from >= to ? default : new TimeInterval(from, to),
            Sources = random.Next(3) == 0 ? [] : [new MessageSource("m", Pick(null, "c1", "c2"), random.Next(50), 0, 1)],
            Governance = new GovernanceHeader { Priority = random.Next(-3, 4), Sensitivity = Pick(Enum.GetValues<Sensitivity>()) },
            Descriptive = new DescriptiveHeader
            {
                CreatedAt = Start.AddHours(random.Next(72)),
                SaidAt = Time(),
                Origin = OriginSignature.UserInput,
                Type = Pick(SemanticType.Episode, SemanticType.Fact, SemanticType.Event, new SemanticType("custom")),
                Speaker = Pick(null, "Ann", "Bob", "ann"),
                Role = Pick(null, "user", "assistant"),
                Context = Pick(null, "c1", "c3"),
                FactKey = Pick(null, "ann/home", "bob/home"),
                Entities = Pick<ImmutableArray<string>>([], ["Paris"], ["Paris", "Rome"]),
                Tags = Pick<ImmutableArray<string>>([], ["a"], ["a", "b"], ["B"]),
                Info = Pick<ImmutableSortedDictionary<string, string>?>(
                    null,
                    ImmutableSortedDictionary<string, string>.Empty,
                    Info(("city", "Rome"), ("n", "5")),
                    Info(("n", "12"), ("seen_at", "2025-03-04T10:00:00Z")),
                    Info(("n", "many"), ("seen_at", "2025-03-05"))),
            },
        };
    }

    private static ImmutableSortedDictionary<string, string> Info(params (string Key, string Value)[] pairs) =>
        pairs.ToImmutableSortedDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
}
