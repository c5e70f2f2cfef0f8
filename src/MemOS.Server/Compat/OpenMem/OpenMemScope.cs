using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Operator.Recall;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat.OpenMem;

/// <summary>Where a request of this wire looks: the vault of its user or agent, knowledge bases, and what filters hold in each.</summary>
/// <param name="Owner">The vault of the user or the agent.</param>
/// <param name="Bases">The knowledge bases.</param>
/// <param name="Agent">Where a user and an agent are both named, the agent whose memories are meant.</param>
internal sealed record OpenMemScope(VaultId Owner, IReadOnlyList<VaultId> Bases, string? Agent)
{
    /// <summary>All vaults, the owner's first.</summary>
    public IReadOnlyList<VaultId> Vaults => [Owner, .. Bases];

    /// <summary>The filter as it came.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>Reads who and where.</summary>
    /// <exception cref="BodyFaultException">Nobody is named.</exception>
    /// <exception cref="MemOSException">A knowledge base does not exist.</exception>
    public static OpenMemScope Read(WireBody body, CallerVaults host)
    {
        (string? user, string? agent) = (body.Text("user_id"), body.Text("agent_id"));
        VaultId owner = new(user ?? agent ?? throw BodyFaultException.Missing("user_id"));
        OpenMemScope scope = new(owner, KnowledgeBases.Named(body.Texts("knowledgebase_ids"), host), user is null ? null : agent) { Filter = body.Json("filter") };
        foreach (VaultId vault in scope.Vaults)
        {
            _ = scope.FilterFor(vault); // what is not understood is told before anything is done
        }

        return scope;
    }

    /// <summary>What memories of one of the vaults must fulfil; null for nothing.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidFilter"/>.</exception>
    public CubeFilter? FilterFor(VaultId vault)
    {
        CubeFilter? own = Parse(OpenMemFilters.For(Filter, isBase: vault != Owner), vault);
        CubeFilter? agent = Agent is not null && vault == Owner ? Parse(new JsonObject { ["agent_id"] = Agent }, vault) : null;
        return (own, agent) switch
        {
            ({ } first, { } second) => CubeFilter.And(first, second),
            _ => own ?? agent,
        };
    }

    private static CubeFilter? Parse(JsonNode? filter, VaultId vault)
    {
        if (filter is null)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(filter.ToJsonString());
        return ProductFilters.Parse(document.RootElement, vault);
    }
}
