using System.Text.Json.Nodes;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary><c>POST /product/scheduler/wait</c> and <c>GET /product/scheduler/wait/stream</c>: waits until nothing is left to be done for a user. Parameters stand in the address.</summary>
internal static class ProductWaiting
{
    private const double MostSeconds = 600;

    public static async Task<WireAnswer> WaitAsync(
        CallerVaults host, TimeProvider clock, CancellationToken cancellationToken, string? user_name = null, double timeout_seconds = 120, double poll_interval = 0.5)
    {
        (VaultId cube, TimeSpan most, TimeSpan poll) = Read(user_name, timeout_seconds, poll_interval);
        long started = clock.GetTimestamp();
        int left;
        while ((left = await LeftAsync(host, cube, cancellationToken)) > 0 && clock.GetElapsedTime(started) < most)
        {
            await Task.Delay(poll, clock, cancellationToken);
        }

        JsonObject data = new()
        {
            ["running_tasks"] = left,
            ["waited_seconds"] = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3),
            ["timed_out"] = left > 0,
            ["user_name"] = cube.Value,
        };
        return new WireAnswer(new JsonObject { ["message"] = left > 0 ? "timeout" : "idle", ["data"] = data });
    }

    public static async Task StreamAsync(
        HttpContext context, CallerVaults host, TimeProvider clock, CancellationToken cancellationToken, string? user_name = null, double timeout_seconds = 120, double poll_interval = 0.5)
    {
        (VaultId cube, TimeSpan most, TimeSpan poll) = Read(user_name, timeout_seconds, poll_interval);
        WireEvents events = new(context.Response);
        long started = clock.GetTimestamp();
        while (true)
        {
            int left = await LeftAsync(host, cube, cancellationToken);
            TimeSpan waited = clock.GetElapsedTime(started);
            string status = left == 0 ? "idle" : waited >= most ? "timeout" : "running";
            JsonObject data = new()
            {
                ["user_name"] = cube.Value,
                ["active_tasks"] = left,
                ["elapsed_seconds"] = Math.Round(waited.TotalSeconds, 3),
                ["status"] = status,
                ["instance_id"] = "memos",
            };
            if (status != "running")
            {
                data["timed_out"] = status == "timeout";
                await events.SendAsync(data);
                return;
            }

            await events.SendAsync(data);
            await Task.Delay(poll, clock, cancellationToken);
        }
    }

    private static (VaultId Cube, TimeSpan Most, TimeSpan Poll) Read(string? user, double timeout, double poll)
    {
        VaultId cube = new(ProductScheduler.Named("user_name", user));
        return timeout is >= 0 and <= MostSeconds && poll is >= 0.05 and <= 60
            ? (cube, TimeSpan.FromSeconds(timeout), TimeSpan.FromSeconds(poll))
            : throw new BodyFaultException("timeout_seconds", $"timeout_seconds must lie between 0 and {MostSeconds}, poll_interval between 0.05 and 60.");
    }

    private static async Task<int> LeftAsync(CallerVaults host, VaultId cube, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await host.OpenAsync(cube, cancellationToken: cancellationToken);
        return lease.Vault.Read(reader => reader.ReadDueJobs(1000)).Count;
    }
}
