using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Tasks;
using MemOS.Server.Compat.Wire;

namespace MemOS.Server.Compat.OpenMem;

/// <summary><c>get/status</c>: how far a task is; when it is done, the memories that came of it; when it failed, why, and how to have it tried again.</summary>
internal static class OpenMemStatus
{
    private static readonly string[] Views = ["detail_factual", "preference", "event", "profile", "skill", "tool_memory"];

    public static async Task<WireAnswer> ReadAsync(WireBody body, CallerVaults host, WireTasks tasks, CancellationToken cancellationToken)
    {
        string id = body.Required("task_id");
        TaskState state = await tasks.ReadAsync(id, body.Text("user_id"), host, cancellationToken);
        string status = Name(state.Status);
        JsonObject data = new() { ["task_id"] = id, ["status"] = status };
        if (state.Failures.Count > 0)
        {
            data["failures"] = state.FailureList();
        }

        if (status == "completed")
        {
            data["memory_views"] = await MadeAsync(state, host, cancellationToken);
        }

        return WireAnswer.OpenMem(data);
    }

    /// <summary>A state in the words of this wire.</summary>
    public static string Name(string status) => status is "completed" or "failed" ? status : "running";

    private static async Task<JsonObject> MadeAsync(TaskState state, CallerVaults host, CancellationToken cancellationToken)
    {
        List<MemCube> made = [];
        foreach (MessageRun run in state.Runs)
        {
            await using VaultLease? lease = await ProductCubes.FindAsync(host, run.Vault, cancellationToken);
            made.AddRange(lease?.Vault.Read(reader => Enumerable.Range(0, run.Count).SelectMany(i => reader.FindBySource(run.First + i)).Distinct()
                .Select(id => reader.Find(id)).OfType<MemCube>().ToArray()) ?? []);
        }

        JsonObject views = new()
        {
            ["added"] = made.Count(cube => cube.Version == 1 && IsShown(cube)),
            ["updated"] = made.Count(cube => cube.Version > 1 && IsShown(cube)),
            ["deleted"] = made.Count(cube => !IsShown(cube)),
        };
        foreach (string view in Views)
        {
            views[view] = new JsonObject { ["memory_ids"] = WireAnswer.List(made.Where(cube => IsShown(cube) && OpenMemItems.View(cube) == view).Select(cube => cube.Id.ToString())) };
        }

        return views;
    }

    private static bool IsShown(MemCube cube) => cube.State is not (CubeState.Archived or CubeState.Expired);
}
