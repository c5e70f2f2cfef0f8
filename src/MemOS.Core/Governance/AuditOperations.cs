namespace MemOS.Governance;

/// <summary>The operations that the audit log names.</summary>
public static class AuditOperations
{
    /// <summary>Messages or a cube were added.</summary>
    public const string Add = "add";

    /// <summary>Facts were read out of messages.</summary>
    public const string Extract = "extract";

    /// <summary>A cube was changed.</summary>
    public const string Update = "update";

    /// <summary>A life-cycle state was changed.</summary>
    public const string Transition = "transition";

    /// <summary>An earlier version was restored.</summary>
    public const string Rollback = "rollback";

    /// <summary>Cubes were fused.</summary>
    public const string Fuse = "fuse";

    /// <summary>A fusion was undone.</summary>
    public const string Unfuse = "unfuse";

    /// <summary>A cube was cut in parts.</summary>
    public const string Slice = "slice";

    /// <summary>A composite cube was made.</summary>
    public const string Compose = "compose";

    /// <summary>A repeated statement was merged.</summary>
    public const string Merge = "merge";

    /// <summary>A newer statement replaced an older one.</summary>
    public const string Supersede = "supersede";

    /// <summary>A branch was opened, merged back or discarded.</summary>
    public const string Branch = "branch";

    /// <summary>Content was erased.</summary>
    public const string Forget = "forget";

    /// <summary>Memories were recalled.</summary>
    public const string Recall = "recall";

    /// <summary>The vault is searched in another embedding space from then on.</summary>
    public const string Reembed = "reembed";

    /// <summary>A cube was moved in from another vault.</summary>
    public const string Migrate = "migrate";

    /// <summary>A KV state was made from text.</summary>
    public const string Encode = "encode";

    /// <summary>A text was made a KV state by the scheduler; the detail says why.</summary>
    public const string Promote = "promote";

    /// <summary>A KV state was given up, its text stays; the detail says why.</summary>
    public const string Demote = "demote";

    /// <summary>A cartridge was ordered, or its order ended; the detail says how.</summary>
    public const string Order = "order";

    /// <summary>The vault was given a policy of its own, or it was taken back; the detail says of what, with which values.</summary>
    public const string Policy = "policy";
}
