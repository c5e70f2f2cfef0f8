using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat.OpenMem;

/// <summary><c>create/knowledgebase</c> and <c>delete/knowledgebase</c>: a knowledge base is a vault of its own whose name ends in <c>kb-</c> and a UUID.</summary>
internal static class KnowledgeBases
{
    private const string Mark = "kb-";
    private const int Longest = 2000;

    public static async Task<WireAnswer> CreateAsync(WireBody body, CallerVaults host, TimeProvider clock, CancellationToken cancellationToken)
    {
        string name = body.Required("knowledgebase_name");
        string? description = body.Text("knowledgebase_description");
        _ = name.Length + (description?.Length ?? 0) <= Longest ? 0 : throw new BodyFaultException("knowledgebase_name", $"Name and description may have {Longest} characters at most.");
        MemOS.Reader.MessageRules.RequireText(name, "knowledgebase_name");
        MemOS.Reader.MessageRules.RequireText(description, "knowledgebase_description");
        VaultId id = host.NameFor(Mark + Guid.CreateVersion7(clock.GetUtcNow()));
        await using VaultLease lease = await host.CreateAsync(id, cancellationToken);

        // What it is called is kept with it, and out of its answers. Once begun it is not given up: half a base would be left.
        NewCube about = new() { Payload = new PlaintextPayload(description is null ? name : $"{name}\n{description}"), Origin = OriginSignature.UserInput, Tags = ["knowledgebase"] };
        MemCube card = await lease.Vault.AddCubeAsync(about, host.Caller, CancellationToken.None);
        await lease.Vault.TransitionAsync(card.Id, CubeState.Archived, caller: host.Caller, cancellationToken: CancellationToken.None);
        return WireAnswer.OpenMem(new JsonObject { ["id"] = id.Value });
    }

    public static async Task<WireAnswer> DeleteAsync(WireBody body, CallerVaults host, CancellationToken cancellationToken)
    {
        VaultId id = Require(body.Required("knowledgebase_id"), host);
        return await host.DeleteAsync(id, cancellationToken) ? WireAnswer.OpenMem(new JsonObject { ["success"] = true }) : throw NotFound();
    }

    /// <summary>The knowledge bases that a list names: none when it is absent, every one that the key opens for <c>all</c>.</summary>
    /// <exception cref="MemOSException">One does not exist.</exception>
    public static IReadOnlyList<VaultId> Named(IReadOnlyList<string>? ids, CallerVaults host) => ids is null ? []
        : ids is ["all"] ? [.. host.List().Where(Is)]
        : [.. ids.Distinct().Select(id => Require(id, host))];

    /// <summary>An existing knowledge base.</summary>
    /// <exception cref="MemOSException">There is none of this id for this key; other vaults are none.</exception>
    public static VaultId Require(string id, CallerVaults host) => VaultId.TryParse(id, out VaultId vault) && Is(vault) && host.Exists(vault) ? vault : throw NotFound();

    /// <summary>Whether a vault is a knowledge base.</summary>
    public static bool Is(VaultId vault) => vault.Value.Length >= 39 && vault.Value.AsSpan(vault.Value.Length - 39).StartsWith(Mark, StringComparison.Ordinal) && Guid.TryParseExact(vault.Value[^36..], "D", out _);

    private static MemOSException NotFound() => new("knowledgebase_not_found", "There is no such knowledge base.");
}
