using System.Globalization;
using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Operator.Corrections;
using MemOS.Operator.Recall;
using MemOS.Reader.Instructions;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Tasks;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/feedback</c>: the words are on disk before the answer; what they correct, supplement or replace gets a new version.</summary>
internal static class ProductFeedback
{
    private const string Done = "Memory feedback successfully";
    private const double Evident = 0.45;

    public static Task<IResult> GiveAsync(WireBody body, CallerVaults host, TimeProvider clock, WireTasks tasks, CancellationToken cancellationToken)
    {
        WireFeedback feedback = WireFeedback.Read(body, clock.GetUtcNow());
        return CarryOutAsync(feedback, ProductCubes.Named(body.Texts("writable_cube_ids"), body.Text("mem_cube_id"), feedback.User), host, tasks, cancellationToken);
    }

    /// <summary>Gives feedback to cubes.</summary>
    public static async Task<IResult> CarryOutAsync(WireFeedback feedback, VaultId[] cubes, CallerVaults host, WireTasks tasks, CancellationToken cancellationToken)
    {
        host.RequireOpen(cubes);
        if (feedback.Later)
        {
            string task = await AcceptAsync(feedback, cubes, host, cancellationToken);
            if (feedback is { Task: { } chosen, User: { } user })
            {
                tasks.Note(host, user, chosen, task);
            }

            return WireAnswer.Product(Done, new JsonArray(new JsonArray()), feedback.Task ?? task);
        }

        List<FeedbackResult> results = [];
        foreach (VaultId cube in cubes)
        {
            results.Add(await host.ObserveAsync(
                "update_memory",
                cube,
                async () =>
                {
                    await using VaultLease lease = await host.OpenAsync(cube, create: true, cancellationToken);
                    FeedbackInput input = await InputForAsync(lease.Vault, feedback, cancellationToken);
                    return await lease.Vault.GiveFeedbackAsync(input, host.Caller, cancellationToken);
                },
                given => given.Changed.Select(pair => pair.After).Concat(given.Added)));
        }

        return results.All(result => result.Status is FeedbackStatus.NeedsClarification) ? throw Unclear(results)
            : WireAnswer.Product(Done, new JsonArray([.. results.Select(result => (JsonNode)Record(result))]));
    }

    /// <summary>Takes feedback in for later.</summary>
    /// <returns>The id of the task.</returns>
    public static async Task<string> AcceptAsync(WireFeedback feedback, VaultId[] cubes, CallerVaults host, CancellationToken cancellationToken)
    {
        List<MessageRun> runs = [];
        foreach (VaultId cube in cubes)
        {
            AddedMessage own = await host.ObserveAsync(
                "create_memory",
                cube,
                async () =>
                {
                    await using VaultLease lease = await host.OpenAsync(cube, create: true, cancellationToken);
                    FeedbackInput input = await InputForAsync(lease.Vault, feedback, cancellationToken);
                    return await lease.Vault.AcceptFeedbackAsync(input, host.Caller, cancellationToken);
                },
                accepted => accepted.Cubes);
            runs.AddRange(MessageRun.Of(cube, [own]));
        }

        return TaskIds.Of(runs);
    }

    /// <summary>The error for feedback that could mean several memories.</summary>
    public static MemOSException Unclear(IEnumerable<FeedbackResult> results)
    {
        string candidates = string.Join(", ", results.SelectMany(result => result.Candidates).Select(cube => cube.Id));
        return new MemOSException(ErrorCodes.AmbiguousFeedback, $"Several memories could be meant, so nothing was changed: {candidates}. Send the feedback again with one of them alone in retrieved_memory_ids.");
    }

    private static async Task<FeedbackInput> InputForAsync(MemoryVault vault, WireFeedback feedback, CancellationToken cancellationToken) => feedback.Input with
    {
        About = [.. await AboutAsync(vault, feedback, cancellationToken)],
        Info = ProductInfo.WithUser(feedback.Input.Info, feedback.User, vault.Id),
    };

    // The memories that the client names; or, for an "it" in a session without stored turns, those that its history speaks of.
    private static async Task<IEnumerable<CubeId>> AboutAsync(MemoryVault vault, WireFeedback feedback, CancellationToken cancellationToken)
    {
        CubeId[] named = [.. feedback.Retrieved.Where(id => vault.Find(id) is not null)];
        if (named.Length > 0 || feedback.History is not { } history || !InstructionReader.Read(feedback.Input.Text).RefersBack ||
            vault.Read(reader => reader.ReadConversation(feedback.Input.Conversation).Any()))
        {
            return named;
        }

        RecallResult found = await vault.RecallAsync(new RecallQuery { Text = history, Limit = 5, MinimumRelevance = Evident }, cancellationToken);
        return found.Hits.Select(hit => hit.Cube.Id);
    }

    private static JsonObject Record(FeedbackResult result) => new()
    {
        ["answer"] = result.Status switch
        {
            FeedbackStatus.NeedsClarification => "Several memories could be meant, so nothing was changed here.",
            FeedbackStatus.NothingFound => "No memory that this could mean was found; the words were kept.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{result.Changed.Length} memories changed, {result.Added.Length} added."),
        },
        ["record"] = new JsonObject
        {
            ["add"] = new JsonArray([.. result.Added.Select(cube => (JsonNode)Entry(cube))]),
            ["update"] = new JsonArray([.. result.Changed.Select(pair => (JsonNode)Changed(pair.Before, pair.After))]),
        },
    };

    private static JsonObject Entry(MemCube cube) => new() { ["id"] = cube.Id.ToString(), ["text"] = cube.Text, ["source_doc_id"] = cube.Sources.IsEmpty ? "" : cube.Sources[^1].MessageId };

    // A version is no memory of its own here: the old text stands in the history of the same id.
    private static JsonObject Changed(MemCube before, MemCube after)
    {
        JsonObject entry = Entry(after);
        entry["archived_id"] = before.Id.ToString();
        entry["origin_memory"] = before.Text;
        return entry;
    }
}
