using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Cubes;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary>The free metadata of this wire, and the user who added a memory, which is kept in it.</summary>
internal static class ProductInfo
{
    /// <summary>Where the user stands when it is not the cube's own.</summary>
    public const string User = "user_id";

    /// <summary>The file that a memory came from.</summary>
    public const string File = "file_id";

    /// <summary>The task id that a client chose for what it added.</summary>
    public const string Task = "memos_task_id";

    /// <summary>The keys that are ours and are not shown.</summary>
    public static readonly string[] Own = [User, Task];

    /// <summary>Reads <c>info</c>: texts as they are, anything else as JSON.</summary>
    /// <exception cref="BodyFaultException">It is no object.</exception>
    public static ImmutableSortedDictionary<string, string> Read(JsonElement? info, string? source)
    {
        ImmutableSortedDictionary<string, string>.Builder read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (source is not null)
        {
            read["source"] = source;
        }

        if (info is { ValueKind: not JsonValueKind.Null } json)
        {
            foreach (JsonProperty entry in json.Object("info").EnumerateObject())
            {
                if (entry.Value.ValueKind is not JsonValueKind.Null && !Own.Contains(entry.Name))
                {
                    read[entry.Name] = entry.Value.ValueKind is JsonValueKind.String ? entry.Value.GetString() ?? "" : entry.Value.GetRawText();
                }
            }
        }

        return read.ToImmutable();
    }

    /// <summary>Adds the user, unless the cube is the user's own.</summary>
    public static ImmutableSortedDictionary<string, string>? WithUser(ImmutableSortedDictionary<string, string>? info, string? user, VaultId vault)
    {
        ImmutableSortedDictionary<string, string> all = info ?? ImmutableSortedDictionary<string, string>.Empty;
        all = user is null || user == vault.Value ? all : all.SetItem(User, user);
        return all.IsEmpty ? null : all;
    }

    /// <summary>The user who added a memory.</summary>
    public static string UserOf(MemCube cube, VaultId vault) => cube.Descriptive.Info?.GetValueOrDefault(User) ?? vault.Value;
}
