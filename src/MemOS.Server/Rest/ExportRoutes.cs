using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemOS.Api;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Server.Auth;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace MemOS.Server.Rest;

/// <summary>Export of a whole vault as JSON Lines.</summary>
internal static class ExportRoutes
{
    private const int Batch = 256;
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static void MapExport(this IEndpointRouteBuilder vault) =>
        vault.MapGet("/export", ExportAsync).WithTags("Export").Produces<ExportLine>(200, "application/x-ndjson");

    /// <summary>Streams a vault as JSON Lines: a header, every message, then every current cube, or with history every version of it.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="vaults">Opens vaults.</param>
    /// <param name="clock">Where the time comes from.</param>
    /// <param name="json">How records are written.</param>
    /// <param name="response">Gets the lines.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="history">Whether old versions come too.</param>
    internal static async Task ExportAsync(
        string vault, CallerVaults vaults, TimeProvider clock, IOptions<JsonOptions> json, HttpResponse response, CancellationToken cancellationToken, bool history = false)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        response.ContentType = "application/x-ndjson";
        ExportHeader header = new() { Vault = vault, ExportedAt = clock.GetUtcNow() };
        await WriteAsync([header]);
        for (long next = 1; Messages(lease.Vault, next) is { Length: > 0 } messages; next = messages[^1].Number + 1)
        {
            await WriteAsync(messages.Select(message => new ExportLine { Message = message.ToRecord() }));
        }

        // In order of change: what changes meanwhile comes again at the end, so nothing is missed however slowly the client reads.
        for (long after = 0; Cubes(lease.Vault, after) is { Length: > 0 } cubes; after = cubes[^1].Sequence)
        {
            MemCube[] told = [.. cubes.Where(cube => !TrainingOrders.IsOrder(cube))];
            IEnumerable<MemCube> versions = history ? told.SelectMany(cube => lease.Vault.History(cube.Id)) : told;
            await WriteAsync(versions.Select(cube => new ExportLine { Cube = cube.ToRecord() }));
        }

        async Task WriteAsync<T>(IEnumerable<T> lines)
        {
            JsonTypeInfo<T> type = (JsonTypeInfo<T>)json.Value.SerializerOptions.GetTypeInfo(typeof(T));
            foreach (T line in lines)
            {
                await JsonSerializer.SerializeAsync(response.Body, line, type, cancellationToken);
                await response.Body.WriteAsync(NewLine, cancellationToken);
            }
        }
    }

    private static Message[] Messages(MemoryVault vault, long first) => vault.Read(reader => reader.ReadMessages(first).Take(Batch).ToArray());

    private static MemCube[] Cubes(MemoryVault vault, long after) => vault.Read(reader => reader.ReadCurrent(after).Take(Batch).ToArray());
}
