using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;

namespace MemOS.Testing.Vaults;

/// <summary>Small values for tests.</summary>
public static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(2));

    public static Message Message(string id, string text, string? conversation = null) => new() { Id = id, Text = text, Time = Noon, Conversation = conversation };

    public static MemCube Cube(CubeId id, string text, params MessageSource[] sources) => new()
    {
        Id = id,
        Version = 1,
        State = CubeState.Generated,
        Descriptive = new DescriptiveHeader { CreatedAt = Noon, Origin = OriginSignature.UserInput, Type = SemanticType.Episode },
        Payload = new PlaintextPayload(text),
        Sources = [.. sources],
    };

    public static AuditEntry Audit(string operation = AuditOperations.Add, CubeId cube = default) => new(0, default, "owner", operation, cube, 0, null);
}
