using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Lifecycle;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Operator;

/// <summary>Plans direct writes of a cube: create, and change by append, merge, overwrite or by single fields.</summary>
internal static class CubeEditor
{
    public static MemCube Create(WritePlan plan, NewCube cube, CubeId id)
    {
        Validate(cube);
        if (plan.Reader.Find(id) is not null)
        {
            throw new MemOSException(ErrorCodes.VersionConflict, $"Cube {id} exists already; update it instead.");
        }

        MemCube created = plan.Create(new MemCube
        {
            Id = id,
            Version = 1,
            State = CubeState.Generated,
            Payload = cube.Payload,
            Valid = cube.Valid,
            Governance = cube.Governance,
            Fingerprint = cube.ContextText is { Length: > 0 } context ? Fingerprints.Of(context) : null,
            Descriptive = new DescriptiveHeader
            {
                CreatedAt = plan.Now,
                Origin = cube.Origin,
                Type = cube.Type,
                SaidAt = cube.SaidAt,
                Speaker = cube.Speaker,
                Context = cube.Context,
                FactKey = cube.FactKey,
                Model = cube.Model,
                Entities = cube.Entities.IsDefaultOrEmpty && cube.Payload.Text is { } text ? EntityNames.In(text) : cube.Entities,
                Tags = cube.Tags,
                Info = cube.Info,
            },
        });
        plan.Audit(AuditOperations.Add, created);
        return created;
    }

    public static MemCube Update(WritePlan plan, CubeId id, CubeUpdate update, BranchName branch)
    {
        if (update.Text is not null && update.Payload is not null)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "Give either a text or a payload, not both.");
        }

        MessageRules.RequireText(update.Text, "text");
        MemCube current = plan.Require(id, branch);
        WritePlan.RequireVersion(current, update.ExpectedVersion);
        LifecycleRules.RequireWritable(current, "be updated");
        DescriptiveHeader old = current.Descriptive;
        CubePayload payload = update.Payload ?? (update.Text is { } text ? new PlaintextPayload(Joined(current, text, update.Mode)) : current.Payload);
        if (payload.Text is { } words && string.IsNullOrWhiteSpace(words))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "A memory cannot be empty; to remove it, forget it.");
        }

        MemCube updated = plan.Follow(current, current with
        {
            Branch = branch,
            State = update is { Mode: UpdateMode.Merge, Text: not null } ? CubeState.Merged : current.State,
            Payload = payload,
            Valid = update.Valid ?? current.Valid,
            Governance = update.Governance ?? current.Governance,
            Descriptive = old with
            {
                Type = update.Type ?? old.Type,
                Tags = update.Tags ?? old.Tags,
                Entities = update.Entities ?? (update.Text is null ? old.Entities : EntityNames.In(payload.Text ?? "")),
                Info = update.Info is { } info ? (old.Info?.SetItems(info) ?? info) : old.Info,
            },
        });
        plan.Audit(AuditOperations.Update, updated, update.Text is null ? "fields" : update.Mode.ToString());
        return updated;
    }

    private static string Joined(MemCube current, string text, UpdateMode mode)
    {
        if (mode is UpdateMode.Overwrite)
        {
            return text;
        }

        string before = current.Text ?? throw new MemOSException(ErrorCodes.InvalidInput, $"Cube {current.Id} holds no text to {mode} to; overwrite its payload.");
        if (mode is UpdateMode.Append)
        {
            return $"{before}\n{text}";
        }

        HashSet<string> known = [.. before.Split('\n').Select(line => line.Trim())];
        return string.Join('\n', [before, .. text.Split('\n').Where(line => line.Trim().Length > 0 && known.Add(line.Trim()))]);
    }

    private static void Validate(NewCube cube)
    {
        if (!Enum.IsDefined(cube.Origin))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "A memory says how it came to be: give an origin.");
        }

        if (cube.Payload.Text is { } text && string.IsNullOrWhiteSpace(text))
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "A memory cannot be empty.");
        }

        MessageRules.RequireText(cube.Payload.Text, "text");
        MessageRules.RequireName(cube.Speaker, "speaker");
        MessageRules.RequireName(cube.Context, "context");
        MessageRules.RequireName(cube.FactKey, "fact_key");
        foreach (string tag in cube.Tags)
        {
            MessageRules.RequireName(tag, "tags");
        }

        foreach ((string key, string value) in cube.Info ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            MessageRules.RequireName(key, "info");
            MessageRules.RequireText(value, $"info.{key}");
        }
    }
}
