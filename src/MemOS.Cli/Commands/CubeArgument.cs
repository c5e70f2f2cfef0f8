using MemOS.Cubes;

namespace MemOS.Cli.Commands;

/// <summary>Reads cube ids.</summary>
internal static class CubeArgument
{
    public static CubeId Parse(string text) =>
        CubeId.TryParse(text, out CubeId id) ? id : throw new CliUsageException($"'{text}' is not a cube id. Ids look like 0198c1a0-7b3e-7c2a-9f00-0123456789ab; recall shows them.");

    public static MemOSException NotFound(CubeId id, CliContext context) =>
        new(ErrorCodes.CubeNotFound, $"There is no cube {id} in the vault '{context.Vault}'.");
}
