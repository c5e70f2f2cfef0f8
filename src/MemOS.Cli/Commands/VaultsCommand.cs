using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MemOS.Cli.Output;
using MemOS.Vaults;
using MemOS.Vaults.Sqlite;

namespace MemOS.Cli.Commands;

/// <summary><c>memos vaults</c>: lists, makes and deletes vaults.</summary>
internal static class VaultsCommand
{
    public static Command Create(GlobalOptions options)
    {
        Command command = new("vaults", "List the vaults with what they hold.");
        command.SetAction((parsed, cancellationToken) => ListAsync(options.Context(parsed), cancellationToken));

        Argument<string> created = new("id") { Description = "The vault." };
        Command create = new("create", "Make an empty vault.") { created };
        create.SetAction((parsed, cancellationToken) => CreateAsync(options.Context(parsed), CliContext.ToVaultId(parsed.GetRequiredValue(created)), cancellationToken));
        command.Add(create);

        Argument<string> deleted = new("id") { Description = "The vault." };
        Option<bool> yes = new("--yes") { Description = "Yes, all of it." };
        Command delete = new("delete", "Delete a vault with everything in it.") { deleted, yes };
        delete.SetAction(parsed => Delete(options.Context(parsed), CliContext.ToVaultId(parsed.GetRequiredValue(deleted)), parsed.GetValue(yes)));
        command.Add(delete);
        return command;
    }

    private static async Task<int> ListAsync(CliContext context, CancellationToken cancellationToken)
    {
        SqliteVaultEngine engine = context.Engine();
        List<(VaultId Id, VaultStatistics? Statistics, string? Problem)> vaults = [];
        foreach (VaultId id in engine.List())
        {
            try
            {
                await using IVaultStore store = await engine.OpenAsync(id, create: false, cancellationToken);
                vaults.Add((id, store.Read(reader => reader.Statistics()), null));
            }
            catch (MemOSException exception)
            {
                vaults.Add((id, null, exception.Code)); // one that is in use or damaged must not hide the others
            }
        }

        if (context.Json)
        {
            context.WriteJson(json => Write(json, context, vaults));
        }
        else if (vaults.Count == 0)
        {
            context.Output.WriteLine($"There is no vault in {context.DataFolder}.");
        }
        else
        {
            Tables.Write(context.Output, ["vault", "messages", "cubes", "versions", "jobs waiting", "MiB"], vaults.Select(vault => (IReadOnlyList<string>)
                (vault.Statistics is { } held
                    ? [vault.Id.Value, Text(held.Messages), Text(held.Cubes), Text(held.Versions), Text(held.PendingJobs), (held.Bytes / 1048576.0).ToString("F1", CultureInfo.InvariantCulture)]
                    : [vault.Id.Value, vault.Problem ?? "", "", "", "", ""])));
        }

        return ExitCodes.Done;
    }

    private static async Task<int> CreateAsync(CliContext context, VaultId id, CancellationToken cancellationToken)
    {
        SqliteVaultEngine engine = context.Engine();
        if (engine.Exists(id))
        {
            throw new MemOSException(ErrorCodes.VaultExists, $"The vault '{id}' exists already.");
        }

        await using (await engine.OpenAsync(id, create: true, cancellationToken))
        {
            Report(context, id, "created");
        }

        return ExitCodes.Done;
    }

    private static int Delete(CliContext context, VaultId id, bool yes)
    {
        if (!yes)
        {
            throw new MemOSException(ErrorCodes.UnscopedDelete, $"This deletes the vault '{id}' with everything in it. Say --yes with it if that is meant.");
        }

        if (!context.Engine().Delete(id))
        {
            throw new MemOSException(ErrorCodes.VaultNotFound, $"There is no vault '{id}' in {context.DataFolder}.");
        }

        Report(context, id, "deleted");
        return ExitCodes.Done;
    }

    private static void Report(CliContext context, VaultId id, string what)
    {
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("vault", id.Value);
                json.WriteString("status", what);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Output.WriteLine($"The vault '{id}' is {what}.");
        }
    }

    private static void Write(Utf8JsonWriter json, CliContext context, List<(VaultId Id, VaultStatistics? Statistics, string? Problem)> vaults)
    {
        json.WriteStartObject();
        json.WriteString("data", context.DataFolder);
        json.WriteStartArray("vaults");
        foreach ((VaultId id, VaultStatistics? held, string? problem) in vaults)
        {
            json.WriteStartObject();
            json.WriteString("vault", id.Value);
            if (held is null)
            {
                json.WriteString("error", problem);
            }
            else
            {
                json.WriteNumber("messages", held.Messages);
                json.WriteNumber("cubes", held.Cubes);
                json.WriteNumber("versions", held.Versions);
                json.WriteNumber("pending_jobs", held.PendingJobs);
                json.WriteNumber("dead_jobs", held.DeadJobs);
                json.WriteNumber("bytes", held.Bytes);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
