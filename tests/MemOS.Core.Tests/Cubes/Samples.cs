using MemOS.Cubes;

namespace MemOS.Core.Tests.Cubes;

/// <summary>Cubes to test with.</summary>
internal static class Samples
{
    public static DateTimeOffset Noon { get; } = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static CubeId Id(int number) => new(new Guid(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));

    public static MemCube Cube(string text = "My train leaves at nine.", CubeState state = CubeState.Generated, int id = 1) => new()
    {
        Id = Id(id),
        Version = 1,
        State = state,
        Payload = new PlaintextPayload(text),
        Descriptive = new DescriptiveHeader { CreatedAt = Noon, Origin = OriginSignature.UserInput, Type = SemanticType.Episode, Speaker = "Ann" },
    };
}
