using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Transformations;

/// <summary>Plans the path from plaintext to activation: a cube that holds the KV state of others (paper, section on the six paths).</summary>
internal static class StateEncoding
{
    public static MemCube Plan(WritePlan plan, IReadOnlyList<MemCube> sources, StoredPayload payload, KVStateFormat format, CubeId id, string? reason)
    {
        MemCube state = Create(plan, sources, payload, id, new SemanticType(format.StandsFor is null ? "kv_state" : "cartridge"), format.Binding.Model);
        plan.Audit(AuditOperations.Encode, state, $"{sources.Count} cubes, {format.Tokens} tokens{(format.StandsFor is { } text ? $" trained for {text}" : "")}, {payload.Length} bytes");
        if (reason is not null)
        {
            plan.Audit(AuditOperations.Promote, state, Told(reason, state));
        }

        return state;
    }

    /// <summary>Makes a cube out of the text of others, which are what they were when it was read: as strictly governed as the strictest.</summary>
    public static MemCube Create(WritePlan plan, IReadOnlyList<MemCube> sources, StoredPayload payload, CubeId id, SemanticType type, string? model)
    {
        if (sources.Count == 0)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "A KV state is made from at least one cube with text.");
        }

        foreach (MemCube source in sources)
        {
            MemCube current = plan.Reader.Find(source.Id) ?? throw WritePlan.NotFound(source.Id);
            RequireWhole(current, SourceReading.IsSame(source, current) ? null : source.Version, plan.Caller, plan.Now);
        }

        return plan.Create(new MemCube
        {
            Id = id,
            Version = 1,
            State = CubeState.Generated,
            Payload = payload,
            Governance = sources.Select(source => source.Governance).Aggregate(StricterGovernance.Of),
            Lineage = [.. sources.Select(source => new Derivation(DerivationKind.TransformedFrom, source.Id, source.Version))],
            Descriptive = new DescriptiveHeader { CreatedAt = plan.Now, Origin = OriginSignature.InferenceExtraction, Type = type, Model = model },
        });
    }

    /// <summary>A decision of the scheduler as the audit log has it: why, and about which text, which outlives the state.</summary>
    public static string Told(string reason, MemCube state) => $"{reason}; text of {string.Join(' ', state.Lineage.Where(edge => edge.Kind is DerivationKind.TransformedFrom).Select(edge => edge.Cube))}";

    /// <summary>Refuses a state that would take the states of a vault over their budget.</summary>
    public static void RequireRoom(IVaultReader reader, long bytes, long mostBytes)
    {
        long used = reader.ReadStored(PayloadKind.Activation).Where(KVStates.IsState).Sum(state => ((StoredPayload)state.Payload).Length);
        if (used > mostBytes - bytes)
        {
            throw new MemOSException(ErrorCodes.BudgetExceeded, $"The states of this vault take {used} of the {mostBytes} bytes that its policy gives them on disk, too many for one more of {bytes}; erase some, or raise disk_bytes.");
        }
    }

    /// <summary>Refuses a source that the caller cannot give to a model as it stands.</summary>
    public static void RequireWhole(MemCube source, int? version, Caller caller, DateTimeOffset now)
    {
        WritePlan.RequireVersion(source, version);
        string? why = MountCheck.ObstacleOf(source, caller, now) switch
        {
            MountObstacle.NotFound => throw WritePlan.NotFound(source.Id),
            MountObstacle.PartlyHidden => "is shown to you in parts only",
            MountObstacle.Retired => "is archived or its time is over",
            _ => source.Text is null ? "has no text" : null,
        };
        if (why is not null)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {source.Id} {why}, so no KV state is made from it.");
        }
    }
}
