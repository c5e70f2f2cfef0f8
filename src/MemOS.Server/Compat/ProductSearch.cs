using System.Text.Json;
using MemOS.Api.Product;
using MemOS.Operator.Recall;
using MemOS.Reader.Time;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary>A search as it was asked for, checked.</summary>
internal sealed record ProductSearch
{
    private const int Most = 600; // with the candidates for near repeats it stays below the most that recall gives

    private ProductSearch()
    {
    }

    /// <summary>The cubes, in order.</summary>
    public required IReadOnlyList<VaultId> Cubes { get; init; }

    /// <summary>The query without filter and limit.</summary>
    public required RecallQuery Query { get; init; }

    /// <summary>How many texts, preferences and tool memories are wanted of each cube.</summary>
    public required int Texts { get; init; }

    /// <inheritdoc cref="Texts"/>
    public required int Preferences { get; init; }

    /// <inheritdoc cref="Texts"/>
    public required int Tools { get; init; }

    /// <summary><c>no</c>, <c>sim</c> or <c>mmr</c>.</summary>
    public required string Dedup { get; init; }

    private JsonElement? Filter { get; init; }

    private CubeFilter? MemoryType { get; init; }

    /// <summary>Reads and checks a body.</summary>
    /// <exception cref="BodyFaultException">Something in it is not as it must be.</exception>
    public static ProductSearch Read(ProductSearchRequest request, DateTimeOffset now)
    {
        string query = request.Query is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw BodyFaultException.Missing("query");
        string user = request.UserId ?? throw BodyFaultException.Missing("user_id");
        _ = request.InternetSearch == true ? throw new MemOSException("not_offered", "This server never searches the internet; leave internet_search out.") : 0;
        _ = OneOf("mode", request.Mode ?? "fast", "fast", "fine", "mixture");
        double least = Math.Max(Positive("relativity", request.Relativity ?? 0.45), Positive("threshold", request.Threshold ?? 0));
        bool possible = least <= 1; // nothing is more relevant than 1
        return new ProductSearch
        {
            Cubes = ProductCubes.Named(request.ReadableCubeIds, request.MemCubeId, user),
            Texts = possible ? Count("top_k", request.TopK ?? 10, 1) : 0,
            Preferences = possible && request.IncludePreference != false ? Count("pref_top_k", request.PrefTopK ?? 6, 0) : 0,
            Tools = possible && request.SearchToolMemory != false ? Count("tool_mem_top_k", request.ToolMemTopK ?? 6, 0) : 0,
            Dedup = OneOf("dedup", request.Dedup ?? "mmr", "no", "sim", "mmr"),
            Filter = request.Filter,
            MemoryType = ProductFilters.OfMemoryType(request.SearchMemoryType),
            Query = new RecallQuery
            {
                Text = query,
                Conversation = ProductCubes.Session(request.SessionId, request.ConversationId),
                ReferenceTime = Time(request.ReferenceTime, now),
                MinimumRelevance = Math.Min(least, 1),
            },
        };
    }

    /// <summary>The same, once its filters have been read for every cube.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidFilter"/>.</exception>
    public ProductSearch Checked()
    {
        foreach (VaultId cube in Cubes)
        {
            _ = FilterFor(cube);
        }

        return this;
    }

    /// <summary>What memories of a cube must fulfil; null for nothing.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidFilter"/>.</exception>
    public CubeFilter? FilterFor(VaultId cube) => (ProductFilters.For(Filter, cube, Cubes), MemoryType) switch
    {
        ({ } own, { } type) => CubeFilter.And(own, type),
        var (own, type) => own ?? type,
    };

    private static DateTimeOffset? Time(string? text, DateTimeOffset now) => text is null ? null
        : ChatTimeParser.TryParse(text, now, out DateTimeOffset time) ? time
        : throw new BodyFaultException("reference_time", "reference_time is not a time that exists.");

    private static string OneOf(string field, string value, params ReadOnlySpan<string> allowed) =>
        allowed.Contains(value) ? value : throw new BodyFaultException(field, $"{field} must be one of {string.Join(", ", allowed.ToArray())}.");

    private static double Positive(string field, double value) => value >= 0 ? value : throw new BodyFaultException(field, $"{field} must be 0 or more.");

    private static int Count(string field, int value, int least) => value >= least && value <= Most
        ? value
        : throw new BodyFaultException(field, $"{field} must lie between {least} and {Most}.");
}
